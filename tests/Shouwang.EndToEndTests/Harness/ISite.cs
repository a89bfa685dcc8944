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

    /// <summary>Who opens a page: the roles it looks different for; null for a page that is read signed out.</summary>
    IReadOnlyList<string?> ReadersOf(RouteEndpoint page);

    /// <summary>What stands for a parameter of a route when this reader opens it; null where nobody gave a value.</summary>
    string? ValueOf(string route, string parameter, string? reader);

    /// <summary>Signs a person of this role in, in this browser.</summary>
    Task SignIn(IBrowserContext browser, string role);
}
