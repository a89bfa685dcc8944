using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Duties;

/// <summary>How many duties are open in each village, and how far they have climbed: what an officer looks at first. 各村未办事项</summary>
public sealed class DutiesByArea(Workspace work)
{
    /// <summary>The villages with the most; the others have less to do.</summary>
    private const int Most = 50;

    /// <param name="Climbed">Of those, how many have reached the township.</param>
    public sealed record Row(AreaCode Area, string Name, int Open, int Climbed);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) => actor.May(Permission.AssignDuties, actor.Scope)
        ? await work.Read(actor, db => Count(db, work.Today, ct)) : CommonRefusals.Forbidden;

    private static async Task<List<Row>> Count(ShouwangDb db, DateOnly today, CancellationToken ct)
    {
        var counted = await db.Duties.Where(d => d.State == DutyState.Open).GroupBy(d => d.Area)
            .Select(g => new { Area = g.Key, Open = g.Count(), Climbed = g.Count(d => d.Rung == DutyRung.Township) })
            .OrderByDescending(c => c.Climbed).ThenByDescending(c => c.Open).ThenBy(c => c.Area).Take(Most).ToListAsync(ct);
        var names = await AreaNames.Of(db, counted.Select(c => c.Area), today, ct);
        return [.. counted.Select(c => new Row(c.Area, names[c.Area], c.Open, c.Climbed))];
    }
}
