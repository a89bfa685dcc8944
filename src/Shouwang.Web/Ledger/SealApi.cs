using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Web.Common;

namespace Shouwang.Web.Ledger;

/// <summary>What anyone may hold the house to: checkpoints and proofs of the sealed log. No names, no records. 封存</summary>
public static class SealApi
{
    public static void MapSeals(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("/seals").WithTags("Ledger");
        routes.MapGet("/checkpoint", GetCheckpoint).Public().WithName("ShowCheckpoint").WithSummary("The newest signed checkpoint.");
        routes.MapGet("/consistency", GetConsistency).Public().WithName("ProveConsistency")
            .WithSummary("The proof that an earlier log is the beginning of a later one.");
        routes.MapGet("/entries/{entry}", GetEntry).Public().WithName("ProveEntry")
            .WithSummary("The proof that a transaction is in the sealed book.");
    }

    private static async Task<IResult> GetCheckpoint(ShowCheckpoint show, Words words, CancellationToken ct) =>
        (await show.Run(ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetConsistency(
        ProveConsistency prove, Words words, CancellationToken ct, long from = 0, long? to = null) =>
        (await prove.Run(from, to, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetEntry(Id<Transaction> entry, ProveEntry prove, Words words, CancellationToken ct) =>
        (await prove.Run(entry, ct)).ToHttp(TypedResults.Ok, words);
}
