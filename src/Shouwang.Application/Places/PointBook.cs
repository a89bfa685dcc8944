using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Places;

/// <summary>To which mutual-aid point elders belong. 所属互助点</summary>
internal static class PointBook
{
    /// <summary>Each elder's point on a day, whoever looks. Who belonged to none yet counts to the first they join afterwards: what was
    /// done for them before they were entered there goes along.</summary>
    public static async Task<Dictionary<Id<Person>, Id<Place>>> On(ShouwangDb db, Id<Person>[] elders, DateOnly day, CancellationToken ct)
    {
        var members = await db.Places.IgnoreQueryFilters(["reach"]).AsNoTracking().Where(p => p.Kind == PlaceKind.Point)
            .SelectMany(p => p.Members, (p, m) => new { m.Person, p.Id, m.Part, m.From, m.To })
            .Where(m => elders.Contains(m.Person) && m.Part == MemberPart.Elder && (m.To == null || m.To > day)).ToListAsync(ct);
        return members.GroupBy(m => m.Person).ToDictionary(g => g.Key, g => g.MinBy(m => (m.From, m.Id.Value))!.Id);
    }

    /// <summary>One elder's point on a day; null where they belong to none and join none.</summary>
    public static async Task<Id<Place>?> On(ShouwangDb db, Id<Person> elder, DateOnly day, CancellationToken ct) =>
        (await On(db, [elder], day, ct)).TryGetValue(elder, out var point) ? point : null;

    /// <summary>Who sees to what a point is asked for: its manager, else its leader; null where it has neither.</summary>
    public static async Task<Id<Person>?> LeaderOf(ShouwangDb db, Id<Place> point, DateOnly day, CancellationToken ct)
    {
        var place = await db.Places.IgnoreQueryFilters(["reach"]).AsNoTracking().SingleOrDefaultAsync(p => p.Id == point, ct);
        return place?.On(day, MemberPart.Manager).Concat(place.On(day, MemberPart.Leader)).Select(p => (Id<Person>?)p).FirstOrDefault();
    }
}
