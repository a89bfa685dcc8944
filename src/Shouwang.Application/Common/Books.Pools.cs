using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

// Pools: a stock in stripes. A payment locks one stripe; only when none of them alone has enough are all of them locked, in id order.
public abstract partial class Books
{
    /// <summary>Takes as much of a pool as a payment needs. Take other accounts first: pools come last in the order of locks.</summary>
    public async Task<IReadOnlyList<Account>> TakePool(Book book, AreaCode area, (Guid Payment, long Amount) need, CancellationToken ct)
    {
        var free = await FreeOf(book, area, ct);
        var first = Pool.StripeOf(need.Payment);
        for (var i = 0; i < Pool.Stripes; i++)
        {
            var stripe = (first + i) % Pool.Stripes;
            if (free.GetValueOrDefault(stripe) < need.Amount) continue;
            var account = (await Take(ct, AccountKey.OfPool(book, area, stripe))).Values.Single();

            // Somebody was faster. Taking the others now could end in a deadlock, so the command begins again.
            return account.Free >= need.Amount ? [account] : throw new LostRaceException();
        }

        return await TakeWholePool(book, area, ct);
    }

    /// <summary>Takes every stripe of a pool.</summary>
    public async Task<IReadOnlyList<Account>> TakeWholePool(Book book, AreaCode area, CancellationToken ct) =>
        [.. (await Take(ct, [.. Enumerable.Range(0, Pool.Stripes).Select(s => AccountKey.OfPool(book, area, s))])).Values];

    /// <summary>Takes what the mirror image of these postings may touch: their accounts, then every stripe of the pools among
    /// them.</summary>
    internal async Task<IReadOnlyDictionary<Id<Account>, Account>> TakeForMirror(IEnumerable<Posting> written, CancellationToken ct)
    {
        var keys = await KeysOf(written.SelectMany(p => new[] { p.From, p.To }), ct);
        var pools = keys.Where(k => k.Kind == AccountKind.Pool).Select(k => k with { Stripe = 0 }).Distinct();
        var others = await Take(ct, [.. keys.Where(k => k.Kind != AccountKind.Pool)]);
        var stripes = await Take(ct, [.. from pool in pools from s in Enumerable.Range(0, Pool.Stripes) select pool with { Stripe = s }]);
        return others.Concat(stripes).ToDictionary(a => a.Value.Id, a => a.Value);
    }

    /// <summary>What each stripe could pay, as it stands without waiting for anybody.</summary>
    private async Task<Dictionary<int, long>> FreeOf(Book book, AreaCode area, CancellationToken ct)
    {
        Settle();
        var free = new Dictionary<int, long>();
        var command = With(
            """
            SELECT "Stripe", "Balance" - "Held" - "Floor" FROM ledger_account
            WHERE "Book" = @book AND "Kind" = @kind AND "Holder" = @holder AND "Area" = @area
            """,
            ("book", book.ToString()), ("kind", nameof(AccountKind.Pool)), ("holder", Guid.Empty), ("area", area.Value));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) free[reader.GetInt32(0)] = reader.GetInt64(1);
        return free;
    }
}

/// <summary>Another writer got there first; the pipeline runs the command again. 竞争失败</summary>
public sealed class LostRaceException : Exception
{
    public LostRaceException(string message, Exception inner) : base(message, inner)
    {
    }

    public LostRaceException(string message) : base(message)
    {
    }

    public LostRaceException() : base("Another writer got there first.")
    {
    }
}
