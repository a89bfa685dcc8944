using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>Recomputes every balance from the postings and checks the laws of the books. 账簿核对</summary>
public sealed class VerifyLedger(Workspace work)
{
    /// <summary>Findings named at most; the count is always whole.</summary>
    private const int Named = 50;

    /// <param name="What">"balance", "held", "floor", "ceiling", "sum", "empty-transaction", "lost-posting", "lost-account".</param>
    /// <param name="Where">The id of the record that is wrong, or the book.</param>
    public sealed record Finding(string What, string Where);

    public sealed record View(int Accounts, int Transactions, long Postings, int Findings, IReadOnlyList<Finding> First)
    {
        public bool IsSound => Findings == 0;
    }

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.VerifyBooks, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.ReadWhole(actor, db => Check(db, ct), ct);
    }

    /// <summary>The books are one: they are checked whole, whatever area the auditor works in.</summary>
    private static async Task<View> Check(ShouwangDb db, CancellationToken ct)
    {
        var accounts = await db.Accounts.IgnoreQueryFilters().AsNoTracking().ToListAsync(ct);
        var (moved, held) = (accounts.ToDictionary(a => a.Id, _ => 0L), await Held(db, ct));
        var found = new List<Finding>();
        var transactions = (await db.Transactions.IgnoreQueryFilters().AsNoTracking().Select(t => new { t.Id, t.Book }).ToListAsync(ct))
            .ToDictionary(t => t.Id, t => (t.Book, Lines: 0));
        var postings = 0L;

        await foreach (var posting in db.Postings.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            postings++;
            if (!transactions.TryGetValue(posting.TransactionId, out var written))
                found.Add(new("lost-posting", $"{posting.TransactionId}"));
            else transactions[posting.TransactionId] = (written.Book, written.Lines + 1);
            Move(posting.From, -posting.Amount);
            Move(posting.To, posting.Amount);
        }

        found.AddRange(transactions.Where(t => t.Value.Lines == 0).Select(t => new Finding("empty-transaction", $"{t.Key}")));
        found.AddRange(accounts.SelectMany(a => Judge(a, moved[a.Id], held.GetValueOrDefault(a.Id))));
        found.AddRange(accounts.GroupBy(a => a.Book).Where(b => b.Sum(a => a.Balance) != 0).Select(b => new Finding("sum", $"{b.Key}")));
        return new(accounts.Count, transactions.Count, postings, found.Count, [.. found.Take(Named)]);

        void Move(Guid account, long change)
        {
            if (moved.ContainsKey(account)) moved[account] += change;
            else found.Add(new("lost-account", $"{account}"));
        }
    }

    /// <summary>What the holds that have not ended keep of each account.</summary>
    private static async Task<Dictionary<Guid, long>> Held(ShouwangDb db, CancellationToken ct) =>
        await db.Holds.IgnoreQueryFilters().AsNoTracking().Where(h => !db.HoldEnds.Any(e => e.HoldId == h.Id))
            .GroupBy(h => h.From).Select(g => new { g.Key, Sum = g.Sum(h => h.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);

    private static IEnumerable<Finding> Judge(AccountRow account, long moved, long held)
    {
        if (account.Held != held) yield return new("held", $"{account.Id}");
        if (account.Balance - account.Held < account.Floor) yield return new("floor", $"{account.Id}");
        if (account.Balance != moved) yield return new("balance", $"{account.Id}");
        if (account.Balance > account.Ceiling) yield return new("ceiling", $"{account.Id}");
    }
}
