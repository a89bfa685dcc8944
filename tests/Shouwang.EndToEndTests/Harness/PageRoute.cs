using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Shouwang.Web.Layout;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>One page to look at: its route, the path that opens it, the layout it stands in, and who opens it.</summary>
internal sealed record PageRoute(string Route, string Path, Type Layout, string? Reader)
{
    private static readonly string?[] s_withPhones = ["Volunteer", "CareWorker", "VillageDoctor", "Family"];

    /// <summary>Phone, counter and public pages are first visits on a poor line.</summary>
    public bool IsLight => Layout == typeof(PhoneLayout) || Layout == typeof(PublicLayout) || Layout == typeof(KioskLayout)
        || (Layout == typeof(RoleLayout) && s_withPhones.Contains(Reader));

    /// <summary>A file name for its pictures.</summary>
    public string FileName => string.Join('.', new[] { Flat(Route), Reader }.Where(p => p is not null));

    public override string ToString() => Reader is null ? Route : $"{Route} ({Reader})";

    /// <summary>Every page of a house for everyone it looks different for, in the order of their routes.</summary>
    /// <exception cref="InvalidOperationException">A route has a parameter nobody gave a value for.</exception>
    public static IReadOnlyList<PageRoute> Of(ISite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return
        [
            .. from endpoint in site.Endpoints.Endpoints.OfType<RouteEndpoint>()
               let page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type
               where page is not null
               let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
               let layout = page.GetCustomAttribute<LayoutAttribute>()?.LayoutType ?? typeof(OfficeLayout)
               from reader in site.ReadersOf(endpoint)
               let path = Fill(endpoint.RoutePattern, parameter => site.ValueOf(route, parameter, reader))
               orderby path, reader
               select new PageRoute(route, path, layout, reader),
        ];
    }

    internal static string Fill(RoutePattern pattern, Func<string, string?> value)
    {
        var route = "/" + pattern.RawText!.TrimStart('/');
        var parts = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart given => value(given.Name) ?? (given.IsOptional ? "" : throw new InvalidOperationException(
                $"Give a value for {{{given.Name}}} of {route}: add it to what the site knows (ValueOf).")),
            _ => throw new InvalidOperationException($"{route} has a part the harness does not know."),
        })));
        return "/" + string.Join('/', parts.Where(p => p.Length > 0));
    }

    private static string Flat(string route) =>
        route.Trim('/') is { Length: > 0 } name ? string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-') : "front";
}
