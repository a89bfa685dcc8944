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

/// <summary>Reserved hours over HTTP.</summary>
internal static class HoldsApi
{
    public static void MapHolds(this IEndpointRouteBuilder api)
    {
        api.MapGet("/holds", GetHolds).WithName("ListHolds").WithSummary("Hours that are set aside: one's own, or the area's.")
            .WithTags("TimeBank").Needs(Permission.TransferHours, Permission.VoidHolds);
        api.MapGet("/hours-receivers", GetReceivers).WithName("HoursReceivers")
            .WithSummary("To whom own hours may be given or set aside.").WithTags("TimeBank").Needs(Permission.TransferHours);
        api.MapPut("/holds/{id}", PutHold).WithName("ReserveHours").WithSummary("Sets own hours aside for another person.")
            .WithTags("TimeBank").Needs(Permission.TransferHours);
        api.MapPut("/holds/{id}/payment", PutPayment).WithName("PayHold").WithSummary("Pays reserved hours, in whole or in part.")
            .WithTags("TimeBank").Needs(Permission.TransferHours);
        api.MapPut("/holds/{id}/void", PutVoid).WithName("VoidHold").WithSummary("Gives reserved hours back to their payer.")
            .WithTags("TimeBank").Needs(Permission.TransferHours, Permission.VoidHolds);
    }

    /// <summary>Hours to set aside, as a client sends them.</summary>
    public sealed record HoldBody(Id<Person> From, Id<Person> To, int Minutes);

    /// <summary>A payment of reserved hours as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again pays once.</param>
    public sealed record PaymentBody(Id<Transaction> Id, int Minutes);

    /// <summary>A cancellation as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again cancels once.</param>
    public sealed record VoidBody(Id<Hold> Id);

    private static async Task<IResult> GetHolds(ListHolds holds, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await holds.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetReceivers(HoursReceivers receivers, Actor actor, Words words, CancellationToken ct) =>
        (await receivers.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutHold(
        Id<Hold> id, HoldBody body, ReserveHours reserve, Actor actor, Words words, CancellationToken ct) =>
        (await reserve.Run(new(id, body.From, body.To, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutPayment(
        Id<Hold> id, PaymentBody body, PayHold pay, Actor actor, Words words, CancellationToken ct) =>
        (await pay.Run(new(body.Id, id, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutVoid(
        Id<Hold> id, VoidBody body, VoidHold give, Actor actor, Words words, CancellationToken ct) =>
        (await give.Run(new(body.Id.Value, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
