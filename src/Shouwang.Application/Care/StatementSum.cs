using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Adds a month up. 月报汇总</summary>
internal static class StatementSum
{
    public static StatementContent Of(StatementBook.Found found, RulesInForce rules)
    {
        var met = found.Visits.Where(v => v.Outcome == VisitOutcome.Done).ToList();
        var phoneCounts = rules.Bool("visits.phone-counts");
        var seen = met.Where(v => phoneCounts || v.Way == VisitWay.Door).CountBy(v => v.Elder)
            .Where(c => c.Value >= rules.Int("visits.min-per-month")).Select(c => c.Key).ToHashSet();
        var (elders, visited) = (found.Elders.Count, found.Elders.Count(e => seen.Contains(e.Id)));
        var targets = Targets(found, rules);
        var reached = targets.Count(e => seen.Contains(e.Id));
        var refused = found.Visits.Where(v => v.Outcome == VisitOutcome.Refused).Select(v => v.Elder).ToHashSet();
        var verified = met.Count(v => v.VerifiedAt <= found.Scope.KnownAt);
        return new(
            found.Name, found.Area, found.Scope.Month, elders, visited, targets.Count == 0 ? null : reached * 10_000 / targets.Count,
            rules.Int("visits.rate-target"), found.Elders.Sum(e => HospitalDays(e, found.Scope)), met.Count, verified, met.Count - verified,
            met.Sum(v => v.Minutes), found.Credits.Sum(c => c.Credited), found.Credits.Sum(c => c.Uncredited),
            met.Count(v => v.Condition == Condition.Urgent), found.WithoutPair, found.OpenDisputes,
            [.. Enum.GetValues<VisitWay>().Select(w => new StatementContent.Count($"{w}", met.Count(v => v.Way == w)))],
            [.. Enum.GetValues<VisitOutcome>().Select(o => new StatementContent.Count($"{o}", found.Visits.Count(v => v.Outcome == o)))],
            [.. Enum.GetValues<ServiceItems>().Where(i => i != ServiceItems.None)
                .Select(i => new StatementContent.Count($"{i}", met.Count(v => (v.Items & i) != 0)))],
            Volunteers(met, found), Elders(met, found), found.Supplements)
        {
            Targets = targets.Count, VisitedTargets = reached,
            RefusedTargets = targets.Count(e => !seen.Contains(e.Id) && refused.Contains(e.Id)),
            Incidents = found.Incidents.Count,
            OpenIncidents = found.Incidents.Count(i => i.ClosedAt is null || i.ClosedAt > found.Scope.KnownAt),
        };
    }

    /// <summary>Whom the rate asks about, as the village knew them: by the rules of the month's last day.</summary>
    private static List<Person> Targets(StatementBook.Found found, RulesInForce rules)
    {
        if (rules.Bool("visits.rate-counts-everybody")) return found.Elders;
        var risk = RiskRules.Of(rules);
        return found.Elders.FindAll(
            e => e.RiskOn(found.Scope.Last, risk, asKnownAt: found.Scope.KnownAt) is { IsInTargetList: true });
    }

    /// <summary>Days of the month on which the village knew the elder to be in hospital.</summary>
    private static int HospitalDays(Person elder, StatementScope scope)
    {
        if (!elder.Facts.Any(f => f.Kind == FactKind.Absence)) return 0;
        var days = scope.Last.DayNumber - scope.First.DayNumber + 1;
        return Enumerable.Range(0, days)
            .Count(d => elder.FactOn(FactKind.Absence, scope.First.AddDays(d), scope.KnownAt) == nameof(Absence.Hospital));
    }

    private static List<StatementContent.VolunteerRow> Volunteers(List<Visit> met, StatementBook.Found found)
    {
        var credits = found.Credits.ToLookup(c => c.Volunteer);
        return
        [
            .. met.GroupBy(v => v.Volunteer)
                .Select(g => new StatementContent.VolunteerRow(
                    found.Names[g.Key], g.Select(v => v.Elder).Distinct().Count(), g.Count(), g.Sum(v => v.Minutes),
                    credits[g.Key].Sum(c => c.Credited), credits[g.Key].Sum(c => c.Uncredited)))
                .OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Visits).ThenBy(r => r.Minutes).ThenBy(r => r.Credited),
        ];
    }

    private static List<StatementContent.ElderRow> Elders(List<Visit> met, StatementBook.Found found)
    {
        var visits = met.ToLookup(v => v.Elder);
        return
        [
            .. found.Elders
                .Select(e => new StatementContent.ElderRow(
                    e.Name, e.AgeOn(found.Scope.Last), e.Group, visits[e.Id].Count(),
                    visits[e.Id].Select(v => (DateOnly?)v.Day).DefaultIfEmpty(null).Max()))
                .OrderBy(r => r.Name, StringComparer.Ordinal).ThenByDescending(r => r.Age).ThenBy(r => r.Group, StringComparer.Ordinal)
                .ThenBy(r => r.Visits).ThenBy(r => r.Last),
        ];
    }
}
