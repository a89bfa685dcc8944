using Microsoft.AspNetCore.Http;

namespace Shouwang.Web.Common;

/// <summary>What every answer tells a browser: nothing from elsewhere, no inline script, no framing, no guessing of types.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Where the API's reference stands; its page starts itself with an inline script.</summary>
    internal const string ReferencePath = "/api";

    private const string Policy =
        "default-src 'none'; script-src 'self'{0}; style-src 'self'{0}; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private static readonly string s_strict = Policy.Replace("{0}", "", StringComparison.Ordinal);
    private static readonly string s_reference = Policy.Replace("{0}", " 'unsafe-inline'", StringComparison.Ordinal);

    public Task Invoke(HttpContext http)
    {
        var headers = http.Response.Headers;
        var isReference = http.Request.Path.Value?.TrimEnd('/') == ReferencePath;
        http.Response.OnStarting(() =>
        {
            headers.ContentSecurityPolicy = isReference ? s_reference : s_strict;
            // What has no say of its own is kept nowhere: pages and answers hold what is said of people.
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(self)";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
