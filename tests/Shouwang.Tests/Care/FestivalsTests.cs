using Shouwang.Application.Care;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Xunit;

namespace Shouwang.Tests.Care;

public sealed class FestivalsTests
{
    private static readonly AreaCode s_village = new(990101100201);

    [Theory]
    [InlineData("spring-festival", 2026, 2, 17)]
    [InlineData("spring-festival", 2027, 2, 6)]
    [InlineData("lantern-festival", 2026, 3, 3)]
    [InlineData("dragon-boat-festival", 2026, 6, 19)]
    [InlineData("dragon-boat-festival", 2025, 5, 31)]
    [InlineData("mid-autumn-festival", 2025, 10, 6)]
    [InlineData("double-ninth-festival", 2026, 10, 18)]
    [InlineData("new-year", 2027, 1, 1)]
    [InlineData("national-day", 2026, 10, 1)]
    public void Festivals_of_the_lunar_calendar_fall_on_the_days_of_the_almanac(string name, int year, int month, int day)
    {
        var rules = RuleFiles.Shipped.At(s_village, new(year, month, day));

        Assert.Contains((name, new DateOnly(year, month, day)), Festivals.In(rules, [year]));
    }

    [Theory]
    [InlineData(13, 0)]
    [InlineData(14, 1)]
    [InlineData(17, 1)]
    [InlineData(24, 1)]
    [InlineData(25, 0)]
    public void A_festival_asks_for_visits_from_three_days_before_it_to_a_week_after(int day, int asks)
    {
        var rules = RuleFiles.Shipped.At(s_village, new(2026, 2, day));

        var extras = Festivals.Around(rules).ToList();

        Assert.Equal(asks, extras.Count);
        Assert.All(extras, e => Assert.Equal((new DateOnly(2026, 2, 17), Days.Start(new(2026, 2, 14))), (e.By, e.Since)));
    }
}
