using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Shouwang.Web.Layout;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>One page to look at: its route, the path that opens it, and the layout it stands in.</summary>
internal sealed record PageRoute(string Route, string Path, Type Layout)
{
    /// <summary>Phone, counter and public pages are first visits on a poor line.</summary>
    public bool IsLight => Layout == typeof(PhoneLayout) || Layout == typeof(PublicLayout) || Layout == typeof(KioskLayout);

    /// <summary>A file name for its pictures.</summary>
    public string FileName =>
        Route.Trim('/') is { Length: > 0 } name ? string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-') : "front";

    /// <summary>Every page of a house, in the order of their routes.</summary>
    /// <exception cref="InvalidOperationException">A route has a parameter nobody gave a value for.</exception>
    public static IReadOnlyList<PageRoute> Of(ISite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return
        [
            .. site.Endpoints.Endpoints.OfType<RouteEndpoint>()
                .Select(e => (Pattern: e.RoutePattern, Page: e.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type))
                .Where(e => e.Page is not null)
                .Select(e => new PageRoute(
                    "/" + e.Pattern.RawText!.TrimStart('/'), Fill(e.Pattern, site.RouteValues),
                    e.Page!.GetCustomAttribute<LayoutAttribute>()?.LayoutType ?? typeof(OfficeLayout)))
                .DistinctBy(p => p.Path).OrderBy(p => p.Path, StringComparer.Ordinal),
        ];
    }

    internal static string Fill(RoutePattern pattern, IReadOnlyDictionary<string, string> values)
    {
        var route = "/" + pattern.RawText!.TrimStart('/');
        var parts = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsOptional: true } optional => values.GetValueOrDefault($"{route}:{optional.Name}", ""),
            RoutePatternParameterPart given => values.GetValueOrDefault($"{route}:{given.Name}") ?? values.GetValueOrDefault(given.Name)
                ?? throw new InvalidOperationException($"Give a value for {{{given.Name}}} of {route}: add it to the site's RouteValues."),
            _ => throw new InvalidOperationException($"{route} has a part the harness does not know."),
        })));
        return "/" + string.Join('/', parts.Where(p => p.Length > 0));
    }
}
