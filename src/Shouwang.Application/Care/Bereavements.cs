using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Who lost somebody of the household, or the spouse. A death that was taken back is none. 丧亲</summary>
internal static class Bereavements
{
    /// <summary>Deaths since a day, by the elders they leave behind; whoever may see an elder hears of it, though the dead was not
    /// theirs.</summary>
    public static async Task<ILookup<Id<Person>, Departure>> Of(
        ShouwangDb db, IReadOnlyCollection<Person> elders, DateOnly since, CancellationToken ct)
    {
        var deaths = await (
            from death in db.Departures.IgnoreQueryFilters(["reach"]).AsNoTracking()
            where death.Kind == DepartureKind.Death && death.UndoneAt == null && death.Day >= since
            join dead in db.People.IgnoreQueryFilters(["reach"]) on death.Person equals dead.Id
            select new { death, dead.Household }).ToListAsync(ct);
        if (deaths.Count == 0) return Enumerable.Empty<Departure>().ToLookup(d => d.Person);

        var gone = deaths.Select(d => d.death.Person).ToArray();
        var spouses = (await db.Relations.IgnoreQueryFilters(["reach"]).AsNoTracking()
            .Where(r => r.Kind == RelationKind.Spouse && (gone.Contains(r.Elder) || gone.Contains(r.Relative))).ToListAsync(ct))
            .SelectMany(r => new[] { (Left: r.Elder, Dead: r.Relative, r), (Left: r.Relative, Dead: r.Elder, r) })
            .ToLookup(r => r.Dead);
        var (asked, roofs) = (elders.Select(e => e.Id).ToHashSet(), elders.Where(e => e.Household is not null).ToLookup(e => e.Household));
        return deaths.SelectMany(d => roofs[d.Household].Select(e => e.Id)
                .Concat(spouses[d.death.Person].Where(s => s.r.HoldsOn(d.death.Day.AddDays(-1))).Select(s => s.Left).Where(asked.Contains))
                .Where(left => left != d.death.Person).Distinct().Select(left => (Left: left, d.death)))
            .ToLookup(b => b.Left, b => b.death);
    }
}
