using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>What happened lately that asks for a visit: coming home from hospital, a weather warning, a festival, a death in the household,
/// an emergency. 加访簿</summary>
internal sealed class ExtraVisits
{
    private readonly Dictionary<AreaCode, RulesInForce> _rules;
    private readonly Dictionary<AreaCode, List<ExtraVisit>> _ofArea;

    private ExtraVisits(Dictionary<AreaCode, RulesInForce> rules, ILookup<AreaCode, WeatherWarning> warnings) => (_rules, _ofArea) = (
        rules, rules.ToDictionary(r => r.Key, r => ForEverybody(r.Value, warnings[r.Key]).ToList()));

    /// <summary>Emergencies that were reported lately, by elder.</summary>
    public required ILookup<Id<Person>, Incident> Incidents { get; init; }

    /// <summary>Deaths lately, by the elders they leave behind.</summary>
    public required ILookup<Id<Person>, Departure> Deaths { get; init; }

    /// <summary>Reads it. What is older than the longest time between two visits asks for nothing that the next visit does not.</summary>
    public static async Task<ExtraVisits> Of(
        ShouwangDb db, List<Person> elders, Dictionary<AreaCode, RulesInForce> rules, CancellationToken ct)
    {
        var since = rules.Values.Select(LookBack).DefaultIfEmpty(DateOnly.MaxValue).Min();
        var today = rules.Values.Select(r => r.Day).FirstOrDefault();
        return new(rules, await WarningsHeard.Of(db, rules.Keys, (since, today), ct))
        {
            Incidents = await RecentAlarms.Of(db, elders, rules, ct), Deaths = await Bereavements.Of(db, elders, since, ct),
        };
    }

    /// <summary>Whether an emergency was reported for the elder lately (rule visits.red-alert-days).</summary>
    public bool HadAlarm(Person elder) => Incidents[elder.Id].Any();

    /// <summary>What an elder is owed, the most pressing first.</summary>
    /// <param name="seenAt">When the last visit that took place began.</param>
    /// <param name="since">From when visits are owed: what was over before asks for none.</param>
    public IReadOnlyList<ExtraVisit> OwedTo(Person elder, DateTimeOffset seenAt, DateOnly since)
    {
        var within = Within(_rules[elder.Area]);
        return
        [
            .. _ofArea[elder.Area].Where(e => e.Until >= since).Select(e => e.NotBefore(since, within)).Concat(AfterHospital(elder, within))
                .Concat(Deaths[elder.Id].Select(d => ExtraVisit.After(d, within)))
                .Concat(Incidents[elder.Id].Select(i => ExtraVisit.After(i, within)))
                .Where(e => !e.IsSeenToBy(seenAt)).OrderBy(e => e.By),
        ];
    }

    private static IEnumerable<ExtraVisit> ForEverybody(RulesInForce rules, IEnumerable<WeatherWarning> warnings) =>
        warnings.Select(w => ExtraVisit.For(w, Within(rules))).Concat(Festivals.Around(rules));

    private IEnumerable<ExtraVisit> AfterHospital(Person elder, int within) => elder.Facts
        .Where(f => f is { Kind: FactKind.Absence, Stands: true, Value: nameof(Absence.Hospital) } && f.To <= _rules[elder.Area].Day)
        .Select(f => ExtraVisit.AfterHospital(f.To!.Value, within)).OrderByDescending(e => e.By).Take(1);

    private static DateOnly LookBack(RulesInForce rules) => rules.Day.AddDays(-(int)rules.Table("visits.every-days").Max(r => r.Value));

    private static int Within(RulesInForce rules) => rules.Minutes("visits.trigger-within") / (24 * 60);
}
