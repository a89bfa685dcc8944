using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;

namespace Shouwang.Web.Common;

/// <summary>Which permissions an endpoint needs, one of them being enough; none named means any post will do. 所需权限</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(params Permission[] anyOf) : Attribute
{
    public IReadOnlyList<Permission> AnyOf { get; } = anyOf;

    /// <summary>Whether the holder of a role may come in.</summary>
    public bool Admits(Role role) => AnyOf.Count == 0 || AnyOf.Any(p => Roles.Allows(role, p));
}

/// <summary>Open already to someone whose post needs a second factor they have not enrolled yet. 绑定前可用</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforeFactorAttribute : Attribute;

/// <summary>Answers while the database does not: whoever was signed in lately still calls for help and hears calls. 应急可用</summary>
/// <param name="isQuiet">Whether it is asked by a page that is merely open: nobody counts as having been seen.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InNeedAttribute(bool isQuiet = false) : Attribute
{
    public bool IsQuiet { get; } = isQuiet;
}

/// <summary>Open to everyone, signed in or not. 公开</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicAttribute : Attribute, IAllowAnonymous;

/// <summary>How endpoints say who may use them; one that says nothing keeps the house from opening.</summary>
public static class Access
{
    /// <summary>Needs one of these permissions; none named means any post will do.</summary>
    public static T Needs<T>(this T endpoint, params Permission[] anyOf) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new NeedsAttribute(anyOf));

    /// <summary>Open to everyone.</summary>
    public static T Public<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new PublicAttribute());

    /// <summary>Whether everyone may use this endpoint.</summary>
    public static bool IsPublic(Microsoft.AspNetCore.Http.Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Looks at every endpoint once, before the first request.</summary>
    /// <exception cref="InvalidOperationException">Some do not say who may use them, or say both.</exception>
    public static void Check(IEndpointRouteBuilder routes)
    {
        var silent = routes.DataSources.SelectMany(s => s.Endpoints).Where(e => !IsOfTheFramework(e))
            .Where(e => IsPublic(e) == (e.Metadata.GetMetadata<NeedsAttribute>() is not null))
            .Select(e => e.DisplayName).ToList();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException($"Say who may use it, with [Needs] or [Public] and not both: {string.Join(", ", silent)}");
        }
    }

    /// <summary>What Razor maps by itself, such as the redirect after a streamed form.</summary>
    internal static bool IsOfTheFramework(Microsoft.AspNetCore.Http.Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } path }
            && path.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal);
}
