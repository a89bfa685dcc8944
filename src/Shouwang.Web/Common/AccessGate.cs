using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>The one gate every request passes: finds out who asks, and turns away whom the endpoint does not admit. 门禁</summary>
internal sealed class AccessGate(RequestDelegate next)
{
    private static readonly Refusal s_otherSite = new("common.other-site", RefusalKind.Forbidden);

    public async Task Invoke(HttpContext http, ActorSource source, SessionBook sessions, Workspace work, FrameMaker frames)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null || NeedsNobody(endpoint))
        {
            await next(http);
            return;
        }

        if (http.Items.TryGetValue(typeof(SignedIn), out var known)) source.SignedIn = known as SignedIn;
        else if (SessionCookie.Of(http) is { } session && !SaysNotNow(http))
            http.Items[typeof(SignedIn)] = source.SignedIn = await Find(sessions, session, endpoint, http.RequestAborted);
        frames.Fill(source.SignedIn);
        if (await Objection(http, endpoint, source, work) is { } refusal)
        {
            if (refusal == SignInRefusals.NeedsSignIn && IsPage(http)) http.Response.Redirect(SignInHref(http));
            else if (refusal == SignInRefusals.FactorNeeded && IsPage(http)) http.Response.Redirect("/me/second-factor");
            else http.Refuse(refusal);
            return;
        }

        await next(http);
    }

    /// <summary>Whether this is the page that says "not now": it waits for the database no more.</summary>
    private static bool SaysNotNow(HttpContext http) =>
        http.Refused()?.Code is { } code && (code == Failures.Unavailable.Code || code == Failures.OutcomeUnknown.Code);

    private static Task<SignedIn?> Find(SessionBook sessions, Guid session, Endpoint endpoint, CancellationToken ct) =>
        endpoint.Metadata.GetMetadata<InNeedAttribute>() is { IsQuiet: var isQuiet }
            ? sessions.FindInNeed(session, isQuiet, ct) : sessions.Find(session, ct);

    private static async Task<Refusal?> Objection(HttpContext http, Endpoint endpoint, ActorSource source, Workspace work)
    {
        if (Access.IsPublic(endpoint)) return null;
        if (source.SignedIn is not { Actor: var actor } signedIn) return SignInRefusals.NeedsSignIn;
        if (signedIn.LacksFactor && endpoint.Metadata.GetMetadata<BeforeFactorAttribute>() is null) return SignInRefusals.FactorNeeded;
        if (endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Admits(actor.Role) != true)
        {
            var asked = $"{http.Request.Method} {(endpoint as RouteEndpoint)?.RoutePattern.RawText}";
            await work.Report(CommonRefusals.Forbidden.Code, asked, actor, http.RequestAborted);
            return CommonRefusals.Forbidden;
        }

        // Forms carry a token; a JSON request carries none, so the browser's own word must do.
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        return changes && http.Request.Headers["Sec-Fetch-Site"] == "cross-site" ? s_otherSite : null;
    }

    /// <summary>Assets and the small switches: nobody's name is needed to answer them.</summary>
    private static bool NeedsNobody(Endpoint endpoint) =>
        Access.IsOfTheFramework(endpoint) || (Access.IsPublic(endpoint) && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null);

    private static bool IsPage(HttpContext http) => !http.Request.Path.StartsWithSegments("/api");

    private static string SignInHref(HttpContext http)
    {
        var back = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : "/";
        return $"/sign-in?return={Uri.EscapeDataString(back)}";
    }
}
