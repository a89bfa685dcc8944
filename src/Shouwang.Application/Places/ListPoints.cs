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

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPlaces, actor.Scope) ? await work.Read(actor, db => List(db, ct)) : CommonRefusals.Forbidden;

    private async Task<List<Row>> List(ShouwangDb db, CancellationToken ct)
    {
        var today = work.Today;
        var points = await db.Places.Where(p => p.Kind == PlaceKind.Point && p.ClosedOn == null)
            .OrderBy(p => p.Area).ThenBy(p => p.Name).ToListAsync(ct);
        return [.. points.Select(p => new Row(p.Id, p.Name, p.Area, ComplianceOf(p, today)))];
    }

    private Compliance ComplianceOf(Place point, DateOnly today)
    {
        var rules = rulebook.At(point.Area, today);
        return point.ComplianceOn(today, rules.Int("points.min-elders"), rules.Int("points.max-elders-per-volunteer"));
    }
}
