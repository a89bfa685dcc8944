using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scalar.AspNetCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Web.Areas;
using Shouwang.Web.Care;
using Shouwang.Web.Common;
using Shouwang.Web.Duties;
using Shouwang.Web.Health;
using Shouwang.Web.Ledger;
using Shouwang.Web.Oversight;
using Shouwang.Web.Pairing;
using Shouwang.Web.People;
using Shouwang.Web.Places;
using Shouwang.Web.Rules;
using Shouwang.Web.SignIn;
using Shouwang.Web.TimeBank;

namespace Shouwang.Web;

/// <summary>How a house is opened to its visitors. 服务设置</summary>
/// <param name="Urls">Where it listens: http://localhost:5080.</param>
/// <param name="Clock">The time.</param>
/// <param name="IsDemo">Whether it holds the demonstration data, whose sign-ins are printed on the sign-in page.</param>
public sealed record HostSettings(string Urls, TimeProvider Clock, bool IsDemo = false)
{
    /// <summary>Delivers the outbox while the house is open; a test that wants every step in its own hands switches it off.</summary>
    public bool WithBackgroundWork { get; init; } = true;

    /// <summary>The last word on the composition, for tests that open a house with a part taken out.</summary>
    internal Action<WebApplicationBuilder>? Amend { get; init; }
}

/// <summary>Composes the house: look, use cases, sign-in, API, pages. The one place where they meet.</summary>
public static class ShouwangHost
{
    /// <summary>Builds the house; the caller prepares its store and runs it.</summary>
    /// <exception cref="InvalidOperationException">An endpoint does not say who may use it.</exception>
    public static WebApplication Build(HouseSite site, HostSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ShouwangHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddShouwangLook();
        AddServices(builder.Services, site, settings);
        settings.Amend?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.UseShouwangLook();
        app.UseMiddleware<RefusalPages>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        app.UseRouting();
        app.Use(WithPatience);
        app.UseAuthentication();
        app.UseMiddleware<AccessGate>();
        app.MapShouwangLook();
        MapApi(app);
        MakeOnce(app);
        Access.Check(app);
        return app;
    }

    /// <summary>Whoever asks waits for the database server no longer than people do.</summary>
    private static Task WithPatience(HttpContext http, RequestDelegate next)
    {
        Patience.Begin();
        return next(http);
    }

    /// <summary>Lets whoever asks for the endpoints have the same ones: each is a small program, and the check, the routing and the links
    /// would otherwise each have all of them made anew.</summary>
    private static void MakeOnce(IEndpointRouteBuilder routes)
    {
        var made = new CompositeEndpointDataSource([.. routes.DataSources]);
        routes.DataSources.Clear();
        routes.DataSources.Add(made);
    }

    private static void AddServices(IServiceCollection services, HouseSite site, HostSettings settings)
    {
        services.AddSingleton(settings);
        services.AddHouse(site, settings.Clock);
        if (settings.WithBackgroundWork) services.AddBackgroundWork();
        services.AddScoped<ActorSource>().AddScoped<FrameMaker>().AddScoped<ListExport>();
        services.AddScoped(s => s.GetRequiredService<ActorSource>().Actor);
        services.AddSessionCookie();
        services.AddExceptionHandler<Failures>();
        services.AddDataProtection().SetApplicationName("shouwang")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(KeyRing.DirectoryOf(site.DataDirectory), "web")));
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((options, keys) => options.XmlEncryptor = new WebKeys(keys));
        services.ConfigureHttpJsonOptions(json =>
        {
            HouseJson.Configure(json.SerializerOptions);
            json.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
        });
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddOpenApi("v1");
    }

    /// <summary>Everything that is no page: the API, its description, and what a watchman asks.</summary>
    private static void MapApi(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilterFactory(FreshIds.InBody);
        api.MapSignIn();
        api.MapOversight();
        api.MapPeople();
        api.MapPerson();
        api.MapRelations();
        api.MapConsents();
        api.MapRosters();
        api.MapDuplicates();
        api.MapPairing();
        api.MapPlaces();
        api.MapCare();
        api.MapSheets();
        api.MapIncidents();
        api.MapWarnings();
        api.MapReadings();
        api.MapDuties();
        api.MapStatements();
        api.MapTimeBank();
        api.MapLedger();
        api.MapSeals();
        api.MapRules();
        api.MapAreas();
        MapLists(api);
        app.MapSignOut();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").Public();
        app.MapScalarApiReference(
            SecurityHeaders.ReferencePath, s => s.WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableDefaultFonts()).Public();
    }

    /// <summary>Every list as a workbook.</summary>
    private static void MapLists(IEndpointRouteBuilder api)
    {
        api.MapPeopleLists();
        api.MapPairLists();
        api.MapPlaceLists();
        api.MapCareLists();
        api.MapDutyLists();
        api.MapTimeBankLists();
        api.MapLedgerLists();
        api.MapOversightLists();
        api.MapRuleLists();
        api.MapAccountLists();
        api.MapAreaLists();
    }
}
