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
        api.MapGet("/ledger/transactions/{id}", GetTransaction).WithName("ShowTransaction")
            .WithSummary("One transaction, for those who may put it right.").WithTags("Ledger").Needs(Permission.ReverseTransactions);
        api.MapGet("/ledger/reversals", GetReversals).WithName("ListReversals").WithSummary("Reversals that wait for a second person.")
            .WithTags("Ledger").Needs(Permission.ReverseTransactions);
        api.MapPut("/ledger/reversals/{id}", PutReversal).WithName("ReverseTransaction")
            .WithSummary("Puts a transaction right by its mirror image; above a limit a second person must agree.")
            .WithTags("Ledger").Needs(Permission.ReverseTransactions);
        api.MapPut("/ledger/reversals/{id}/approvals/{approval}", PutApproval).WithName("ApproveReversal")
            .WithSummary("A second person agrees to a reversal.").WithTags("Ledger").Needs(Permission.ReverseTransactions);
        api.MapGet("/books/checks", GetChecks).WithName("ListChecks").WithSummary("What the last checks of the books showed.")
            .WithTags("Ledger").Needs(Permission.VerifyBooks);
        api.MapPut("/books/checks/{id}", PutCheck).WithName("CheckBooks").WithSummary("Checks the books now and writes down what is found.")
            .WithTags("Ledger").Needs(Permission.VerifyBooks);
        api.MapGet("/audit/verification", GetAudit).WithName("VerifyAudit")
            .WithSummary("Recomputes every row hash and the order of the audit log.")
            .WithTags("Ledger").Needs(Permission.VerifyBooks);
    }

    /// <summary>A reversal as a client asks for it.</summary>
    public sealed record ReversalBody(Id<Transaction> Transaction, ReversalReason Reason);

    private static async Task<IResult> GetTransaction(
        Id<Transaction> id, ShowTransaction show, Actor actor, Words words, CancellationToken ct) =>
        (await show.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetReversals(
        ListReversals reversals, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await reversals.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> PutReversal(
        Id<Transaction> id, ReversalBody body, ReverseTransaction reverse, Actor actor, Words words, CancellationToken ct) =>
        (await reverse.Run(new(id, body.Transaction, body.Reason), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutApproval(
        Id<Transaction> id, Guid approval, ApproveReversal approve, Actor actor, Words words, CancellationToken ct) =>
        (await approve.Run(new(approval, id), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetLedger(VerifyLedger verify, Actor actor, Words words, CancellationToken ct) =>
        (await verify.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetJournal(
        Journal journal, Actor actor, Words words, CancellationToken ct, Id<Transaction>? after = null) =>
        (await journal.Run(after, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetChecks(ListChecks list, Actor actor, Words words, CancellationToken ct) =>
        (await list.Run(actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutCheck(Guid id, CheckBooks check, Actor actor, Words words, CancellationToken ct) =>
        (await check.Run(new(id), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetAudit(VerifyAudit verify, Actor actor, Words words, CancellationToken ct) =>
        (await verify.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);
}
