using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;

namespace Shouwang.Web.Common;

/// <summary>What a watchman of machines asks: does the program run, and can it reach its data. 健康检查</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => TypedResults.Text("ok")).Public().ExcludeFromDescription();
        routes.MapGet("/healthz/ready", Ready).Public().ExcludeFromDescription();
    }

    private static async Task<ContentHttpResult> Ready(Store store, CancellationToken ct)
    {
        await using var db = store.Read();
        var can = await db.Database.CanConnectAsync(ct);
        return TypedResults.Text(can ? "ok" : "storage", statusCode: can ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable);
    }
}
