using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Care;

public sealed class WeatherWarningTests
{
    private static readonly DateTimeOffset s_now = new(2026, 7, 6, 15, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly s_today = new(2026, 7, 6);
    private static readonly AreaCode s_county = new(990101000000);

    [Fact]
    public void A_warning_is_declared_for_days_in_order_that_are_not_over_and_not_too_many()
    {
        Assert.True(Declare(0, 2).IsOk(out var warning, out _));
        Assert.Equal((true, new AreaCode(990101999999)), (warning.Stands, warning.Last));
        Assert.Equal("care.warning-ends-before-start", Declare(2, 1).Refusal?.Code);
        Assert.Equal("care.warning-over", Declare(-3, -1).Refusal?.Code);
        Assert.True(Declare(0, 13).IsOk(out _, out _));
        Assert.Equal(("care.warning-too-long", 14), (Declare(0, 14).Refusal?.Code, Declare(0, 14).Refusal?.Facts["days"]));
    }

    [Fact]
    public void It_ends_once_and_its_end_is_taken_back_while_its_days_last()
    {
        var warning = Declare(0, 2).Value;
        Assert.Equal("care.warning-not-ended", warning.Resume(s_today).Refusal?.Code);
        _ = warning.End(new(Someone, s_now)).Value;
        Assert.Equal("care.warning-ended", warning.End(new(Someone, s_now)).Refusal?.Code);
        Assert.Equal("care.warning-over", warning.Resume(s_today.AddDays(3)).Refusal?.Code);

        _ = warning.Resume(s_today.AddDays(2)).Value;

        Assert.Equal((true, null, null), (warning.Stands, warning.EndedAt, warning.EndedBy));
    }

    [Theory]
    [InlineData(WeatherKind.Heat, 2, 5, true)]
    [InlineData(WeatherKind.Heat, 3, 5, false)]
    [InlineData(WeatherKind.Rainstorm, 0, 2, false)]
    public void Another_of_the_same_kind_on_one_of_its_days_repeats_it(WeatherKind kind, int from, int to, bool repeats) =>
        Assert.Equal(repeats, Declare(0, 2).Value.Repeats(new(kind, WarningLevel.Red, s_today.AddDays(from), s_today.AddDays(to))));

    [Fact]
    public void A_visit_since_it_was_declared_sees_to_a_warning_that_is_still_to_come()
    {
        var extra = ExtraVisit.For(Declare(2, 4).Value, within: 1);

        Assert.Equal((s_today.AddDays(2), s_today.AddDays(4), WeatherKind.Heat), (extra.By, extra.Until, extra.Weather));
        Assert.True(extra.IsSeenToBy(s_now.AddHours(1)));
        Assert.False(extra.IsSeenToBy(s_now.AddHours(-1)));
    }

    [Fact]
    public void Of_one_that_began_already_a_visit_is_due_within_a_day_of_its_being_declared()
    {
        var extra = ExtraVisit.For(Declare(-1, 4).Value, within: 1);

        Assert.Equal((s_today.AddDays(1), s_now), (extra.By, extra.Since));
    }

    private static Id<Person> Someone { get; } = new(Guid.CreateVersion7());

    private static Result<WeatherWarning> Declare(int from, int to) => WeatherWarning.Declare(
        new(Guid.CreateVersion7()), s_county, new(WeatherKind.Heat, WarningLevel.Red, s_today.AddDays(from), s_today.AddDays(to)),
        new(Someone, s_now), longest: 14);
}
