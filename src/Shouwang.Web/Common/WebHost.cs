using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Web.Layout;

namespace Shouwang.Web.Common;

/// <summary>What every page needs to be drawn: assets, languages, encoder, compression, components. The host composes the rest.</summary>
public static class WebHost
{
    /// <summary>Adds the services that pages are drawn with.</summary>
    public static WebApplicationBuilder AddShouwangLook(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddHttpContextAccessor();
        services.AddSingleton<Words>();
        services.AddScoped<Frame>();

        // Otherwise every Chinese character is sent as &#x8BA2;: eight bytes for three.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddResponseCompression(o =>
        {
            // Form tokens are masked anew in each answer, so that compressing them over TLS tells nothing.
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture(Words.Languages[0]);
            o.SupportedCultures = [.. Words.Languages.Select(CultureInfo.GetCultureInfo)];
            o.SupportedUICultures = o.SupportedCultures;
            o.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = ViewApi.LanguageCookie }];
        });
        return builder;
    }

    /// <summary>Adds what stands before routing: language and compression. Sign-in goes between this and
    /// <see cref="MapShouwangLook"/>.</summary>
    public static WebApplication UseShouwangLook(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseResponseCompression();
        return app;
    }

    /// <summary>Maps the assets, the two switches and every page. Forms are checked by <c>UseAntiforgery</c>, after sign-in.</summary>
    public static RazorComponentsEndpointConventionBuilder MapShouwangLook(this WebApplication app)
    {
        app.UseAntiforgery();
        app.UseMiddleware<FreshIds>();
        Asset.Map(app);
        app.MapView();
        return app.MapRazorComponents<App>();
    }
}
