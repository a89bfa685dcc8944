using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>Marks an endpoint that is no PUT and whose address still ends with an id the visitor made. 访客新建标识</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EndsWithFreshIdAttribute : Attribute;

/// <summary>Turns away an id that a visitor chose for something new and that is not a version-7 UUID. Ids of version 8 follow from others:
/// whoever could choose one would sit where the house will put what follows, such as the credit of a visit. 新标识</summary>
/// <remarks>Chosen are the last part of a PUT's address, the <c>id</c> of a body and the field <c>Something.Id</c> of a form. What stands
/// before in an address names what exists already, and may follow from something else.</remarks>
internal sealed class FreshIds(RequestDelegate next)
{
    private const string FormField = ".Id";

    public async Task Invoke(HttpContext http)
    {
        if (Fits(Last(http)) && (await Sent(http)).All(Fits)) await next(http);
        else http.Refuse(CommonRefusals.IdNotFresh);
    }

    /// <summary>Looks into the bodies of an endpoint that takes any with an id.</summary>
    public static EndpointFilterDelegate InBody(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var bodies = endpoint.MethodInfo.GetParameters().Select(p => (At: p.Position, Id: IdOf(p.ParameterType)))
            .Where(p => p.Id is not null).ToList();
        if (bodies.Count == 0) return next;
        return async asked => bodies.All(b => asked.Arguments[b.At] is not { } body || Fits($"{b.Id!.GetValue(body)}"))
            ? await next(asked)
            : CommonRefusals.IdNotFresh.ToProblem(asked.HttpContext.RequestServices.GetRequiredService<Words>());
    }

    /// <summary>The id in a body of this type that its sender makes.</summary>
    internal static PropertyInfo? IdOf(Type body) => body.GetProperty("Id") is { PropertyType: var type } id
        && (type == typeof(Guid) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>))) ? id : null;

    /// <summary>The name of the address's last part, where that part is a value.</summary>
    internal static string? LastOf(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.PathSegments is [.., { IsSimple: true, Parts: [RoutePatternParameterPart last] }] ? last.Name : null;

    private static string? Last(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint endpoint && LastOf(endpoint) is { } name
        && (HttpMethods.IsPut(http.Request.Method) || endpoint.Metadata.GetMetadata<EndsWithFreshIdAttribute>() is not null)
            ? http.Request.RouteValues[name] as string : null;

    /// <summary>The ids in a page's form; none in one that will be turned away for want of its token.</summary>
    private static async Task<IEnumerable<string?>> Sent(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType) return [];
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null) return [];
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }) return [];
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return form.Where(f => f.Key.EndsWith(FormField, StringComparison.Ordinal)).SelectMany(f => f.Value);
    }

    /// <summary>What is no id at all is turned away where it is read.</summary>
    private static bool Fits(string? chosen) => !Guid.TryParse(chosen, out var id) || id.Version == 7;
}
