using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.TimeBank;

/// <summary>One pool: what is left, how it lies in its stripes, what was put in and given last. 时间池</summary>
public sealed class ShowPool(Workspace work)
{
    /// <summary>Fillings and grants that are shown, newest first.</summary>
    private const int Latest = 20;

    /// <param name="Number">1, 2, 3 … as a reader counts.</param>
    public sealed record Stripe(int Number, long Minutes, long Held);

    public sealed record Filled(Id<Transaction> Id, long Minutes, DateTimeOffset At);

    /// <param name="To">Empty for somebody whose account was taken out of sight.</param>
    public sealed record Granted(Id<Transaction> Id, string To, long Minutes, DateTimeOffset At);

    /// <param name="Left">What can be paid now, in minutes: the sum of all stripes.</param>
    public sealed record View(AreaCode Area, string Name, long Left, IReadOnlyList<Stripe> Stripes, IReadOnlyList<Filled> Fillings)
    {
        public IReadOnlyList<Granted> Grants { get; init; } = [];
    }

    public async Task<Result<View>> Run(AreaCode area, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.GrantHours, actor.Scope)) return CommonRefusals.Forbidden;
        if (!actor.Covers(area)) return CommonRefusals.NotFound;
        return await work.Read(actor, db => Show(db, area, ct));
    }

    private async Task<View> Show(ShouwangDb db, AreaCode area, CancellationToken ct)
    {
        var stripes = await db.Accounts.Where(a => a.Area == area && a.Kind == AccountKind.Pool && a.Book == Book.Hours)
            .OrderBy(a => a.Stripe).ToListAsync(ct);
        var fillings = await db.Transactions
            .Where(t => t.Area == area && t.Book == Book.Hours && t.Reason == Reasons.PoolFilled)
            .OrderByDescending(t => t.Seq).Take(Latest)
            .Select(t => new { t.Id, t.At, Minutes = db.Postings.Where(p => p.TransactionId == t.Id).Sum(p => p.Amount) }).ToListAsync(ct);
        var names = await AreaNames.Of(db, [area], work.Today, ct);
        return new(
            area, names[area], stripes.Sum(s => s.Balance - s.Held - s.Floor),
            [.. stripes.Select(s => new Stripe(s.Stripe + 1, s.Balance, s.Held))],
            [.. fillings.Select(f => new Filled(new(f.Id), f.Minutes, f.At))])
        {
            Grants = await Grants(db, area, ct),
        };
    }

    /// <summary>What the pool gave last, and to whom.</summary>
    private static async Task<IReadOnlyList<Granted>> Grants(ShouwangDb db, AreaCode area, CancellationToken ct)
    {
        var grants = await db.Transactions.Where(t => t.Area == area && t.Book == Book.Hours && t.Reason == Reasons.Granted)
            .OrderByDescending(t => t.Seq).Take(Latest)
            .Select(t => new
            {
                t.Id, t.At, Minutes = db.Postings.Where(p => p.TransactionId == t.Id).Sum(p => p.Amount),
                Holder = db.Postings.Where(p => p.TransactionId == t.Id)
                    .Join(db.Accounts, p => p.To, a => a.Id, (p, a) => (Guid?)a.Holder).FirstOrDefault(),
            }).ToListAsync(ct);
        var names = await KnownNames.Of(db, grants.Select(g => new Id<Person>(g.Holder ?? Guid.Empty)), ct);
        return [.. grants.Select(g => new Granted(new(g.Id), names[new(g.Holder ?? Guid.Empty)], g.Minutes, g.At))];
    }
}
