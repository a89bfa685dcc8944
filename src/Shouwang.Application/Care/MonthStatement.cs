using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Care;

/// <summary>What happened at a mutual-aid point in a month: who was visited, by whom, and what it earned. 月报</summary>
/// <remarks>Holds no ids, so that the same month on another database reads the same.</remarks>
public sealed class MonthStatement(Workspace work)
{
    /// <param name="Month">Any day of the month.</param>
    public sealed record Query(Id<Place> Point, DateOnly Month);

    /// <param name="Visits">Visits that took place.</param>
    /// <param name="CreditedMinutes">Minutes that entered the accounts for verified visits of this month.</param>
    public sealed record VolunteerRow(string Name, int Elders, int Visits, int Minutes, int CreditedMinutes);

    public sealed record ElderRow(string Name, int Age, string Group, int Visits, DateOnly? Last);

    public sealed record Count(string Kind, int Visits);

    /// <param name="VisitedElders">Elders of the point with at least one visit that took place.</param>
    /// <param name="ToVerify">Visits nobody has confirmed yet.</param>
    public sealed record View(
        string Point, AreaCode Area, string Month, int Elders, int VisitedElders, int Visits, int Verified, int ToVerify, int Minutes,
        int CreditedMinutes, int UncreditedMinutes, IReadOnlyList<Count> Ways, IReadOnlyList<Count> Outcomes,
        IReadOnlyList<VolunteerRow> Volunteers, IReadOnlyList<ElderRow> ElderRows);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewStatements, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, query, ct));
    }

    private static async Task<Result<View>> Show(ShouwangDb db, Query query, CancellationToken ct)
    {
        var point = await db.Places.SingleOrDefaultAsync(p => p.Id == query.Point && p.Kind == PlaceKind.Point, ct);
        if (point is null) return PlaceRefusals.NotFound;

        var first = new DateOnly(query.Month.Year, query.Month.Month, 1);
        var last = first.AddMonths(1).AddDays(-1);
        var visits = await db.Visits.Where(v => v.Point == query.Point && v.Day >= first && v.Day <= last).ToListAsync(ct);
        var ids = visits.Select(v => v.Id.Value).ToArray();
        var credits = await db.Credits.Where(c => ids.Contains(c.Visit)).ToListAsync(ct);
        var served = point.On(last, MemberPart.Elder).ToHashSet();
        var elders = await db.People.Where(p => served.Contains(p.Id)).ToListAsync(ct);
        var names = await KnownNames.Of(db, visits.Select(v => v.Volunteer), ct);
        return Sum(point, first, new(visits, credits, elders, names));
    }

    private sealed record Month(
        List<Visit> Visits, List<Domain.TimeBank.VisitCredit> Credits, List<Person> Elders, IReadOnlyDictionary<Id<Person>, string> Names);

    private static View Sum(Place point, DateOnly first, Month month)
    {
        var done = month.Visits.Where(v => v.Outcome == VisitOutcome.Done).ToList();
        var visited = done.Select(v => v.Elder).ToHashSet();
        return new(
            point.Name, point.Area, $"{first:yyyy-MM}", month.Elders.Count, month.Elders.Count(e => visited.Contains(e.Id)), done.Count,
            done.Count(v => v.State == VisitState.Verified), done.Count(v => v.State == VisitState.Recorded), done.Sum(v => v.Minutes),
            month.Credits.Sum(c => c.Credited), month.Credits.Sum(c => c.Weighted - c.Credited),
            [.. Enum.GetValues<VisitWay>().Select(w => new Count(w.ToString(), done.Count(v => v.Way == w)))],
            [.. Enum.GetValues<VisitOutcome>().Select(o => new Count(o.ToString(), month.Visits.Count(v => v.Outcome == o)))],
            VolunteerRows(done, month),
            [.. month.Elders.Select(e => ElderRowOf(e, first, done)).OrderBy(r => r.Name, StringComparer.Ordinal)
                .ThenByDescending(r => r.Age)
                .ThenBy(r => r.Group, StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<VolunteerRow> VolunteerRows(List<Visit> done, Month month)
    {
        var credited = month.Credits.GroupBy(c => c.Volunteer).ToDictionary(g => g.Key, g => g.Sum(c => c.Credited));
        return
        [
            .. done.GroupBy(v => v.Volunteer)
                .Select(g => new VolunteerRow(
                    month.Names[g.Key], g.Select(v => v.Elder).Distinct().Count(), g.Count(), g.Sum(v => v.Minutes),
                        credited.GetValueOrDefault(g.Key)))
                .OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Visits).ThenBy(r => r.Minutes),
        ];
    }

    private static ElderRow ElderRowOf(Person elder, DateOnly first, List<Visit> done)
    {
        var own = done.Where(v => v.Elder == elder.Id).ToList();
        return new(elder.Name, elder.AgeOn(first.AddMonths(1).AddDays(-1)), elder.Group, own.Count,
            own.Count == 0 ? null : own.Max(v => v.Day));
    }
}
