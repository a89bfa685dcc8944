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

/// <summary>Hours over HTTP.</summary>
public static class TimeBankApi
{
    public static void MapTimeBank(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people/{id}/hours", GetHours).WithName("HoursOf").WithSummary("A person's hours: balance and movements.")
            .WithTags("TimeBank").Needs(Permission.ViewHours);
        api.MapPut("/transfers/{id}", PutTransfer).WithName("TransferHours").WithSummary("Gives own hours to another person.")
            .WithTags("TimeBank").Needs(Permission.TransferHours);
    }

    /// <summary>A gift of hours as a client sends it.</summary>
    public sealed record TransferBody(Id<Person> From, Id<Person> To, int Minutes);

    private static async Task<IResult> GetHours(Id<Person> id, HoursOf hours, Actor actor, Words words, CancellationToken ct) =>
        (await hours.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutTransfer(
        Id<Transaction> id, TransferBody body, TransferHours transfer, Actor actor, Words words, CancellationToken ct) =>
        (await transfer.Run(new(id, body.From, body.To, body.Minutes), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
