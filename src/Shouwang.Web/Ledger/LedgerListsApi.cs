using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Web.Common;

namespace Shouwang.Web.Ledger;

/// <summary>The lists of the books as workbooks. 账簿名单导出</summary>
internal static class LedgerListsApi
{
    public static void MapLedgerLists(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("").WithTags("Ledger");
        lists.MapGet("/reversals-workbook", GetReversals).Needs(Permission.ReverseTransactions).WithName("ExportReversals")
            .WithSummary("Reversals that wait for a second person, as a workbook.");
        lists.MapGet("/books-checks-workbook", GetChecks).Needs(Permission.VerifyBooks).WithName("ExportChecks")
            .WithSummary("What the last checks of the books showed, as a workbook.");
    }

    private static Task<IResult> GetReversals(ListReversals reversals, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListReversals.Row>(
            new("reversals", words["ledger.reversals.title"],
            [
                (words["list.asked-by"], r => r.AskedBy), (words["list.when"], r => Spoken.Moment(r.AskedAt)),
                (words["list.reason"], r => words[$"ledger.ReversalReason.{r.Reason}"]),
                (words["ledger.entry.when"], r => Spoken.Moment(r.Wrong.At)), (words["ledger.entry.why"], r => words[r.Wrong.Reason]),
                (words["list.way"], r => Spoken.List(LedgerWords.Moves(words, r.Wrong).Select(m => m.Way))),
                (words["list.amount"], r => Spoken.List(LedgerWords.Moves(words, r.Wrong).Select(m => m.Amount))),
            ]),
            part => reversals.Run(part, actor, ct));
    }

    private static async Task<IResult> GetChecks(ListChecks checks, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListChecks.Row>(
            new("books-checks", words["books.checks"],
            [
                (words["list.when"], c => Spoken.Moment(c.At)), (words["list.transactions"], c => Spoken.Number(c.Transactions)),
                (words["list.sealed"], c => Spoken.Number(c.Sealed)), (words["list.findings"], c => Spoken.Number(c.Findings)),
                (words["list.what"], c => string.Join('\n', c.First)),
            ]),
            (await checks.Run(actor, ct)).IsOk(out var rows, out var refusal) ? Paging.Whole(rows) : refusal);
    }
}
