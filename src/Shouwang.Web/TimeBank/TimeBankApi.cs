using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;
using Shouwang.Web.Common;
using Shouwang.Web.Components;

namespace Shouwang.Web.TimeBank;

/// <summary>Hours over HTTP.</summary>
public static class TimeBankApi
{
    public static void MapTimeBank(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people/{id}/hours", GetHours).WithName("HoursOf").WithSummary("A person's hours: balance and movements, the newest or those of a year.")
            .WithTags("TimeBank").Needs(Permission.ViewHours);
        api.MapGet("/visits/{id}/hours", GetWhy).WithName("WhyCredited").WithSummary("Why a visit earned what it earned.")
            .WithTags("TimeBank").Needs(Permission.ViewHours);
        api.MapPut("/transfers/{id}", PutTransfer).WithName("TransferHours").WithSummary("Gives own hours to another person.")
            .WithTags("TimeBank").Needs(Permission.TransferHours);
        api.MapGet("/hours-disputes", GetDisputes).WithName("ListDisputes").WithSummary("Objections to hours nobody has answered yet.")
            .WithTags("TimeBank").Needs(Permission.SettleDisputes);
        api.MapPut("/hours-disputes/{id}", PutDispute).WithName("DisputeHours").WithSummary("Objects to what one's own visit earned.")
            .WithTags("TimeBank").Needs(Permission.DisputeHours);
        api.MapPut("/hours-disputes/{id}/settlement", PutSettlement).WithName("SettleDispute").WithSummary("Answers an objection to hours.")
            .WithTags("TimeBank").Needs(Permission.SettleDisputes);
        api.MapHolds();
        api.MapPools();
    }

    /// <summary>A gift of hours as a client sends it.</summary>
    public sealed record TransferBody(Id<Person> From, Id<Person> To, int Minutes);

    /// <summary>An objection as a client sends it.</summary>
    public sealed record DisputeBody(Id<Visit> Visit, DisputeReason Reason);

    /// <summary>An answer to an objection as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again answers once.</param>
    public sealed record SettlementBody(Id<HoursDispute> Id, DisputeOutcome Outcome);

    private static async Task<IResult> GetHours(
        Id<Person> id, HoursOf hours, Actor actor, Words words, CancellationToken ct, int? year = null, int page = 1) =>
        (await (year is { } of && WrittenDay.IsYear(of) ? hours.OfYear(id, of, actor, ct) : hours.Part(id, page, actor, ct)))
            .ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetWhy(Id<Visit> id, WhyCredited why, Actor actor, Words words, CancellationToken ct) =>
        (await why.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutTransfer(
        Id<Transaction> id, TransferBody body, TransferHours transfer, Actor actor, Words words, CancellationToken ct) =>
        (await transfer.Run(new(id, body.From, body.To, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> GetDisputes(ListDisputes disputes, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await disputes.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> PutDispute(
        Id<HoursDispute> id, DisputeBody body, DisputeHours dispute, Actor actor, Words words, CancellationToken ct) =>
        (await dispute.Run(new(id, body.Visit, body.Reason), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutSettlement(
        Id<HoursDispute> id, SettlementBody body, SettleDispute settle, Actor actor, Words words, CancellationToken ct) =>
        (await settle.Run(new(body.Id.Value, id, body.Outcome), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
