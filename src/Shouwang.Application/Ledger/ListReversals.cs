using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.Ledger;

/// <summary>Reversals that wait for a second person: what was asked, why, and by whom. 待复核冲正</summary>
public sealed class ListReversals(Workspace work)
{
    /// <param name="MayAgree">Nobody agrees to what they asked for themselves.</param>
    public sealed record Row(
        Id<Transaction> Id, ReversalReason Reason, string AskedBy, DateTimeOffset AskedAt, bool MayAgree, ShowTransaction.View Wrong);

    /// <param name="page">Of the requests, the latest first, counted from 1.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ReverseTransactions, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => List(db, page, actor, ct));
    }

    private static async Task<Paged<Row>> List(ShouwangDb db, Slice page, Actor actor, CancellationToken ct)
    {
        var asked = await SecondPerson.AwaitedFor<ReverseTransaction.Command>(db).PageAt(page, ct);
        var receipts = asked.ToDictionary(
            a => a.Seq, a => JsonSerializer.Deserialize<ReverseTransaction.Receipt>(a.Answered, HouseJson.Options)!);
        var wrong = (await ShowTransaction.Of(db, [.. receipts.Values.Select(r => r.Transaction.Value).Distinct()], ct))
            .Where(w => !w.IsReversed).ToDictionary(w => w.Id);
        var names = await KnownNames.Of(db, asked.Select(a => new Id<Person>(a.Actor)), ct);
        return asked.With(
            from entry in asked
            let receipt = receipts[entry.Seq]
            where wrong.ContainsKey(receipt.Transaction)
            orderby entry.At
            select new Row(
                receipt.Id, receipt.Reason, names[new(entry.Actor)], entry.At, entry.Actor != actor.Person.Value,
                wrong[receipt.Transaction]));
    }
}
