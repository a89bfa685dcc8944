using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Emergencies that were reported lately and were no false alarm (rule visits.red-alert-days). 近期报警</summary>
internal static class RecentAlarms
{
    public static async Task<ILookup<Id<Person>, Incident>> Of(
        ShouwangDb db, IReadOnlyCollection<Person> people, Dictionary<AreaCode, RulesInForce> rules, CancellationToken ct)
    {
        var ids = people.Select(p => p.Id).ToArray();
        var from = rules.ToDictionary(r => r.Key, r => Days.Start(r.Value.Day.AddDays(-r.Value.Int("visits.red-alert-days"))));
        var first = from.Values.DefaultIfEmpty(DateTimeOffset.MaxValue).Min().ToUniversalTime();
        var found = await (await KinView.Of(db, ct)).Known(db.Incidents.AsNoTracking())
            .Where(i => i.OpenedAt >= first && (i.Result == null || i.Result != IncidentResult.FalseAlarm) && ids.Contains(i.Elder))
            .ToListAsync(ct);
        var areas = people.ToDictionary(p => p.Id, p => p.Area);
        return found.Where(i => i.OpenedAt >= from[areas[i.Elder]]).ToLookup(i => i.Elder);
    }

    /// <summary>Whether there was one for each of some people.</summary>
    public static async Task<IReadOnlySet<Id<Person>>> WhoHad(
        ShouwangDb db, IReadOnlyCollection<Person> people, Rulebook rulebook, DateOnly today, CancellationToken ct)
    {
        var rules = people.Select(p => p.Area).Distinct().ToDictionary(a => a, a => rulebook.At(a, today));
        return (await Of(db, people, rules, ct)).Select(i => i.Key).ToHashSet();
    }
}
