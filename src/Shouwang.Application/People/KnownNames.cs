using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Names of the people behind records an actor already sees: who came, who was visited. Inside the area, beyond the
/// reach.</summary>
internal static class KnownNames
{
    public static async Task<IReadOnlyDictionary<Id<Person>, string>> Of(ShouwangDb db, IEnumerable<Id<Person>> people,
        CancellationToken ct)
    {
        var wanted = people.Distinct().ToArray();
        return await db.People.IgnoreQueryFilters(["reach"]).AsNoTracking().Where(p => wanted.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }
}
