using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.Ledger;

/// <summary>One transaction with the names of those it moved something between, for those who may put it right. 凭证详情</summary>
public sealed class ShowTransaction(Workspace work)
{
    /// <param name="From">A person's name, or null for an account of the house.</param>
    public sealed record Line(string? From, AccountKind FromKind, string? To, AccountKind ToKind, long Amount);

    /// <param name="IsReversed">Whether it was put right already, or puts another one right itself.</param>
    public sealed record View(
        Id<Transaction> Id, Book Book, string Reason, DateTimeOffset At, bool IsReversed, IReadOnlyList<Line> Lines);

    public async Task<Result<View>> Run(Id<Transaction> id, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ReverseTransactions, actor.Scope)) return CommonRefusals.Forbidden;
        return (await work.Read(actor, db => Of(db, [id.Value], ct))).SingleOrDefault() is { } view
            ? view : LedgerRefusals.TransactionNotFound;
    }

    internal static async Task<List<View>> Of(ShouwangDb db, Guid[] ids, CancellationToken ct)
    {
        var heads = await db.Transactions.Where(t => ids.Contains(t.Id))
            .Select(t => new { t, IsMirrored = db.Transactions.Any(m => m.Reverses == t.Id) }).ToListAsync(ct);
        var lines = await db.Postings.Where(p => ids.Contains(p.TransactionId)).OrderBy(p => p.Line).ToListAsync(ct);
        var touched = lines.SelectMany(l => new[] { l.From, l.To }).Distinct().ToArray();
        var accounts = await db.Accounts.Where(a => touched.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var people = accounts.Values.Where(a => a.Kind == AccountKind.Person).Select(a => new Id<Person>(a.Holder));
        var names = await KnownNames.Of(db, people, ct);
        return
        [
            .. heads.Select(h => new View(
                new(h.t.Id), h.t.Book, h.t.Reason, h.t.At, h.IsMirrored || h.t.Reverses != null,
                [.. lines.Where(l => l.TransactionId == h.t.Id).Select(l => Named(l))])),
        ];

        Line Named(PostingRow line) => new(
            NameOf(line.From), KindOf(line.From), NameOf(line.To), KindOf(line.To), line.Amount);

        AccountKind KindOf(Guid id) => accounts.TryGetValue(id, out var account) ? account.Kind : AccountKind.Person;

        string? NameOf(Guid id) =>
            accounts.TryGetValue(id, out var account) && account.Kind == AccountKind.Person ? names[new(account.Holder)] : null;
    }
}
