using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Care;

public sealed class VisitTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly Id<Person> s_elder = CallTests.Person(1), s_volunteer = CallTests.Person(99), s_cadre = CallTests.Person(50);
    private static readonly VisitReport s_well = new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
    private static readonly VisitLimits s_limits = new(720, ServiceItems.Visit | ServiceItems.Meals, 7);

    [Theory]
    [InlineData(10, -30, "care.in-the-future")]
    [InlineData(10, 30, "care.ends-before-start")]
    [InlineData(900, 0, "care.too-long")]
    [InlineData(0, 0, "care.too-short")]
    public void Times_that_cannot_be_are_refused(int startedMinutesAgo, int endedMinutesAgo, string code) =>
        Assert.Equal(code, Record(CallOf(startedMinutesAgo, endedMinutesAgo), s_well).Refusal?.Code);

    [Fact]
    public void A_service_that_is_not_offered_here_is_refused() =>
        Assert.Equal("care.not-offered", Record(CallOf(30, 0), s_well with { Items = ServiceItems.Farming }).Refusal?.Code);

    [Fact]
    public void A_visit_on_which_nothing_was_done_is_refused_unless_nobody_was_met()
    {
        Assert.Equal("care.nothing-done", Record(CallOf(30, 0), s_well with { Items = ServiceItems.None }).Refusal?.Code);
        var nobody = new VisitReport(VisitWay.Door, VisitOutcome.NobodyHome, ServiceItems.Visit, Condition.Well);
        Assert.Equal(ServiceItems.None, Assert.Single(Record(CallOf(0, 0), nobody).Value).Items);
        Assert.Equal(VisitOutcome.NobodyHome, Assert.Single(Record(CallOf(0, 0), nobody).Value).Outcome);
    }

    [Fact]
    public void Nobody_visits_themselves_or_the_same_elder_twice_at_once()
    {
        Assert.Equal("care.own-elder", Record(CallOf(30, 0) with { Elders = [s_volunteer] }, s_well).Refusal?.Code);
        Assert.Equal("care.same-elder-twice", Record(CallOf(30, 0) with { Elders = [s_elder, s_elder] }, s_well).Refusal?.Code);
    }

    [Fact]
    public void A_corrected_visit_gives_way_once_and_is_not_verified_any_more()
    {
        var visit = Record(CallOf(30, 0), s_well).Value[0];
        Assert.Equal(VisitState.Corrected, visit.GiveWay(new(Guid.Empty), s_limits, s_now.AddDays(7), byVerifier: false).Value.State);

        Assert.Equal("care.already-corrected", visit.GiveWay(new(Guid.Empty), s_limits, s_now, byVerifier: true).Refusal?.Code);
        Assert.Equal("care.already-corrected", visit.Verify(s_cadre, VerificationWay.Elder, null, s_now).Refusal?.Code);
        Assert.Empty(visit.TakeEvents());
    }

    [Fact]
    public void A_correction_comes_too_late_or_after_the_confirmation_unless_by_somebody_who_may_confirm()
    {
        var visit = Record(CallOf(30, 0), s_well).Value[0];
        var late = visit.GiveWay(new(Guid.Empty), s_limits, s_now.AddDays(8), byVerifier: true);
        Assert.Equal("care.too-late-to-correct", late.Refusal?.Code);

        _ = visit.Verify(s_cadre, VerificationWay.Elder, "李大娘", s_now).Value;
        Assert.Equal("care.verified-stands", visit.GiveWay(new(Guid.Empty), s_limits, s_now, byVerifier: false).Refusal?.Code);
        Assert.Equal(VisitState.Corrected, visit.GiveWay(new(Guid.Empty), s_limits, s_now, byVerifier: true).Value.State);
    }

    [Fact]
    public void A_confirmation_says_who_how_and_on_whose_word()
    {
        var visit = Record(CallOf(30, 0), s_well).Value[0];
        Assert.Equal("care.own-visit", visit.Verify(s_volunteer, VerificationWay.Elder, null, s_now).Refusal?.Code);

        _ = visit.Verify(s_cadre, VerificationWay.Elder, "李大娘", s_now).Value;
        Assert.Equal((s_cadre, VerificationWay.Elder, "李大娘"), (visit.VerifiedBy, visit.VerifiedHow, visit.Witness));
        Assert.Single(visit.TakeEvents());
    }

    [Fact]
    public void Whoever_wrote_a_visit_down_is_no_second_person_but_types_in_what_was_signed_or_said()
    {
        Assert.Equal("care.own-record", Written().Verify(s_cadre, VerificationWay.SecondPerson, null, s_now).Refusal?.Code);
        Assert.Null(Written().Verify(CallTests.Person(51), VerificationWay.SecondPerson, null, s_now).Refusal);
        Assert.Null(Written().Verify(s_cadre, VerificationWay.SecondPerson, "钱大妈", s_now).Refusal);
        Assert.Null(Written().Verify(s_cadre, VerificationWay.PaperList, null, s_now).Refusal);

        static Visit Written() => Record(CallOf(30, 0), s_well, s_cadre).Value[0];
    }

    private static Call CallOf(int startedMinutesAgo, int endedMinutesAgo) =>
        new(s_volunteer, [s_elder], s_now.AddMinutes(-startedMinutesAgo), s_now.AddMinutes(-endedMinutesAgo));

    private static Result<List<Visit>> Record(Call call, VisitReport report, Id<Person>? by = null) => Visit.Record(
        new(new(Guid.Empty), by ?? call.Volunteer, s_now, _ => new(Guid.Empty)), call, report,
        call.Elders.Distinct().ToDictionary(e => e, _ => new Seat(new(990101100201), null)), s_limits);
}
