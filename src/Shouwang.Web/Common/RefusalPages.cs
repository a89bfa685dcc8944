using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>Gives every refused request that has no body yet its words: problem details for programs, the problem's page for
/// people.</summary>
internal sealed class RefusalPages(RequestDelegate next, Words words, IServiceScopeFactory scopes)
{
    /// <summary>A header the renderer adds to every page, and cannot add twice when a second page takes the place of the first.</summary>
    private const string EnhancedNavigation = "blazor-enhanced-nav";

    private static readonly Refusal s_formExpired = new("common.form-expired", RefusalKind.Invalid);

    public async Task Invoke(HttpContext http)
    {
        await next(http);
        var (response, status) = (http.Response, http.Response.StatusCode);
        if (status < 400 || response.HasStarted || response.ContentType is not null || response.ContentLength > 0) return;

        var isApi = http.Request.Path.StartsWithSegments("/api");
        var refusal = http.Refused() ?? OfStatus(status, isApi);
        if (isApi) await refusal.ToProblem(words, status).ExecuteAsync(http);
        else await Page(http, refusal, status);
    }

    /// <summary>Draws the problem's page in the place of the one that was asked for, in a scope of its own.</summary>
    private async Task Page(HttpContext http, Refusal refusal, int status)
    {
        http.Items[typeof(Refusal)] = refusal;
        (http.Request.Path, http.Request.Method, http.Request.ContentType) = ($"/problems/{refusal.Code}", HttpMethods.Get, null);
        http.Request.QueryString = QueryString.Empty;
        http.SetEndpoint(null);
        http.Response.Headers.Remove(EnhancedNavigation);
        http.Request.RouteValues.Clear();

        var before = http.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            http.RequestServices = scope.ServiceProvider;
            http.Response.StatusCode = StatusCodes.Status200OK;
            http.Response.OnStarting(() =>
            {
                http.Response.StatusCode = status;
                return Task.CompletedTask;
            });
            await next(http);
        }
        finally
        {
            http.RequestServices = before;
        }
    }

    private static Refusal OfStatus(int status, bool isApi) => status switch
    {
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => CommonRefusals.NotFound,
        StatusCodes.Status403Forbidden => CommonRefusals.Forbidden,
        StatusCodes.Status400BadRequest when !isApi => s_formExpired,
        < 500 => CommonRefusals.BadInput,
        _ => Failures.Broken,
    };
}
