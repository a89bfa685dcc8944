using Microsoft.EntityFrameworkCore;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>Those who cannot leave their bed, by the last assessment. 卧床老人</summary>
internal static class Bedridden
{
    /// <summary>The rule with the level from which an elder counts as one.</summary>
    public const string FromLevel = "pairing.bedridden-from-level";

    public static async Task<HashSet<Id<Person>>> Among(IQueryable<Person> people, int fromLevel, DateOnly day, CancellationToken ct)
    {
        var levels = Enum.GetValues<AbilityLevel>().Where(l => (int)l >= fromLevel).Select(l => $"{l}").ToArray();
        var inForce = FactInForce.On(day);
        return
        [
            .. await people
                .Where(p => p.Facts.AsQueryable().Where(inForce).Any(f => f.Kind == FactKind.Ability && levels.Contains(f.Value)))
                .Select(p => p.Id).ToListAsync(ct),
        ];
    }
}
