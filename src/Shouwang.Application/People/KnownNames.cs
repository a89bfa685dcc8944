using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Names of the people behind records an actor already sees: who came, who was visited. Inside the area, beyond the
/// reach.</summary>
internal static class KnownNames
{
    /// <summary>Stands for someone whom the area does not know, such as a helper from the next village.</summary>
    private const string OutsideTheArea = "—";

    public static async Task<IReadOnlyDictionary<Id<Person>, string>> Of(ShouwangDb db, IEnumerable<Id<Person>> people,
        CancellationToken ct)
    {
        var wanted = people.Distinct().ToArray();
        var known = await db.People.IgnoreQueryFilters(["reach"]).AsNoTracking().Where(p => wanted.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return wanted.ToDictionary(id => id, id => known.GetValueOrDefault(id, OutsideTheArea));
    }

    /// <summary>Names and masked phones of those to call for an elder whom the actor sees.</summary>
    public static async Task<IReadOnlyDictionary<Id<Person>, (string Name, string Phone)>> WithPhones(
        ShouwangDb db, IReadOnlyCollection<Id<Person>> people, CancellationToken ct)
    {
        var known = await db.People.IgnoreQueryFilters(["reach"]).AsNoTracking().Where(p => people.Contains(p.Id))
            .Select(p => new { p.Id, p.Name, p.Secrets.PhoneMask }).ToListAsync(ct);
        return known.ToDictionary(p => p.Id, p => (p.Name, p.PhoneMask));
    }
}
