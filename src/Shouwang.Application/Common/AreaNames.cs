using Microsoft.EntityFrameworkCore;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>What areas are called on a day; one that has ended by what it was called last, one without a name by its code. 区划名称</summary>
internal static class AreaNames
{
    public static async Task<Dictionary<AreaCode, string>> Of(
        ShouwangDb db, IEnumerable<AreaCode> areas, DateOnly day, CancellationToken ct)
    {
        var asked = areas.Distinct().ToArray();
        var known = (await db.Areas.Where(a => asked.Contains(a.Area) && a.ValidFrom <= day)
            .Select(a => new { a.Area, a.Name, a.ValidFrom }).ToListAsync(ct))
            .GroupBy(a => a.Area).ToDictionary(g => g.Key, g => g.MaxBy(a => a.ValidFrom)!.Name);
        return asked.ToDictionary(a => a, a => known.GetValueOrDefault(a, $"{a}"));
    }
}
