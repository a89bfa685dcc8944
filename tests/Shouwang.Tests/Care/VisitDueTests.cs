using CsCheck;
using Shouwang.Application.Rules;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Care;

public sealed class VisitDueTests
{
    private static readonly DateOnly s_today = new(2026, 3, 16);
    private static readonly VisitRhythm s_weekly = new(7, null, PhoneCounts: true);
    private static readonly VisitRhythm s_red = new(7, 1, PhoneCounts: false);

    [Theory]
    [InlineData(0, DueState.Visited)]
    [InlineData(6, DueState.Later)]
    [InlineData(7, DueState.Today)]
    [InlineData(8, DueState.Overdue)]
    public void A_weekly_visit_is_due_seven_days_after_the_last(int daysAgo, DueState expected) =>
        Assert.Equal(expected, Due(s_weekly, daysAgo, daysAgo).State);

    [Fact]
    public void A_call_counts_as_a_visit_only_where_the_rules_say_so()
    {
        Assert.Equal(DueState.Later, Due(s_weekly, 20, 2).State);
        Assert.Equal((DueState.Overdue, 13), (Due(s_weekly with { PhoneCounts = false }, 20, 2).State,
            Due(s_weekly with { PhoneCounts = false }, 20, 2).DaysLate(s_today)));
    }

    [Theory]
    [InlineData(3, 1, DueState.Today, true)]
    [InlineData(3, 2, DueState.Overdue, true)]
    [InlineData(3, 0, DueState.Visited, true)]
    [InlineData(7, 0, DueState.Today, false)]
    [InlineData(9, 0, DueState.Overdue, false)]
    public void Who_is_in_danger_is_owed_a_contact_a_day_and_a_visit_at_the_door_a_week(
        int doorAgo, int anyAgo, DueState expected, bool callSuffices)
    {
        var due = Due(s_red, doorAgo, anyAgo);
        Assert.Equal((expected, callSuffices), (due.State, due.CallSuffices));
    }

    [Fact]
    public void Who_was_never_met_is_owed_a_visit_within_one_interval_and_who_is_away_none()
    {
        Assert.Equal(DueState.Later, VisitDue.Of(s_weekly, new(null, null, s_today.AddDays(-6)), s_today, false).State);
        Assert.Equal(DueState.Overdue, VisitDue.Of(s_weekly, new(null, null, s_today.AddDays(-8)), s_today, false).State);
        Assert.Equal(DueState.Away, VisitDue.Of(s_weekly, new(null, null, s_today.AddDays(-8)), s_today, true).State);
    }

    [Fact]
    public void An_extra_visit_is_due_before_the_next_one_until_somebody_comes()
    {
        var last = new LastSeen(s_today.AddDays(-2), s_today.AddDays(-2), s_today.AddDays(-90)) 
        {
            Extras = [new(VisitTrigger.Festival, Days.Start(s_today.AddDays(-1)), s_today)],
        };

        Assert.Equal((s_today, DueState.Today), State(VisitDue.Of(s_weekly, last, s_today, false)));
        Assert.Equal(DueState.Overdue, VisitDue.Of(s_weekly, last, s_today.AddDays(1), false).State);
        var visited = VisitDue.Of(s_weekly, last.And(s_today, VisitWay.Door, Days.Start(s_today)), s_today, false);
        Assert.Equal((s_today.AddDays(7), DueState.Visited), State(visited));

        static (DateOnly, DueState) State(VisitDue due) => (due.Day, due.State);
    }

    [Fact]
    public void A_visit_at_the_door_never_makes_anything_more_pressing() =>
        Gen.Select(Gen.Int[1, 31], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 60], Gen.Int[0, 60]).Sample((every, contact, phone, door, any) =>
        {
            var rhythm = new VisitRhythm(every, contact == 0 ? null : contact, phone);
            var last = new LastSeen(s_today.AddDays(-Math.Max(door, any)), s_today.AddDays(-any), s_today.AddDays(-90));
            var before = VisitDue.Of(rhythm, last, s_today, false);
            var after = VisitDue.Of(rhythm, last.And(s_today, VisitWay.Door, Days.Start(s_today)), s_today, false);
            Assert.True(after.Day >= before.Day && after.State is not DueState.Overdue and not DueState.Today);
        });

    [Theory]
    [InlineData(1, 0, 31)]
    [InlineData(2, 0, 15)]
    [InlineData(2, 1, 31)]
    [InlineData(4, 0, 7)]
    [InlineData(4, 2, 23)]
    public void The_visits_a_month_must_have_are_spread_over_it(int perMonth, int had, int dueDay)
    {
        var last = new LastSeen(null, s_today.AddDays(-1), s_today.AddDays(-90)) { ThisMonth = had };

        var due = VisitDue.Of(new(90, null, PhoneCounts: true) { PerMonth = perMonth }, last, s_today, false);

        Assert.Equal(new(2026, 3, dueDay), due.Day);
    }

    [Fact]
    public void A_month_that_has_its_visits_asks_for_no_more_and_a_newcomer_is_not_late_at_once()
    {
        var (monthly, today) = (new VisitRhythm(90, null, PhoneCounts: true) { PerMonth = 2 }, s_today);
        var met = new LastSeen(null, today, today.AddDays(-90)) { ThisMonth = 2 };

        Assert.Equal(today.AddDays(90), VisitDue.Of(monthly, met, today, false).Day);
        Assert.Equal(new(2026, 3, 23), VisitDue.Of(monthly, new(null, null, today), today, false).Day);
    }

    [Fact]
    public void The_shipped_rules_have_a_rhythm_for_every_risk_class()
    {
        var rules = RuleFiles.Shipped.At(new(990101100201), s_today);
        Assert.Equal([7, 7, 14, 30], Enum.GetValues<RiskClass>().Select(r => VisitRhythm.Of(r, rules).EveryDays));
        Assert.Equal([1, null, null, null], Enum.GetValues<RiskClass>().Select(r => VisitRhythm.Of(r, rules).ContactDays));
    }

    private static VisitDue Due(VisitRhythm rhythm, int doorAgo, int anyAgo) =>
        VisitDue.Of(rhythm, new(s_today.AddDays(-doorAgo), s_today.AddDays(-anyAgo), s_today.AddDays(-90)), s_today, isAway: false);
}
