using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Oversight;

/// <summary>Who did what, where and when, the newest first. 操作日志</summary>
public sealed class AuditLog(Workspace work)
{
    private static readonly string s_asWritten = AlongIndex.Of("audit_entry");

    /// <param name="Who">The person's name; empty when it is the house itself or someone the reader does not see.</param>
    /// <param name="Command">The use case: "Care.RecordVisit".</param>
    public sealed record Line(long Seq, DateTimeOffset At, Guid Actor, string Who, string Role, string Command, AreaCode Area);

    public sealed record View(IReadOnlyList<Line> Lines, long? Before);

    /// <param name="before">Shows what came before this entry; null for the newest.</param>
    public Task<Result<View>> Run(long? before, Actor actor, CancellationToken ct) => Part(before, Paging.Size, actor, ct);

    /// <summary>The same in longer parts, for a workbook.</summary>
    /// <param name="rows">How many at once.</param>
    public async Task<Result<View>> Part(long? before, int rows, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewAudit, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, async db =>
        {
            var entries = await AlongIndex.Wide(db, db.Audit, s_asWritten).Where(a => before == null || a.Seq < before)
                .OrderByDescending(a => a.Seq).Take(rows + 1)
                .ToListAsync(ct);
            var names = await Names.Of(db, entries.Select(e => e.Actor), ct);
            var lines = entries.Take(rows)
                .Select(e => new Line(e.Seq, e.At, e.Actor, names.GetValueOrDefault(e.Actor, ""), e.Role, e.Command, e.Area)).ToList();
            return new View(lines, entries.Count > rows ? lines[^1].Seq : null);
        });
    }
}
