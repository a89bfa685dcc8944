using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace Shouwang.Web.Common;

/// <summary>Two small switches on every page: how it is read, and in which language.</summary>
public static class ViewApi
{
    /// <summary>The cookie the language is kept in.</summary>
    public const string LanguageCookie = "shouwang.language";

    /// <summary>
    /// Maps <c>POST /view</c> (size, contrast, return) and <c>POST /language</c> (language, return). They change nothing but the
    /// reader's own cookie and go back only to an address of this house, so they carry no form token: every page can be cached.
    /// </summary>
    public static void MapView(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/view", PostView).AllowAnonymous().WithName("SetView").ExcludeFromDescription();
        routes.MapPost("/language", PostLanguage).AllowAnonymous().WithName("SetLanguage").ExcludeFromDescription();
    }

    private static async Task PostView(HttpContext http)
    {
        var form = await FormOf(http);
        Keep(http, ReadingView.Cookie, ReadingView.Of(form["size"], form["contrast"]).ToString());
        http.Response.Redirect(LocalPath(form["return"]));
    }

    /// <summary>What was sent; nothing when it is no form.</summary>
    private static async Task<IFormCollection> FormOf(HttpContext http) =>
        http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;

    private static async Task PostLanguage(HttpContext http)
    {
        var form = await FormOf(http);
        var language = Words.Languages.FirstOrDefault(l => l == form["language"]) ?? Words.Languages[0];
        Keep(http, LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));
        http.Response.Redirect(LocalPath(form["return"]));
    }

    /// <summary>A path of this house, or its front door: "//elsewhere", "/\elsewhere" and "https:…" are not ours.</summary>
    internal static string LocalPath(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    private static void Keep(HttpContext http, string cookie, string value) =>
        http.Response.Cookies.Append(cookie, value, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(400),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            Path = "/",
        });
}
