using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>Recomputes every balance from the postings, checks the laws of the books, and holds every transaction against its seal.
/// 账簿核对</summary>
public sealed class VerifyLedger(Workspace work, KeyRing keys)
{
    /// <param name="Unsealed">Transactions, holds and their ends committed within the last second or so, not yet sealed.</param>
    /// <param name="Waiting">Deliveries of the outbox still to come.</param>
    /// <param name="GivenUp">Deliveries that failed too often.</param>
    public sealed record View(int Accounts, long Transactions, long Postings, long Unsealed, int Findings, IReadOnlyList<Finding> First)
    {
        public long Waiting { get; init; }

        public long GivenUp { get; init; }

        public bool IsSound => Findings == 0;
    }

    /// <param name="asOf">The moment at which the rows stood like this, where they come from a backup; now without it.</param>
    public async Task<Result<View>> Run(Actor actor, CancellationToken ct, DateTimeOffset? asOf = null)
    {
        if (!actor.May(Permission.VerifyBooks, actor.Scope)) return CommonRefusals.Forbidden;
        try
        {
            return await work.ReadWhole(actor, db => Check(SealSql.On(db), asOf ?? work.Now, ct), ct);
        }
        catch (StorageUnavailable gone) when (SealSql.DamageIn(gone.InnerException) is { } damage)
        {
            return new View(0, 0, 0, 0, 1, [new("file-damaged", damage)]);
        }
    }

    /// <summary>The books are one: they are checked whole, whatever area the auditor works in.</summary>
    internal async Task<View> Check(SealSql sql, DateTimeOffset now, CancellationToken ct)
    {
        var found = new Findings();
        var (balances, outbox) = (new BalanceCheck(sql, found), new OutboxCheck(sql, keys, found));
        var until = await RowCheck.Until(sql, now, ct);
        var (rows, holds, ends) = (new RowCheck(sql, found, until), new RowCheck(sql, found, until), new RowCheck(sql, found, until));
        await balances.Open(ct);
        await rows.Run(new TransactionSource(keys), balances.Add, ct);
        await holds.Run(new HoldSource(keys), null, ct);
        await ends.Run(new HoldEndSource(keys), null, ct);
        await balances.Close(ct);
        await outbox.Run(ct);
        return new(balances.Accounts, balances.Transactions, balances.Postings, rows.Unsealed + holds.Unsealed + ends.Unsealed,
            found.Count, found.First)
        {
            Waiting = outbox.Waiting, GivenUp = outbox.GivenUp,
        };
    }
}
