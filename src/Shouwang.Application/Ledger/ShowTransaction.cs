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
        Id<Transaction> Id, Book Book, string Reason, DateTimeOffset At, bool IsReversed, IReadOnlyList<Line> Lines)
    {
        /// <summary>Those that stand or fall together with it: whoever puts it right puts them right as well.</summary>
        public IReadOnlyList<View> Linked { get; init; } = [];
    }

    public async Task<Result<View>> Run(Id<Transaction> id, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ReverseTransactions, actor.Scope)) return CommonRefusals.Forbidden;
        return (await work.Read(actor, db => Of(db, [id.Value], ct))).SingleOrDefault() is { } view
            ? view : LedgerRefusals.TransactionNotFound;
    }

    internal static async Task<List<View>> Of(ShouwangDb db, Guid[] ids, CancellationToken ct)
    {
        var named = await db.Transactions.Where(t => ids.Contains(t.Id)).OrderBy(t => t.Seq).ToListAsync(ct);
        var links = named.Select(t => t.LinkedTo).OfType<Guid>().Distinct().ToArray();
        var linked = await db.Transactions.Where(t => t.LinkedTo != null && links.Contains(t.LinkedTo.Value)).OrderBy(t => t.Seq)
            .ToListAsync(ct);
        var all = named.UnionBy(linked, t => t.Id).Select(t => t.Id).ToArray();
        var mirrored = await db.Transactions.Where(m => m.Reverses != null && all.Contains(m.Reverses.Value)).Select(m => m.Reverses)
            .ToHashSetAsync(ct);
        var lines = await db.Postings.Where(p => all.Contains(p.TransactionId)).OrderBy(p => p.Line).ToListAsync(ct);
        var touched = lines.SelectMany(l => new[] { l.From, l.To }).Distinct().ToArray();
        var accounts = await db.Accounts.Where(a => touched.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var people = accounts.Values.Where(a => a.Kind == AccountKind.Person).Select(a => new Id<Person>(a.Holder));
        var names = await KnownNames.Of(db, people, ct);
        return
        [
            .. named.Select(t => Shown(t) with
            {
                Linked = [.. linked.Where(other => other.LinkedTo == t.LinkedTo && other.Id != t.Id).Select(Shown)],
            }),
        ];

        View Shown(TransactionRow t) => new(
            new(t.Id), t.Book, t.Reason, t.At, mirrored.Contains(t.Id) || t.Reverses != null,
            [.. lines.Where(l => l.TransactionId == t.Id).Select(Named)]);

        Line Named(PostingRow line) => new(
            NameOf(line.From), KindOf(line.From), NameOf(line.To), KindOf(line.To), line.Amount);

        AccountKind KindOf(Guid id) => accounts.TryGetValue(id, out var account) ? account.Kind : AccountKind.Person;

        string? NameOf(Guid id) =>
            accounts.TryGetValue(id, out var account) && account.Kind == AccountKind.Person ? names[new(account.Holder)] : null;
    }
}
