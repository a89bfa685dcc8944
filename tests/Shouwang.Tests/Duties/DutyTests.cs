using CsCheck;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Duties;

public sealed class DutyTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_duty_climbs_only_when_its_time_has_passed()
    {
        var duty = Open();

        Assert.Equal("duties.not-yet-due", duty.Climb(Turn(DutyRung.Point, 2), s_now.AddHours(23)).Refusal?.Code);
        var climbed = duty.Climb(Turn(DutyRung.Point, 2), s_now.AddHours(24)).Value;

        Assert.Equal((DutyRung.Point, Person(2)), (climbed.Rung, climbed.Holder));
        Assert.Equal([DutyEvent.Opened, DutyEvent.Climbed], climbed.Steps.Select(s => s.What));
    }

    [Fact]
    public void A_duty_never_climbs_down() =>
        Assert.Throws<ArgumentException>(() => Open().Climb(Turn(DutyRung.Pair, 2), s_now.AddDays(9)));

    [Fact]
    public void A_hand_over_keeps_the_rung_and_the_deadline_and_says_who_did_it()
    {
        var duty = Open();
        Assert.Equal("duties.same-holder", duty.HandOver(Person(1), Person(1), s_now).Refusal?.Code);

        _ = duty.HandOver(Person(2), Person(1), s_now).Value;

        Assert.Equal((Person(2), DutyRung.Pair, s_now.AddDays(1)), (duty.Holder, duty.Rung, duty.DueAt));
        Assert.Equal((DutyEvent.HandedOver, Person(2), Person(1)), (duty.Steps[1].What, duty.Steps[1].Holder, duty.Steps[1].By!.Value));
        Assert.False(duty.IsHeldBy(Person(1)));
    }

    [Fact]
    public void A_stand_in_acts_and_the_holder_keeps_it_too()
    {
        var duty = Open().LetStandIn(Person(3), Person(1), s_now).Value;

        Assert.True(duty.IsHeldBy(Person(1)) && duty.IsHeldBy(Person(3)));
        Assert.Equal("duties.same-holder", duty.LetStandIn(Person(1), Person(1), s_now).Refusal?.Code);
    }

    [Theory]
    [InlineData(DutyKind.OverdueVisit, null)]
    [InlineData(DutyKind.Incident, "duties.ends-with-record")]
    [InlineData(DutyKind.HoursDispute, "duties.ends-with-record")]
    public void Only_an_overdue_visit_is_said_to_be_done_the_rest_ends_with_what_it_is_about(DutyKind kind, string? code)
    {
        var duty = Open(kind);

        Assert.Equal(code, duty.FinishByHand(Person(1), s_now).Refusal?.Code);
        Assert.Equal(code is null ? DutyState.Done : DutyState.Open, duty.State);
        if (code is not null) Assert.Equal(DutyState.Done, duty.Finish(Person(1), s_now).Value.State);
    }

    [Fact]
    public void Whatever_happens_every_change_is_a_step_and_after_the_end_nothing_changes() =>
        Gen.Int[0, 4].Array[1, 20].Sample(moves =>
        {
            var (duty, now, changes, ended) = (Open(), s_now, 1, false);
            foreach (var move in moves)
            {
                now = now.AddHours(13);
                var refusal = Move(duty, move, now);
                if (ended) Assert.Equal("duties.ended", refusal?.Code);
                if (refusal is null) changes++;
                ended |= refusal is null && move >= 3;
            }

            Assert.Equal(changes, duty.Steps.Count);
            Assert.Equal(Enumerable.Range(1, changes), duty.Steps.Select(s => s.Line));
            Assert.Equal(ended, duty.State != DutyState.Open);
        });

    private static Refusal? Move(Duty duty, int move, DateTimeOffset now) => move switch
    {
        0 => duty.Rung == DutyRung.Township && duty.State == DutyState.Open ? DutyRefusals.NotYetDue
            : duty.Climb(new((DutyRung)Math.Min((int)duty.Rung + 1, 6), Person(4), now.AddDays(1)), now).Refusal,
        1 => duty.HandOver(Person(5), Person(1), now).Refusal,
        2 => duty.LetStandIn(Person(6), Person(1), now).Refusal,
        3 => duty.Finish(Person(1), now).Refusal,
        _ => duty.Drop(Person(1), now).Refusal,
    };

    private static Duty Open(DutyKind kind = DutyKind.OverdueVisit) => Duty.Open(
        new(Guid.Empty), new(990101100201), new(kind, Person(9)), new(DutyRung.Pair, Person(1), s_now.AddDays(1)), s_now);

    private static DutyTurn Turn(DutyRung rung, int holder) => new(rung, Person(holder), s_now.AddDays(3));

    private static Id<Person> Person(int n) => new(new Guid(n, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]));
}
