using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Shouwang.Web.Common;
using Shouwang.Web.Look;
using Xunit;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>A house with nothing in it but the look: the gallery and the reading view, with somebody's name and doors around
/// them.</summary>
public sealed class LookSite : ISite, IAsyncLifetime
{
    private WebApplication? _app;

    public string Name => "look";

    public Uri Address { get; private set; } = null!;

    /// <summary>Only the look's own pages: the others need a house behind them, and are walked through in one.</summary>
    public EndpointDataSource Endpoints => new DefaultEndpointDataSource(
        new CompositeEndpointDataSource(((IEndpointRouteBuilder)_app!).DataSources).Endpoints
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Namespace == typeof(GalleryPage).Namespace));

    public IReadOnlyList<string?> ReadersOf(RouteEndpoint page) => [null];

    public string? ValueOf(string route, string parameter, string? reader) => null;

    public Task SignIn(IBrowserContext browser, string role) => throw new InvalidOperationException("Nobody signs in to the gallery.");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddShouwangLook();
        _app = builder.Build();
        _app.UseShouwangLook();
        _app.Use(async (http, next) =>
        {
            var (frame, words) = (http.RequestServices.GetRequiredService<Frame>(), http.RequestServices.GetRequiredService<Words>());
            frame.Place = words["look.gallery.point1"];
            frame.Person = words["look.gallery.zhang"];
            frame.Doors =
            [
                new("/look", words["look.gallery.today"]), new("/look/phone", words["look.gallery.elders"]),
                new("/look/counter", words["look.gallery.visits"]), new("/look/print", words["look.gallery.print"]),
            ];
            await next(http);
        });
        _app.MapShouwangLook();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}

/// <summary>The look's own pages, through the same checks as every other page.</summary>
public sealed class LookChecks(LookSite site, Chromium chromium, ITestOutputHelper output) : PageChecks(site, chromium, output),
    IClassFixture<LookSite>;
