using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Domain.Care;

/// <summary>How often an elder of a risk class is owed a visit. 探访频次</summary>
/// <param name="EveryDays">Days from one visit to the next (rule visits.every-days).</param>
/// <param name="ContactDays">Days from one contact of any kind to the next, for those in danger (rule visits.red-contact-days).</param>
/// <param name="PhoneCounts">Whether a call by phone or video counts as a visit (rule visits.phone-counts).</param>
public readonly record struct VisitRhythm(int EveryDays, int? ContactDays, bool PhoneCounts)
{
    /// <summary>How many visits a calendar month must have at least (rule visits.min-per-month).</summary>
    public int PerMonth { get; init; }

    /// <summary>What an area's rules say; who is in danger is owed a visit at the door besides the daily contact.</summary>
    public static VisitRhythm Of(RiskClass risk, RulesInForce rules) => new(
        (int)rules.Table("visits.every-days").For(risk), risk == RiskClass.Red ? rules.Int("visits.red-contact-days") : null,
        risk != RiskClass.Red && rules.Bool("visits.phone-counts"))
    {
        PerMonth = rules.Int("visits.min-per-month"),
    };
}

/// <summary>When an elder was last met. 上次见面</summary>
/// <param name="AtDoor">The last visit at the door.</param>
/// <param name="AnyWay">The last visit of any kind.</param>
/// <param name="Since">From when visits are owed, for an elder not met yet.</param>
public readonly record struct LastSeen(DateOnly? AtDoor, DateOnly? AnyWay, DateOnly Since)
{
    /// <summary>How many visits counted in this month.</summary>
    public int ThisMonth { get; init; }

    /// <summary>Extra visits that are owed because of what happened, and nobody came since; the most pressing first.</summary>
    public IReadOnlyList<ExtraVisit> Extras { get; init; } = [];

    /// <summary>The same after one more visit.</summary>
    public LastSeen And(DateOnly day, VisitWay way, DateTimeOffset startedAt) => this with
    {
        AtDoor = way == VisitWay.Door && !(AtDoor > day) ? day : AtDoor, AnyWay = AnyWay > day ? AnyWay : day, ThisMonth = ThisMonth + 1,
        Extras = [.. Extras.Where(e => !e.IsSeenToBy(startedAt))],
    };
}

/// <summary>How a visit that is owed stands on a day. 应访状态</summary>
public enum DueState { Overdue = 1, Today = 2, Visited = 3, Later = 4, Away = 5 }

/// <summary>When an elder's next visit is due, and how that stands. 应访</summary>
/// <param name="CallSuffices">A call is enough: no visit at the door is owed yet.</param>
public readonly record struct VisitDue(DateOnly Day, DueState State, bool CallSuffices)
{
    /// <summary>Days past the due day.</summary>
    public int DaysLate(DateOnly today) => Math.Max(0, today.DayNumber - Day.DayNumber);

    /// <summary>Works out when the next visit is due.</summary>
    /// <param name="isAway">Whether the elder is not at home for the time being.</param>
    public static VisitDue Of(VisitRhythm rhythm, LastSeen last, DateOnly today, bool isAway)
    {
        var counted = rhythm.PhoneCounts ? last.AnyWay : last.AtDoor;
        var visit = (counted ?? last.Since).AddDays(rhythm.EveryDays);
        var contact = rhythm.ContactDays is { } days ? (last.AnyWay ?? last.Since).AddDays(days) : visit;
        var due = contact < visit ? contact : visit;
        if (last.Extras is [var extra, ..] && extra.By < due) due = extra.By;
        if (OfTheMonth(rhythm, last, today) is { } share && share < due) due = share;
        return new(due, isAway ? DueState.Away : StateOn(today, due, last.AnyWay == today), rhythm.PhoneCounts || visit > today);
    }

    /// <summary>By when the next of a month's visits is due, so that they are spread over it: the only one by its last day.</summary>
    private static DateOnly? OfTheMonth(VisitRhythm rhythm, LastSeen last, DateOnly today)
    {
        if (last.ThisMonth >= rhythm.PerMonth) return null;
        var (first, next) = (new DateOnly(today.Year, today.Month, 1), new DateOnly(today.Year, today.Month, 1).AddMonths(1));
        var from = last.Since > first ? last.Since : first;
        var days = next.DayNumber - from.DayNumber;
        return from.AddDays(Math.Max(1, days * (last.ThisMonth + 1) / rhythm.PerMonth) - 1);
    }

    private static DueState StateOn(DateOnly today, DateOnly due, bool wasVisited)
    {
        if (due < today) return DueState.Overdue;
        if (due == today) return DueState.Today;
        return wasVisited ? DueState.Visited : DueState.Later;
    }
}
