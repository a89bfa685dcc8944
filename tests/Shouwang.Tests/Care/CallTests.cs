using CsCheck;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Care;

public sealed class CallTests
{
    private static readonly Id<Person> s_volunteer = Person(99);
    private static readonly DateTimeOffset s_march = new(2026, 3, 31, 0, 0, 0, TimeSpan.FromHours(8));

    private static readonly Gen<Call> s_call =
        Gen.Select(Gen.Int[0, 3 * 24 * 3600], Gen.Int[0, 2 * 24 * 3600], Gen.Int[1, 5]).Select((start, length, elders) =>
            new Call(s_volunteer, [.. Enumerable.Range(1, elders).Select(Person)], s_march.AddSeconds(start),
                s_march.AddSeconds(start + length)));

    [Fact]
    public void The_minutes_of_the_parts_are_those_of_the_call() =>
        s_call.Sample(call => Assert.Equal(call.Minutes, call.Parts().Sum(p => p.Minutes)));

    [Fact]
    public void Every_part_lies_within_its_day_in_shanghai_and_every_elder_has_one() => s_call.Sample(call =>
    {
        var parts = call.Parts();
        Assert.All(parts, p => Assert.True(Days.Start(p.Day) <= p.StartedAt && p.EndedAt <= Days.Start(p.Day.AddDays(1))));
        Assert.Equal(call.Elders, parts.Where(p => p.IsFirst).Select(p => p.Elder));
        Assert.Equal(parts.Count, parts.Select(p => (p.Elder, p.Day)).Distinct().Count());
    });

    [Fact]
    public void Elders_share_the_time_evenly() => s_call.Sample(call =>
    {
        foreach (var day in call.Parts().Where(p => p.IsFirst).GroupBy(p => p.Day))
            Assert.True(day.Max(p => p.Minutes) - day.Min(p => p.Minutes) <= 1);
    });

    [Fact]
    public void Two_calls_overlap_when_some_second_belongs_to_both() => Gen.Select(s_call, s_call).Sample((a, b) =>
    {
        var longer = TimeSpan.FromSeconds(1);
        var shared = Math.Min(a.EndedAt.UtcTicks, b.EndedAt.UtcTicks) - Math.Max(a.StartedAt.UtcTicks, b.StartedAt.UtcTicks);
        if (a.EndedAt - a.StartedAt < longer || b.EndedAt - b.StartedAt < longer) return;
        Assert.Equal(shared > 0, a.Overlaps(b.StartedAt, b.EndedAt));
        Assert.Equal(a.Overlaps(b.StartedAt, b.EndedAt), b.Overlaps(a.StartedAt, a.EndedAt));
    });

    [Fact]
    public void A_call_across_midnight_at_the_end_of_a_month_belongs_to_both_months()
    {
        var (start, end) = (Days.At(new(2026, 3, 31), new(23, 45)), Days.At(new(2026, 4, 1), new(0, 20)));
        var call = new Call(s_volunteer, [Person(1), Person(2)], start, end);

        Assert.Equal(
            [(new DateOnly(2026, 3, 31), 7, true), (new(2026, 3, 31), 8, true), (new(2026, 4, 1), 10, false), (new(2026, 4, 1), 10, false)],
            call.Parts().Select(p => (p.Day, p.Minutes, p.IsFirst)));
    }

    [Fact]
    public void One_call_may_begin_when_another_ends()
    {
        var call = new Call(s_volunteer, [Person(1)], s_march, s_march.AddMinutes(30));

        Assert.False(call.Overlaps(s_march.AddMinutes(30), s_march.AddMinutes(40)));
        Assert.True(call.Overlaps(s_march.AddMinutes(29), s_march.AddMinutes(40)));
    }

    internal static Id<Person> Person(int n) => new(new Guid(n, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]));
}
