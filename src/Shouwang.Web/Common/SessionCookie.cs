using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Shouwang.Web.Common;

/// <summary>The cookie that refers to a session; everything else about the session stands in the database. 会话 cookie</summary>
internal static class SessionCookie
{
    public const string Scheme = "session";
    private const string SessionClaim = ClaimTypes.NameIdentifier;

    public static IServiceCollection AddSessionCookie(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "shouwang.session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Cookie.IsEssential = true;

            // The session's own row decides when it ends; the cookie only must not outlive every session.
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
            cookie.SlidingExpiration = true;
        });
        return services;
    }

    /// <summary>The session a request refers to, if its cookie is one of ours.</summary>
    public static Guid? Of(HttpContext http) => Guid.TryParse(http.User.FindFirstValue(SessionClaim), out var session) ? session : null;

    public static Task Give(HttpContext http, Guid session, bool onPhone) => http.SignInAsync(
        Scheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionClaim, session.ToString("D"))], Scheme)),
        new AuthenticationProperties { IsPersistent = onPhone });

    public static Task Take(HttpContext http) => http.SignOutAsync(Scheme);
}
