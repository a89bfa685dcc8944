using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>Recomputes every row hash and the unbroken order of the audit log. 操作日志核对</summary>
public sealed class VerifyAudit(Workspace work)
{
    private const int Named = 50;

    /// <param name="What">"row-changed", "row-gone", "order-broken", "chain-broken".</param>
    /// <param name="Seq">Where in the log.</param>
    public sealed record Finding(string What, long Seq);

    /// <param name="Unsealed">Rows committed within the last second or so, not yet in the order.</param>
    public sealed record View(long Rows, long Sealed, long Unsealed, int Findings, IReadOnlyList<Finding> First)
    {
        public bool IsSound => Findings == 0;
    }

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.VerifyBooks, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.ReadWhole(actor, db => Check(db, ct), ct);
    }

    private static async Task<View> Check(ShouwangDb db, CancellationToken ct)
    {
        var found = new List<Finding>();
        var hashes = new Dictionary<long, string>();
        await foreach (var row in db.Audit.IgnoreQueryFilters().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            var hash = AuditRows.HashOf(row);
            if (hash != row.RowHash) found.Add(new("row-changed", row.Seq));
            hashes[row.Seq] = hash;
        }

        var (rows, position, chain) = (hashes.Count, 0L, "");
        await foreach (var seal in db.AuditSeals.AsNoTracking().OrderBy(s => s.Position).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (seal.Position != ++position) found.Add(new("order-broken", seal.Seq));
            position = seal.Position;
            if (!hashes.Remove(seal.Seq, out var hash)) found.Add(new("row-gone", seal.Seq));
            else if (seal.ChainHash != AuditRows.Chain(chain, hash)) found.Add(new("chain-broken", seal.Seq));
            chain = seal.ChainHash;
        }

        return new(rows, position, hashes.Count, found.Count, [.. found.Take(Named)]);
    }
}
