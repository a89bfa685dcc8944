using Microsoft.AspNetCore.Routing;
using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>A running house that the harness can walk through: where it is, which pages it has, who may open them.</summary>
public interface ISite
{
    /// <summary>A short name; the folder of its pictures.</summary>
    string Name { get; }

    /// <summary>Where it answers.</summary>
    Uri Address { get; }

    /// <summary>Every endpoint of the host; pages that are added join the harness by being here.</summary>
    EndpointDataSource Endpoints { get; }

    /// <summary>What stands for the parameters of routes: by "/route/{parameter}" as it is written, or by the parameter's bare
    /// name.</summary>
    IReadOnlyDictionary<string, string> RouteValues { get; }

    /// <summary>Who opens a page of this route; null for a page that is read signed out.</summary>
    string? RoleFor(string route);

    /// <summary>Signs a person of this role in, in this browser.</summary>
    Task SignIn(IBrowserContext browser, string role);
}
