using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Xunit;

namespace Shouwang.Tests.Places;

public sealed class PlaceTests
{
    private static readonly DateOnly s_first = new(2026, 1, 1);

    [Theory]
    [InlineData(10, 4, 0, 0)]
    [InlineData(10, 3, 0, 1)]
    [InlineData(9, 3, 1, 0)]
    [InlineData(0, 0, 10, 0)]
    public void A_point_lacks_elders_below_ten_and_volunteers_below_a_third(int elders, int volunteers, int missingElders, int missingTeam)
    {
        var point = Point();
        for (var i = 0; i < elders; i++) _ = point.TakeIn(Someone(i), MemberPart.Elder, s_first).Value;
        for (var i = 0; i < volunteers; i++) _ = point.TakeIn(Someone(100 + i), MemberPart.Volunteer, s_first).Value;

        Assert.Equal(new(elders, volunteers, missingElders, missingTeam), point.ComplianceOn(s_first, 10, 3));
    }

    [Fact]
    public void A_point_has_one_leader_and_the_one_before_steps_back()
    {
        var point = Point();
        _ = point.TakeIn(Someone(1), MemberPart.Leader, s_first).Value;
        _ = point.TakeIn(Someone(2), MemberPart.Leader, s_first.AddDays(5)).Value;

        Assert.Equal([Someone(1)], point.On(s_first.AddDays(4), MemberPart.Leader));
        Assert.Equal([Someone(2)], point.On(s_first.AddDays(5), MemberPart.Leader));
        Assert.Equal("places.before-joining", point.TakeIn(Someone(3), MemberPart.Leader, s_first).Refusal?.Code);
    }

    [Fact]
    public void Nobody_joins_twice_leaves_before_they_came_or_leaves_what_they_never_joined()
    {
        var point = Point();
        _ = point.TakeIn(Someone(1), MemberPart.Elder, s_first).Value;

        Assert.Equal("places.member-already", point.TakeIn(Someone(1), MemberPart.Elder, s_first.AddDays(1)).Refusal?.Code);
        Assert.Equal("places.before-joining", point.LetGo(Someone(1), MemberPart.Elder, s_first.AddDays(-1)).Refusal?.Code);
        Assert.Equal("places.no-member", point.LetGo(Someone(2), MemberPart.Elder, s_first).Refusal?.Code);
    }

    [Fact]
    public void A_closed_place_has_no_members_and_takes_nobody_in()
    {
        var point = Point();
        _ = point.TakeIn(Someone(1), MemberPart.Elder, s_first).Value;
        _ = point.Close(s_first.AddDays(3)).Value;

        Assert.Single(point.On(s_first.AddDays(2), MemberPart.Elder));
        Assert.Empty(point.On(s_first.AddDays(3), MemberPart.Elder));
        Assert.Equal("places.closed", point.TakeIn(Someone(2), MemberPart.Elder, s_first.AddDays(4)).Refusal?.Code);
        Assert.Equal("places.closed", point.Close(s_first.AddDays(9)).Refusal?.Code);
    }

    [Fact]
    public void Memberships_of_one_person_in_one_part_never_overlap() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Enum<MemberPart>(), Gen.Int[0, 30]).Array[1, 30].Sample(steps =>
        {
            var point = Point();
            foreach (var (comes, who, part, day) in steps)
            {
                _ = comes ? point.TakeIn(Someone(who), part, s_first.AddDays(day)) : point.LetGo(Someone(who), part, s_first.AddDays(day));
            }

            for (var day = 0; day <= 31; day++)
            {
                var holding = point.Members.Where(m => m.Period.Holds(s_first.AddDays(day))).ToList();
                Assert.Equal(holding.Count, holding.Select(m => (m.Person, m.Part)).Distinct().Count());
                Assert.True(holding.Count(m => m.Part == MemberPart.Leader) <= 1);
            }
        });

    private static Place Point() => new(new(new Guid(9, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)), new(990101100201), PlaceKind.Point, "村东");

    private static Id<Person> Someone(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
}
