using Microsoft.EntityFrameworkCore;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>What areas are called on a day; one without a name then goes by its code. 区划名称</summary>
internal static class AreaNames
{
    public static async Task<Dictionary<AreaCode, string>> Of(
        ShouwangDb db, IEnumerable<AreaCode> areas, DateOnly day, CancellationToken ct)
    {
        var asked = areas.Distinct().ToArray();
        var known = await db.Areas.Where(a => asked.Contains(a.Area) && a.ValidFrom <= day && (a.ValidTo == null || day < a.ValidTo))
            .ToDictionaryAsync(a => a.Area, a => a.Name, ct);
        return asked.ToDictionary(a => a, a => known.GetValueOrDefault(a, $"{a}"));
    }
}
