using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>An elder with who looks after them and when the next visit is due. 老人应访情况</summary>
internal sealed record ElderDue(
    Person Elder, Risk Risk, Id<Person>? Volunteer, LastSeen Last, VisitRhythm Rhythm, VisitDue Due)
{
    /// <summary>To which point they belong.</summary>
    public Id<Place>? Point { get; init; }

    /// <summary>Who goes when the volunteer cannot.</summary>
    public Id<Person>? Understudy { get; init; }

    public Rungs Rungs => new(Elder.Id, Elder.Area) { Volunteer = Volunteer, Understudy = Understudy, Point = Point };
}

/// <summary>Works out whose visit is due, from what is known and the rules in force. 应访簿</summary>
internal static class DueBook
{
    /// <param name="elders">Whom to look at; those who moved away or died are left out.</param>
    public static async Task<List<ElderDue>> Of(
        ShouwangDb db, IQueryable<Person> elders, Rulebook rulebook, DateOnly today, CancellationToken ct)
    {
        var people = await elders.Where(p => (p.Roles & PersonRoles.Elder) != 0).AsNoTracking().ToListAsync(ct);

        // By their ids from here on: asked by who they are, a server went over every visit of the county.
        var ids = people.Select(p => p.Id).ToArray();
        var pairs = (await db.Pairs.AsNoTracking().Where(p => p.State == PairState.Active && ids.Contains(p.Elder)).ToListAsync(ct))
            .ToLookup(p => p.Elder);
        var points = await PointBook.On(db, ids, today, ct);
        var seen = await SeenUnderEveryEntry(db, ids, new(today.Year, today.Month, 1), ct);

        var rules = people.Select(p => p.Area).Distinct().ToDictionary(a => a, a => rulebook.At(a, today));
        var extras = await ExtraVisits.Of(db, people, rules, ct);
        return
        [
            .. people.Where(p => LivesHere(p, today)).Select(p =>
            {
                var (pair, met) = (pairs[p.Id].FirstOrDefault(), seen.GetValueOrDefault(p.Id));
                var since = OwedSince(p, pair, today);
                var last = new LastSeen(met.Door, met.Any, since)
                {
                    Extras = extras.OwedTo(p, met.At ?? DateTimeOffset.MinValue, since),
                    ThisMonth = rules[p.Area].Bool("visits.phone-counts") ? met.Month : met.MonthAtDoor,
                };
                return One(p, pair, last, rules[p.Area], extras.HadAlarm(p)) with
                {
                    Point = points.TryGetValue(p.Id, out var point) ? point : null,
                };
            }),
        ];
    }

    /// <summary>Those of them who did not take their consent to visits back: nobody else is arranged for or chased.</summary>
    public static IQueryable<Person> Willing(ShouwangDb db, IQueryable<Person> elders)
    {
        var unwilling = ConsentBook.WhoTookBack(db, ConsentPurpose.Visits);
        return elders.Where(p => !unwilling.Contains(p.Id));
    }

    /// <summary>The day each elder was last met, whichever way; those who never were are left out.</summary>
    public static async Task<Dictionary<Id<Person>, DateOnly?>> LastMet(
        ShouwangDb db, Id<Person>[] elders, DateOnly today, CancellationToken ct) =>
        (await SeenUnderEveryEntry(db, elders, today, ct)).ToDictionary(m => m.Key, m => m.Value.Any);

    /// <summary>When an elder was last met, and how often in this month.</summary>
    private readonly record struct Met(DateOnly? Door, DateOnly? Any, DateTimeOffset? At, int Month, int MonthAtDoor)
    {
        public Met And(Met other) => new(
            Later(Door, other.Door), Later(Any, other.Any), Later(At, other.At), Month + other.Month, MonthAtDoor + other.MonthAtDoor);

        private static T? Later<T>(T? one, T? other) where T : struct, IComparable<T> =>
            one is not { } a || (other is { } b && b.CompareTo(a) > 0) ? other : one;
    }

    /// <summary>When each elder was last met, under this entry or one that was merged into it.</summary>
    private static async Task<Dictionary<Id<Person>, Met>> SeenUnderEveryEntry(
        ShouwangDb db, Id<Person>[] elders, DateOnly month, CancellationToken ct)
    {
        var entries = await db.People.Where(p => p.MergedInto != null && elders.Contains(p.MergedInto.Value))
            .Select(p => new { p.Id, KeptAs = p.MergedInto!.Value }).ToDictionaryAsync(p => p.Id, p => p.KeptAs, ct);
        Id<Person>[] every = [.. elders, .. entries.Keys];
        var seen = await db.Visits.AsNoTracking()
            .Where(v => v.Outcome == VisitOutcome.Done && every.Contains(v.Elder)).GroupBy(v => v.Elder)
            .Select(g => new
            {
                g.Key, Any = g.Max(v => (DateOnly?)v.Day), Door = g.Max(v => v.Way == VisitWay.Door ? (DateOnly?)v.Day : null),
                At = g.Max(v => (DateTimeOffset?)v.StartedAt), Month = g.Count(v => v.Day >= month),
                MonthAtDoor = g.Count(v => v.Day >= month && v.Way == VisitWay.Door),
            }).ToListAsync(ct);
        return seen.GroupBy(s => entries.GetValueOrDefault(s.Key, s.Key)).ToDictionary(
            g => g.Key,
            g => g.Select(s => new Met(s.Door, s.Any, s.At, s.Month, s.MonthAtDoor)).Aggregate((one, other) => one.And(other)));
    }

    private static ElderDue One(Person elder, Pair? pair, LastSeen last, RulesInForce rules, bool hadAlarm)
    {
        var risk = elder.RiskOn(rules.Day, RiskRules.Of(rules), hadAlarm)!;
        var rhythm = VisitRhythm.Of(risk.Class, rules);
        var due = VisitDue.Of(rhythm, last, rules.Day, IsAway(elder, rules.Day));
        return new(elder, risk, pair?.Volunteer, last, rhythm, due) { Understudy = pair?.Understudy };
    }

    /// <summary>From the day somebody was paired with the elder, or the village learned of them; whichever came first.</summary>
    private static DateOnly OwedSince(Person elder, Pair? pair, DateOnly today)
    {
        var known = elder.Facts.Count > 0 ? Days.Of(elder.Facts.Min(f => f.LearnedAt)) : today;
        return pair?.From is { } from && from < known ? from : known;
    }

    private static bool LivesHere(Person elder, DateOnly day) =>
        !elder.HasDepartedOn(day) && elder.FactOn<Absence>(FactKind.Absence, day) is not (Absence.Moved or Absence.Dead);

    private static bool IsAway(Person elder, DateOnly day) =>
        elder.FactOn<Absence>(FactKind.Absence, day) is not (null or Absence.Home);
}
