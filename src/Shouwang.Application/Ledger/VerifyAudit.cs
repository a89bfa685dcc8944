using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>Recomputes every row of the audit log and the security events, every chain, the Merkle log, checks every signed
/// checkpoint, and what earlier verifications wrote down. 操作日志核对</summary>
public sealed class VerifyAudit(Workspace work, KeyRing keys, SealKey key)
{
    /// <param name="Rows">Rows of the audit log and security events.</param>
    /// <param name="Sealed">Entries of the sealed log, those of the ledger among them.</param>
    /// <param name="Unsealed">Rows committed within the last second or so, not yet sealed.</param>
    /// <param name="Checkpoints">Signed checkpoints; the last one says <paramref name="CheckedSize"/>.</param>
    public sealed record View(
        long Rows, long Sealed, long Unsealed, long Checkpoints, long CheckedSize, int Findings, IReadOnlyList<Finding> First)
    {
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
            return new View(0, 0, 0, 0, 0, 1, [new("file-damaged", damage)]);
        }
    }

    /// <summary>The log is one: it is checked whole, whatever area the auditor works in.</summary>
    internal async Task<View> Check(SealSql sql, DateTimeOffset now, CancellationToken ct)
    {
        var found = new Findings();

        // The log first: that it was cut is worth more than a name for each row that lost its seal.
        var log = new LogCheck(sql, key.All, found);
        await log.Run(ct);
        var until = await RowCheck.Until(sql, now, ct);
        var (audit, events) = (new RowCheck(sql, found, until), new RowCheck(sql, found, until));
        await audit.Run(new AuditSource(keys), null, ct);
        await events.Run(new EventSource(keys), null, ct);
        await new CheckedBefore(sql, found).Run(ct);
        return new(
            audit.Rows + events.Rows, log.Size, audit.Unsealed + events.Unsealed, log.Checkpoints, log.CheckedSize, found.Count,
            found.First);
    }
}
