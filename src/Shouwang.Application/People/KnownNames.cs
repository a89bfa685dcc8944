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

    /// <summary>Whoever helps, or holds an office.</summary>
    internal const PersonRoles Helping =
        PersonRoles.Volunteer | PersonRoles.CareWorker | PersonRoles.VillageDoctor | PersonRoles.Official;

    /// <summary>Who helps in an area, by name: those to whom something can be handed over.</summary>
    public static async Task<IReadOnlyList<(Id<Person> Id, string Name)>> Helpers(ShouwangDb db, AreaCode area, CancellationToken ct)
    {
        var found = await db.People.IgnoreQueryFilters(["reach"]).AsNoTracking().Where(p => p.Area == area && (p.Roles & Helping) != 0)
            .OrderBy(p => p.Initials).ThenBy(p => p.Id).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. found.Select(p => (p.Id, p.Name))];
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
