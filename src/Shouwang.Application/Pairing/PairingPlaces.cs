using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Pairing;

/// <summary>For which villages and points of their area somebody may ask for a proposal. 可撮合范围</summary>
public sealed class PairingPlaces(Workspace work)
{
    public sealed record Village(AreaCode Area, string Name);

    /// <param name="VillageName">Where it lies; nothing for whoever works in that village.</param>
    public sealed record Point(Id<Place> Id, string Name, string? VillageName);

    /// <param name="Villages">None for whoever works in a single village.</param>
    public sealed record View(IReadOnlyList<Village> Villages, IReadOnlyList<Point> Points);

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct) => actor.May(Permission.ProposePairs, actor.Scope)
        ? await work.Read(actor, db => Look(db, work.Today, ct)) : CommonRefusals.Forbidden;

    private static async Task<View> Look(ShouwangDb db, DateOnly today, CancellationToken ct)
    {
        var isVillage = db.Looking.Scope.Level >= AreaLevel.Village;
        var villages = isVillage ? [] : await db.Areas
            .Where(a => a.Level == AreaLevel.Village && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo > today))
            .OrderBy(a => a.Area).Select(a => new Village(a.Area, a.Name)).ToListAsync(ct);
        var points = await db.Places.Where(p => p.Kind == PlaceKind.Point && p.ClosedOn == null)
            .OrderBy(p => p.Area).ThenBy(p => p.Name).ThenBy(p => p.Id).Select(p => new { p.Id, p.Area, p.Name }).ToListAsync(ct);
        var names = villages.ToDictionary(v => v.Area, v => v.Name);
        return new(
            villages,
            [.. points.Select(p => new Point(p.Id, p.Name, isVillage ? null : names.GetValueOrDefault(p.Area, $"{p.Area}")))]);
    }
}
