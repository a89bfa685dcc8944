using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Places;

/// <summary>The mutual-aid points an actor may see, and what each lacks to count as one. 互助点名单</summary>
public sealed class ListPoints(Workspace work, Rulebook rulebook)
{
    public sealed record Row(Id<Place> Id, string Name, AreaCode Area, Compliance Compliance);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewPlaces, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, async db =>
        {
            var ids = await Points(db).Select(p => p.Id).PageAt(page, ct);
            var shown = ids.ToArray();
            return ids.With(await Rows(Points(db).Where(p => shown.Contains(p.Id)), ct));
        });
    }

    /// <summary>Every point, to choose from or for a file.</summary>
    public async Task<Result<List<Row>>> All(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPlaces, actor.Scope) ? await work.Read(actor, db => Rows(Points(db), ct)) : CommonRefusals.Forbidden;

    private static IOrderedQueryable<Place> Points(ShouwangDb db) =>
        db.Places.Where(p => p.Kind == PlaceKind.Point && p.ClosedOn == null).OrderBy(p => p.Area).ThenBy(p => p.Name).ThenBy(p => p.Id);

    private async Task<List<Row>> Rows(IQueryable<Place> points, CancellationToken ct)
    {
        var today = work.Today;
        return [.. (await points.ToListAsync(ct)).Select(p => new Row(p.Id, p.Name, p.Area, ComplianceOf(p, today)))];
    }

    private Compliance ComplianceOf(Place point, DateOnly today)
    {
        var rules = rulebook.At(point.Area, today);
        return point.ComplianceOn(today, rules.Int("points.min-elders"), rules.Int("points.max-elders-per-volunteer"));
    }
}
