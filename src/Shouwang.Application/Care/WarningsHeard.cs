using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Which weather warnings stand for an area: its own, those of what holds it, and those declared under a code that another has
/// taken the place of. 区域预警</summary>
/// <remarks>Asked past the area filter: whose the warning is depends on where the elder lives, not on who looks, and the house itself
/// looks over each county apart. A warning says nothing of anybody.</remarks>
internal static class WarningsHeard
{
    public static async Task<ILookup<AreaCode, WeatherWarning>> Of(
        ShouwangDb db, IReadOnlyCollection<AreaCode> areas, (DateOnly Since, DateOnly Today) days, CancellationToken ct)
    {
        var history = await HistoryOf(db, areas, ct);
        var heard = areas.ToDictionary(a => a, a => history.HeardIn(a, days.Today));
        var codes = heard.Values.SelectMany(h => h).Distinct().ToArray();
        var since = days.Since;
        var standing = await db.Warnings.IgnoreQueryFilters(["area"]).AsNoTracking()
            .Where(w => codes.Contains(w.Area) && w.EndedAt == null && w.To >= since).OrderBy(w => w.Id).ToListAsync(ct);
        return heard.SelectMany(h => standing.Where(w => h.Value.Contains(w.Area)).Select(w => (Area: h.Key, w)))
            .ToLookup(h => h.Area, h => h.w);
    }

    /// <summary>Only the steps that lead from or to these areas: mostly none.</summary>
    private static async Task<AreaHistory> HistoryOf(ShouwangDb db, IEnumerable<AreaCode> areas, CancellationToken ct)
    {
        var (known, fresh) = (new HashSet<AreaCode>(), areas.SelectMany(AreaHistory.Chain).Distinct().ToArray());
        var steps = new List<Succession>();
        while (fresh.Length > 0)
        {
            known.UnionWith(fresh);
            var asked = fresh;
            var found = await db.Areas.IgnoreQueryFilters(["area"]).SelectMany(a => a.Successors).AsNoTracking()
                .Where(s => asked.Contains(s.From) || asked.Contains(s.To)).ToListAsync(ct);
            steps.AddRange(found);
            fresh = [.. found.SelectMany(s => AreaHistory.Chain(s.To).Append(s.From)).Distinct().Where(c => !known.Contains(c))];
        }

        return new(steps.Distinct());
    }
}
