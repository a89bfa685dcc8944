using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>The festivals of the rules, by the lunar and the common calendar, as days. 节日</summary>
internal static class Festivals
{
    /// <summary>Those for which visits count already, and those of the last days, for which a missed one is still asked for.</summary>
    public static IEnumerable<ExtraVisit> Around(RulesInForce rules)
    {
        var (before, since) = (rules.Int("visits.festival-before"), rules.Day.AddDays(-rules.Int("visits.festival-after")));
        return In(rules, [rules.Day.Year - 1, rules.Day.Year, rules.Day.Year + 1])
            .Where(f => f.Day >= since && f.Day <= rules.Day.AddDays(before)).Select(f => ExtraVisit.For(f.Name, f.Day, before));
    }

    /// <summary>The festivals of some years; a row says month and day as 815 for the fifteenth of the eighth month.</summary>
    public static IEnumerable<(string Name, DateOnly Day)> In(RulesInForce rules, int[] years)
    {
        foreach (var year in years)
        {
            foreach (var (name, at) in rules.Table("visits.festivals-lunar"))
            {
                if (LunarDates.ToGregorian(new(year, (int)at / 100, Leap: false, (int)at % 100)) is { } day) yield return (name, day);
            }

            foreach (var (name, at) in rules.Table("visits.festivals-common")) yield return (name, new(year, (int)at / 100, (int)at % 100));
        }
    }
}
