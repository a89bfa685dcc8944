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
        api.MapGet("/pools", GetPools).WithName("ListPools").WithSummary("The pools of the working area and what is left in each.")
            .WithTags("TimeBank").Needs(Permission.GrantHours);
        api.MapGet("/pools/{area}", GetPool).WithName("ShowPool").WithSummary("One pool with its stripes and its last fillings.")
            .WithTags("TimeBank").Needs(Permission.GrantHours);
        api.MapGet("/pool-areas", GetAreas).WithName("PoolAreas").WithSummary("The areas whose pools one may fill, and how much alone.")
            .WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapGet("/pool-fillings", GetFillings).WithName("ListFillings").WithSummary("Fillings that wait for a second person.")
            .WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapPut("/pool-fillings/{id}", PutFilling).WithName("FillPool")
            .WithSummary("Puts issued hours into the pool of an area; above a limit a second person must agree.")
            .WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapPut("/pool-fillings/{id}/approvals/{approval}", PutApproval).WithName("ApproveFilling")
            .WithSummary("A second person agrees to a filling.").WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapGet("/pool-fillings/ended", GetEnded).WithName("ListEndedFillings")
            .WithSummary("Requests to fill a pool that were declined or taken back.").WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapPut("/pool-fillings/{id}/refusal", PutRefusal).WithName("DeclineFilling")
            .WithSummary("A second person declines a filling, with a reason.").WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapPut("/pool-fillings/{id}/withdrawal", PutWithdrawal).WithName("WithdrawFilling")
            .WithSummary("Who asked for a filling takes the request back.").WithTags("TimeBank").Needs(Permission.FillPools);
        api.MapPut("/pool-grants/{id}", PutGrant).WithName("GrantHours").WithSummary("Gives a person hours from the pool of an area.")
            .WithTags("TimeBank").Needs(Permission.GrantHours);
    }

    /// <summary>Issued hours as a client sends them.</summary>
    public sealed record FillingBody(AreaCode Pool, int Minutes);

    /// <summary>A no to a filling as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again declines once.</param>
    public sealed record RefusalBody(Guid Id, DeclineReason Reason);

    /// <summary>A request taken back as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again takes it back once.</param>
    public sealed record WithdrawalBody(Guid Id);

    /// <summary>Hours from a pool as a client asks for them.</summary>
    public sealed record GrantBody(AreaCode Pool, Id<Person> To, int Minutes);

    private static async Task<IResult> GetPools(ListPools pools, Actor actor, Words words, CancellationToken ct) =>
        (await pools.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetPool(AreaCode area, ShowPool show, Actor actor, Words words, CancellationToken ct) =>
        (await show.Run(area, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetAreas(PoolAreas areas, Actor actor, Words words, CancellationToken ct) =>
        (await areas.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetFillings(
        ListFillings fillings, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await fillings.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetEnded(
        ListEndedFillings ended, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await ended.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> PutRefusal(
        Id<Transaction> id, RefusalBody body, DeclineFilling decline, Actor actor, Words words, CancellationToken ct) =>
        (await decline.Run(new(body.Id, id, body.Reason), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutWithdrawal(
        Id<Transaction> id, WithdrawalBody body, WithdrawFilling withdraw, Actor actor, Words words, CancellationToken ct) =>
        (await withdraw.Run(new(body.Id, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutApproval(
        Id<Transaction> id, Guid approval, ApproveFilling approve, Actor actor, Words words, CancellationToken ct) =>
        (await approve.Run(new(approval, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutFilling(
        Id<Transaction> id, FillingBody body, FillPool fill, Actor actor, Words words, CancellationToken ct) =>
        (await fill.Run(new(id, body.Pool, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutGrant(
        Id<Transaction> id, GrantBody body, GrantHours grant, Actor actor, Words words, CancellationToken ct) =>
        (await grant.Run(new(id, body.Pool, body.To, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
