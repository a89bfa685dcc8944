using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.People;

namespace Shouwang.Application.Oversight;

/// <summary>The names behind the ids of a log, as far as the reader sees them.</summary>
internal static class Names
{
    /// <summary>Names by id: in full for readers who may see people, masked for those who may not.</summary>
    public static async Task<Dictionary<Guid, string>> Of(ShouwangDb db, IEnumerable<Guid> people, CancellationToken ct)
    {
        var ids = people.Distinct().Select(id => new Domain.Kernel.Id<Person>(id)).ToList();
        var inFull = Roles.Allows(db.Looking.Role, Permission.ViewPeople);
        var found = await db.People.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Roles }).ToListAsync(ct);
        return found.ToDictionary(p => p.Id.Value, p => inFull || (p.Roles & PersonRoles.Official) != 0 ? p.Name : PersonName.Mask(p.Name));
    }
}
