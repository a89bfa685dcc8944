using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Ledger;

/// <summary>Every transaction of an area with its postings, page by page in the order of their ids, for those who audit the books.
/// 账簿流水</summary>
public sealed class Journal(Workspace work)
{
    private const int Most = 1000;

    public sealed record Line(Id<Account> From, Id<Account> To, long Amount);

    /// <param name="Reverses">The transaction it mirrors, when it is a reversal.</param>
    public sealed record Entry(
        Id<Transaction> Id, Book Book, string Reason, DateTimeOffset At, Id<Transaction>? Reverses, IReadOnlyList<Line> Lines);

    /// <param name="Next">Where the next page begins; none after the last one.</param>
    public sealed record View(IReadOnlyList<Entry> Entries, Id<Transaction>? Next);

    public async Task<Result<View>> Run(Id<Transaction>? after, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.VerifyBooks, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.ReadWhole(actor, db => Page(db, after?.Value ?? Guid.Empty, ct), ct);
    }

    private static async Task<View> Page(ShouwangDb db, Guid after, CancellationToken ct)
    {
        var rows = await db.Transactions.Where(t => t.Id > after).OrderBy(t => t.Id).Take(Most).ToListAsync(ct);
        var ids = rows.Select(t => t.Id).ToList();
        var lines = (await db.Postings.Where(p => ids.Contains(p.TransactionId)).OrderBy(p => p.Line).ToListAsync(ct))
            .ToLookup(p => p.TransactionId, p => new Line(new(p.From), new(p.To), p.Amount));
        var entries = rows.Select(t => new Entry(
            new(t.Id), t.Book, t.Reason, t.At, t.Reverses is { } r ? new Id<Transaction>(r) : null, [.. lines[t.Id]]));
        return new([.. entries], rows.Count == Most ? new(rows[^1].Id) : null);
    }
}
