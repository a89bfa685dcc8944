using CsCheck;
using Shouwang.Application.People;
using Xunit;

namespace Shouwang.Tests.People;

public class RosterDatesTests
{
    [Theory]
    [InlineData("1945.3.2", "1945-03-02")]
    [InlineData("1945-3-2", "1945-03-02")]
    [InlineData("1945/03/02", "1945-03-02")]
    [InlineData("1945年3月2日", "1945-03-02")]
    [InlineData("1945年3月2号", "1945-03-02")]
    [InlineData("1945年3月", "1945-03-01")]
    [InlineData("1945.3", "1945-03-01")]
    [InlineData("19450302", "1945-03-02")]
    [InlineData("194503", "1945-03-01")]
    [InlineData("16438", "1945-01-01")]
    [InlineData("1945-03-020:00:00", "1945-03-02")]
    [InlineData("一九四五年三月二日", "1945-03-02")]
    [InlineData("一九四五年十二月三十一日", "1945-12-31")]
    [InlineData("农历1945年三月初二", "1945-04-13")]
    [InlineData("农历一九四五年3月2日", "1945-04-13")]
    [InlineData("1945年农历三月初二", "1945-04-13")]
    [InlineData("1945年三月初二", "1945-04-13")]
    [InlineData("阴历1949年闰七月初一", "1949-08-24")]
    [InlineData("1949年腊月三十", "1950-02-16")]
    [InlineData("一九六〇年正月十五", "1960-02-11")]
    public void A_birthday_is_read_as_cadres_write_it(string text, string day) =>
        Assert.Equal(day, RosterDates.Read(text).Value.Day.ToString("yyyy-MM-dd"));

    [Theory]
    [InlineData("属鸡", "roster.born-unreadable")]
    [InlineData("3月2日", "roster.born-unreadable")]
    [InlineData("1945", "roster.born-incomplete")]
    [InlineData("1945年", "roster.born-incomplete")]
    [InlineData("1945.2.30", "roster.born-impossible")]
    [InlineData("1945.13.1", "roster.born-impossible")]
    [InlineData("农历1945年闰三月初二", "roster.born-impossible")]
    [InlineData("农历1800年三月初二", "roster.born-impossible")]
    [InlineData("19451302", "roster.born-impossible")]
    public void A_birthday_that_cannot_be_is_refused_by_cause(string text, string code) =>
        Assert.Equal(code, RosterDates.Read(text).Refusal?.Code);

    [Fact]
    public void Numbers_are_serials_or_run_together_dates()
    {
        Assert.Equal(new(1945, 1, 1), RosterDates.Read(16438d).Value.Day);
        Assert.Equal(new(1945, 3, 2), RosterDates.Read(19450302d).Value.Day);
        Assert.Equal("roster.born-incomplete", RosterDates.Read(1945d).Refusal?.Code);
        Assert.Equal("roster.born-unreadable", RosterDates.Read(1945.3).Refusal?.Code);
    }

    [Fact]
    public void An_id_may_hold_the_lunar_birthday_unchanged()
    {
        var birth = RosterDates.Read("农历1945年三月初二").Value;

        Assert.True(birth.Agrees(new(1945, 4, 13)));
        Assert.True(birth.Agrees(new(1945, 3, 2)));
        Assert.False(birth.Agrees(new(1945, 3, 3)));
    }

    [Fact]
    public void Every_day_of_two_centuries_comes_back_from_its_lunar_name() =>
        Gen.Int[0, 50_000].Sample(n =>
        {
            var day = new DateOnly(1910, 1, 1).AddDays(n);

            var read = LunarDates.Read(LunarDates.Write(LunarDates.Of(day)));

            Assert.Equal((day, true), (LunarDates.ToGregorian(read!.Value.Date), read.Value.IsLunar));
        });
}
