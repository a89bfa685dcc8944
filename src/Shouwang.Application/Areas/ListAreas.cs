using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>One area of the tree inside the scope: the way down to it, its names over time, what lies in it. 行政区划查询</summary>
public sealed class ListAreas(Workspace work)
{
    /// <param name="Under">The area to look into; the scope itself by default.</param>
    /// <param name="Page">Of what lies in it; the first by default.</param>
    public sealed record Query(AreaCode? Under = null, Slice Page = default);

    /// <param name="Successors">What took its place; empty while it stands.</param>
    public sealed record Row(AreaCode Code, string Name, AreaLevel Level, DateOnly From, DateOnly? To, IReadOnlyList<AreaCode> Successors);

    /// <param name="Way">From the top of the scope down to the area, what stands today.</param>
    /// <param name="History">Every dated entry of the area, the earliest first.</param>
    /// <param name="Inside">The entries directly inside it, page by page; ended ones too.</param>
    /// <param name="Predecessors">Ended areas whose rows its people may see.</param>
    public sealed record View(
        AreaCode Area, IReadOnlyList<Row> Way, IReadOnlyList<Row> History, Paged<Row> Inside, int Total, int Page,
        IReadOnlyList<AreaCode> Predecessors);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct)
    {
        var under = query.Under ?? actor.Scope;
        if (!actor.Scope.Contains(under)) return CommonRefusals.NotFound;
        if (!actor.May(Permission.ViewAreas, under)) return CommonRefusals.Forbidden;

        var view = await work.Read(actor, db => Look(db, under, query.Page, work.Today, ct));
        return view.History.Count == 0 && under != AreaCode.Nation ? AreaRefusals.NotFound : view;
    }

    private static async Task<View> Look(ShouwangDb db, AreaCode under, Slice page, DateOnly today, CancellationToken ct)
    {
        AreaCode[] codes = [.. Enum.GetValues<AreaLevel>().Where(l => l <= under.Level).Select(under.At).Distinct()];
        var way = await db.Areas.Where(a => codes.Contains(a.Area)).OrderBy(a => a.Area).ThenBy(a => a.ValidFrom).ToListAsync(ct);
        var inside = Directly(db.Areas, under, await LevelInside(db.Areas, under, ct));
        var shown = await inside.OrderBy(a => a.Area).ThenBy(a => a.ValidFrom).PageAt(page, ct);
        var steps = await db.Areas.SelectMany(a => a.Successors).AsNoTracking().ToListAsync(ct);
        return new(
            under,
            [.. way.Where(a => a.Period.Holds(today)).Select(RowOf)],
            [.. way.Where(a => a.Area == under).Select(RowOf)],
            shown.With(shown.Select(RowOf)),
            await inside.CountAsync(ct),
            shown.Number,
            new AreaHistory(steps).PredecessorsOf(under, today));
    }

    /// <summary>The next level of which there is any inside; a city without counties has townships directly.</summary>
    private static async Task<AreaLevel> LevelInside(IQueryable<Area> areas, AreaCode under, CancellationToken ct)
    {
        for (var level = under.Level + 1; level < AreaLevel.Village; level++)
        {
            if (await Directly(areas, under, level).AnyAsync(ct)) return level;
        }

        return AreaLevel.Village;
    }

    private static IQueryable<Area> Directly(IQueryable<Area> areas, AreaCode under, AreaLevel level)
    {
        var (first, last) = (under.First, under.Last);
        return areas.Where(a => a.Level == level && a.Area > first && a.Area <= last);
    }

    private static Row RowOf(Area a) => new(a.Code, a.Name, a.Level, a.ValidFrom, a.ValidTo, [.. a.Successors.Select(s => s.To)]);
}
