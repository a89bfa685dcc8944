using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.TimeBank;

/// <summary>Pools of hours over HTTP.</summary>
internal static class PoolsApi
{
    public static void MapPools(this IEndpointRouteBuilder api)
    {
        api.MapPut("/pool-fillings/{id}", PutFilling).WithName("FillPool").WithSummary("Puts issued hours into the pool of an area.")
            .WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapPut("/pool-grants/{id}", PutGrant).WithName("GrantHours").WithSummary("Gives a person hours from the pool of an area.")
            .WithTags("TimeBank").Needs(Permission.GrantHours);
    }

    /// <summary>Issued hours as a client sends them.</summary>
    public sealed record FillingBody(AreaCode Pool, int Minutes);

    /// <summary>Hours from a pool as a client asks for them.</summary>
    public sealed record GrantBody(AreaCode Pool, Id<Person> To, int Minutes);

    private static async Task<IResult> PutFilling(
        Id<Transaction> id, FillingBody body, FillPool fill, Actor actor, Words words, CancellationToken ct) =>
        (await fill.Run(new(id, body.Pool, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutGrant(
        Id<Transaction> id, GrantBody body, GrantHours grant, Actor actor, Words words, CancellationToken ct) =>
        (await grant.Run(new(id, body.Pool, body.To, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
