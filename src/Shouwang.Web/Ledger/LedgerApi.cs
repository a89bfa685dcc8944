using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Web.Common;

namespace Shouwang.Web.Ledger;

/// <summary>The state of the books over HTTP, for supervisors.</summary>
public static class LedgerApi
{
    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger/verification", GetLedger).WithName("VerifyLedger").WithSummary("Recomputes every balance from the postings.")
            .WithTags("Ledger").Needs(Permission.VerifyBooks);
        api.MapGet("/ledger/transactions", GetJournal).WithName("Journal").WithSummary("Every transaction with its postings, in pages.")
            .WithTags("Ledger").Needs(Permission.VerifyBooks);
        api.MapGet("/audit/verification", GetAudit).WithName("VerifyAudit")
            .WithSummary("Recomputes every row hash and the order of the audit log.")
            .WithTags("Ledger").Needs(Permission.VerifyBooks);
    }

    private static async Task<IResult> GetLedger(VerifyLedger verify, Actor actor, Words words, CancellationToken ct) =>
        (await verify.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetJournal(
        Journal journal, Actor actor, Words words, CancellationToken ct, Id<Transaction>? after = null) =>
        (await journal.Run(after, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetAudit(VerifyAudit verify, Actor actor, Words words, CancellationToken ct) =>
        (await verify.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);
}
