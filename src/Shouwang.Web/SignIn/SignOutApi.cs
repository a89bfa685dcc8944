using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.SignIn;

/// <summary>The button that ends one's own session. 退出登录</summary>
internal static class SignOutApi
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", Post).Needs().WithMetadata(new BeforeFactorAttribute()).WithName("SignOut").ExcludeFromDescription();

    private static async Task Post(HttpContext http, IAntiforgery forms, RevokeSession revoke, ActorSource source)
    {
        if (!await forms.IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        _ = await revoke.Run(new(source.SignedIn!.Session), source.Actor, http.RequestAborted);
        await SessionCookie.Take(http);
        http.Response.Redirect("/sign-in");
    }
}
