using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Xunit;

namespace Shouwang.Tests.Areas;

public sealed class AreaTests
{
    private static readonly DateOnly s_start = new(2020, 1, 1);
    private static readonly AreaCode s_village = new(990101100201);
    private static readonly AreaCode s_neighbour = new(990101100202);

    [Fact]
    public void An_area_lies_in_itself_and_holds_from_its_first_day_on()
    {
        var area = Area.Enter(s_village, " 甲村 ", s_start).Value;

        Assert.Equal((s_village, s_village, "甲村"), (area.Area, area.Code, area.Name));
        Assert.False(area.Period.Holds(s_start.AddDays(-1)));
        Assert.True(area.Period.Holds(s_start));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_area_needs_a_name(string name) => Assert.Equal("areas.bad-name", Area.Enter(s_village, name, s_start).Refusal?.Code);

    [Fact]
    public void A_name_beyond_the_longest_is_refused() =>
        Assert.Equal("areas.bad-name", Area.Enter(s_village, new string('村', Area.LongestName + 1), s_start).Refusal?.Code);

    [Fact]
    public void The_nation_is_given_and_cannot_be_entered() =>
        Assert.Equal("areas.nation-is-given", Area.Enter(AreaCode.Nation, "全国", s_start).Refusal?.Code);

    [Fact]
    public void A_rename_ends_one_entry_and_begins_the_next_on_the_same_day()
    {
        var before = Area.Enter(s_village, "甲村", s_start).Value;
        var day = new DateOnly(2024, 5, 1);

        var after = before.Rename("新甲村", day).Value;

        Assert.NotSame(before, after);
        Assert.Equal(("甲村", (DateOnly?)day), (before.Name, before.ValidTo));
        Assert.Equal((s_village, "新甲村", day, (DateOnly?)null), (after.Code, after.Name, after.ValidFrom, after.ValidTo));
        Assert.False(before.IsReplaced);
    }

    [Fact]
    public void A_rename_on_the_very_first_day_corrects_the_name()
    {
        var area = Area.Enter(s_village, "甲村", s_start).Value;

        Assert.Same(area, area.Rename("乙村", s_start).Value);
        Assert.Equal(("乙村", (DateOnly?)null), (area.Name, area.ValidTo));
    }

    [Fact]
    public void A_rename_before_the_first_day_is_refused_and_changes_nothing()
    {
        var area = Area.Enter(s_village, "甲村", s_start).Value;

        Assert.Equal("areas.before-start", area.Rename("乙村", s_start.AddDays(-1)).Refusal?.Code);
        Assert.Equal(("甲村", (DateOnly?)null), (area.Name, area.ValidTo));
    }

    [Fact]
    public void An_ended_entry_can_neither_be_renamed_nor_replaced()
    {
        var area = Area.Enter(s_village, "甲村", s_start).Value;
        area.Replace(new(2024, 1, 1), [s_neighbour]);

        Assert.Equal("areas.ended", area.Rename("乙村", new(2025, 1, 1)).Refusal?.Code);
        Assert.Equal("areas.ended", area.Replace(new(2025, 1, 1), [s_neighbour]).Refusal?.Code);
        Assert.Single(area.Successors);
    }

    [Fact]
    public void A_split_names_each_successor_once()
    {
        var area = Area.Enter(s_village, "甲村", s_start).Value;
        var (a, b) = (s_neighbour, new AreaCode(990101100203));

        area.Replace(new(2024, 1, 1), [a, b, a]);

        Assert.True(area.IsReplaced);
        Assert.Equal([a, b], area.Successors.Select(s => s.To));
        Assert.All(area.Successors, s => Assert.Equal((s_village, new DateOnly(2024, 1, 1)), (s.From, s.Day)));
    }

    [Fact]
    public void A_successor_is_another_area_of_the_same_level()
    {
        var area = Area.Enter(s_village, "甲村", s_start).Value;
        var day = new DateOnly(2024, 1, 1);

        Assert.Equal("areas.no-successor", area.Replace(day, []).Refusal?.Code);
        Assert.Equal("areas.own-successor", area.Replace(day, [s_village]).Refusal?.Code);
        Assert.Equal("areas.other-level", area.Replace(day, [s_village.Parent]).Refusal?.Code);
        Assert.Equal("areas.other-level", area.Replace(day, [AreaCode.Nation]).Refusal?.Code);
        Assert.Equal("areas.before-start", area.Replace(s_start, [s_neighbour]).Refusal?.Code);
        Assert.Null(area.ValidTo);
    }
}
