using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Oversight;

/// <summary>Refused, forbidden and failed attempts, the newest first. 安全事件</summary>
public sealed class SecurityLog(Workspace work)
{
    private static readonly string s_asWritten = AlongIndex.Of("audit_security_event");

    /// <param name="Code">What kind: "signin.locked".</param>
    public sealed record Line(long Seq, DateTimeOffset At, Guid Actor, string Who, string Role, string Code, string Command, AreaCode Area);

    public sealed record View(IReadOnlyList<Line> Lines, long? Before);

    /// <param name="before">Shows what came before this event; null for the newest.</param>
    public Task<Result<View>> Run(long? before, Actor actor, CancellationToken ct) => Part(before, Paging.Size, actor, ct);

    /// <summary>The same in longer parts, for a workbook.</summary>
    /// <param name="rows">How many at once.</param>
    public async Task<Result<View>> Part(long? before, int rows, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewSecurity, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, async db =>
        {
            var events = await AlongIndex.Wide(db, db.SecurityEvents, s_asWritten).Where(e => before == null || e.Seq < before)
                .OrderByDescending(e => e.Seq).Take(rows + 1).ToListAsync(ct);
            var names = await Names.Of(db, events.Select(e => e.Actor), ct);
            var lines = events.Take(rows)
                .Select(e => new Line(e.Seq, e.At, e.Actor, names.GetValueOrDefault(e.Actor, ""), e.Role, e.Code, e.Command, e.Area))
                    .ToList();
            return new View(lines, events.Count > rows ? lines[^1].Seq : null);
        });
    }
}
