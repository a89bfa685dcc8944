using Microsoft.EntityFrameworkCore;

namespace Shouwang.Application.Common;

/// <summary>Puts every committed audit row into one unbroken, hash-chained order within a second, so that a row that is changed,
/// removed or slipped in later is noticed. 封存</summary>
/// <remarks>Sealing apart from the commands keeps the chain from making the whole county one hot row.</remarks>
public sealed class AuditSealer(Store store)
{
    private const int Batch = 2000;

    /// <summary>Rows that commit late may have a lower number than rows already sealed; none is this far behind.</summary>
    private const int Window = 20_000;

    /// <summary>Seals everything committed so far. Returns how many rows were sealed.</summary>
    public async Task<int> Seal(CancellationToken ct)
    {
        var total = 0;
        while (await SomethingOpen(ct))
        {
            var sealedNow = await store.Writer.Run<int>(unit => SealBatch(unit, ct), ct);
            total += sealedNow;
            if (sealedNow < Batch) break;
        }

        return total;
    }

    /// <summary>Looks without disturbing the writer.</summary>
    private async Task<bool> SomethingOpen(CancellationToken ct)
    {
        await using var db = store.Read();
        db.Look(Actor.System(Domain.Kernel.AreaCode.Nation));
        var from = await db.AuditSeals.MaxAsync(s => (long?)s.Seq, ct) - Window ?? 0;
        return await db.Audit.AnyAsync(a => a.Seq > from && !db.AuditSeals.Any(s => s.Seq == a.Seq), ct);
    }

    private static async Task<Verdict<int>> SealBatch(UnitOfWork unit, CancellationToken ct)
    {
        unit.Look(Actor.System(Domain.Kernel.AreaCode.Nation));
        await unit.Books.OneAtATime(s_lock, ct);
        var last = await unit.Db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Position).FirstOrDefaultAsync(ct);
        var from = await unit.Db.AuditSeals.MaxAsync(s => (long?)s.Seq, ct) - Window ?? 0;
        var open = await unit.Db.Audit.AsNoTracking()
            .Where(a => a.Seq > from && !unit.Db.AuditSeals.Any(s => s.Seq == a.Seq))
            .OrderBy(a => a.Seq).Take(Batch).Select(a => new { a.Seq, a.RowHash }).ToListAsync(ct);

        var (position, chain) = (last?.Position ?? 0, last?.ChainHash ?? "");
        foreach (var row in open)
        {
            (position, chain) = (position + 1, AuditRows.Chain(chain, row.RowHash));
            await unit.Books.Seal(new() { Position = position, Seq = row.Seq, ChainHash = chain }, ct);
        }

        return new(open.Count > 0, open.Count);
    }

    private static readonly Guid s_lock = new("00000000-0000-8000-8000-00000000005e");
}
