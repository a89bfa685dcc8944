using CsCheck;
using Shouwang.Application.Pairing;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Pairing;

/// <summary>What a cadre is told of a proposed pair is true of the people, not of the weights.</summary>
public sealed class BoardReasonsTests
{
    private static readonly AreaCode s_village = new(990101100201);
    private static readonly RulesInForce s_rules = RuleFiles.Shipped.At(s_village, new(2026, 3, 1));
    private static readonly HashSet<(Id<Person>, Id<Person>)> s_none = [];

    private readonly List<BoardSeat> _elders = [];
    private readonly List<BoardSeat> _helpers = [];
    private BoardBonds _bonds = new(s_none, s_none, s_none, s_none);

    [Fact]
    public void Whoever_is_nearer_and_full_is_named_with_how_many_and_what_it_would_cost_whom()
    {
        var (zhang, wang) = (Helper(0, 1), Helper(500, 3));
        var (li, zhao) = (Elder(0), Elder(100));

        var why = Why(zhao);

        Assert.Equal(("better-is-full", 400L, zhang.Person, 300L, 1), (why.Reason, why.Way, why.Better, why.Nearer, why.BetterHas));
        Assert.Equal((li.Person, 500L, PairBonds.None), (why.Displaced, why.Farther, why.Lost));
        Assert.Equal(("best", 0L, null), (Why(li).Reason, Why(li).Way, Why(li).Better));
        Assert.NotEqual(wang.Person, why.Better);
    }

    [Fact]
    public void Where_nobody_would_be_left_for_the_other_elder_no_metres_are_made_up()
    {
        Helper(0, 1);
        var (far, li) = (Helper(4000, 1), Elder(0));
        var zhao = Elder(300);
        _bonds = _bonds with { Refused = new HashSet<(Id<Person>, Id<Person>)> { (li.Person, far.Person) } };

        var why = Why(zhao);

        Assert.Equal((li.Person, null), (why.Displaced, why.Farther));
    }

    [Fact]
    public void A_relative_who_lives_farther_is_better_for_being_a_relative_and_not_called_nearer()
    {
        var (niece, near) = (Helper(250, 1), Helper(100, 1));
        var (first, second) = (Elder(250), Elder(0));
        _bonds = _bonds with
        {
            Kin = new HashSet<(Id<Person>, Id<Person>)> { (first.Person, niece.Person), (second.Person, niece.Person) },
        };

        var (has, waits) = (Why(first), Why(second));

        Assert.Equal(("best", PairBonds.Kin), (has.Reason, has.Bonds));
        Assert.Equal(("better-is-full", niece.Person, PairBonds.Kin, 0L), (waits.Reason, waits.Better, waits.BetterBonds, waits.Nearer));
        Assert.Equal(PairBonds.Kin, waits.Lost);
        Assert.Equal(100L, waits.Way);
        Assert.NotEqual(near.Person, waits.Better);
    }

    [Fact]
    public void What_the_other_helper_is_too_does_not_speak_for_the_better_one()
    {
        var (near, far) = (Helper(0, 1), Helper(200, 1));
        var (first, second) = (Elder(0), Elder(0));
        _bonds = _bonds with
        {
            Kin = new HashSet<(Id<Person>, Id<Person>)>
            {
                (first.Person, near.Person), (second.Person, near.Person), (second.Person, far.Person),
            },
        };

        var why = Why(second);

        Assert.Equal(("better-is-full", near.Person, 200L, PairBonds.Kin), (why.Reason, why.Better, why.Nearer, why.Bonds));
        Assert.Equal((PairBonds.None, PairBonds.Kin), (why.BetterBonds, why.Lost));
    }

    [Fact]
    public void A_wish_a_neighbour_and_the_one_who_comes_today_are_named()
    {
        var (helper, elder) = (Helper(0, 3) with { Sex = Sex.Female }, Elder(0) with { Wish = new(HelperWish.Woman, Skills.None) });
        (_helpers[0], _elders[0]) = (helper, elder);
        var two = new HashSet<(Id<Person>, Id<Person>)> { (elder.Person, helper.Person) };
        _bonds = _bonds with { Neighbours = two, Present = two };

        Assert.Equal(PairBonds.Wished | PairBonds.Neighbour | PairBonds.Present, Why(elder).Bonds);
    }

    [Fact]
    public void Without_coordinates_the_same_group_is_said_and_no_metres()
    {
        Helper(null, 1);
        var (first, second) = (Elder(null), Elder(null));
        Helper(null, 1, "二组");

        var (has, waits) = (Why(first), Why(second));

        Assert.Equal((PairBonds.Group, null), (has.Bonds, has.Way));
        Assert.Equal((PairBonds.None, PairBonds.Group, 0L, 0L), (waits.Bonds, waits.BetterBonds, waits.Nearer, waits.Farther));
    }

    [Fact]
    public void Fair_shares_count_the_elders_a_helper_has_already()
    {
        var (loaded, free) = (Helper(0, 1), Helper(50, 1));
        _helpers[0] = loaded with { Has = 2 };
        var elder = Elder(0);

        var why = Why(elder);

        Assert.Equal(("better-is-loaded", loaded.Person, 50L, 2), (why.Reason, why.Better, why.Nearer, why.BetterHas));
        Assert.Equal(50L, why.Way);
        Assert.NotEqual(free.Person, why.Better);
    }

    [Fact]
    public void A_couple_gets_one_helper_where_fair_shares_alone_would_part_them()
    {
        var roof = new Id<Household>(Guid.CreateVersion7());
        Helper(0, 3);
        Helper(40, 3);
        var (wife, man) = (Elder(0), Elder(0));
        var before = Plan().Volunteer;
        (_elders[0], _elders[1]) = (wife with { Household = roof }, man with { Household = roof });

        var after = Plan().Volunteer;

        Assert.NotEqual(before[0], before[1]);
        Assert.Equal(after[0], after[1]);
        Assert.All([wife, man], e => Assert.Equal(PairBonds.Household, Why(e).Bonds));
    }

    [Fact]
    public void A_household_larger_than_anybodys_places_is_shared_by_two()
    {
        var roof = new Id<Household>(Guid.CreateVersion7());
        for (var j = 0; j < 5; j++) Helper(j * 30, 3);
        for (var i = 0; i < 5; i++) _ = Elder(0);
        var before = Plan().Volunteer.Distinct().Count();
        for (var i = 0; i < 5; i++) _elders[i] = _elders[i] with { Household = roof };

        var after = Plan().Volunteer;

        Assert.True(before > 2);
        Assert.Equal(2, after.Distinct().Count());
        Assert.DoesNotContain(-1, after);
    }

    [Fact]
    public void Keeping_roofs_together_breaks_no_rule_and_costs_no_more_than_it_is_worth() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 8], Gen.Int[0, 1_000_000]).Sample((elders, helpers, seed) =>
        {
            var random = new Random(seed);
            var roofs = Enumerable.Range(0, 6).Select(_ => new Id<Household>(Guid.CreateVersion7())).ToArray();
            var drawn = new BoardReasonsTests();
            for (var j = 0; j < helpers; j++) drawn.Helper(random.Next(3000), random.Next(4));
            for (var i = 0; i < elders; i++)
            {
                drawn.Elder(random.Next(3000));
                if (random.Next(2) == 0) drawn._elders[i] = drawn._elders[i] with { Household = roofs[random.Next(roofs.Length)] };
            }

            var plain = PairingBoard.Problem(drawn._elders, drawn._helpers, drawn._bonds, s_rules);
            var (cheapest, session) = (PairingSolver.Solve(plain), drawn.Session());
            var plan = session.Plan();

            Assert.True(PairingCertificate.Check(session.Problem(), plan).Holds);
            for (var j = 0; j < helpers; j++) Assert.True(plan.Volunteer.Count(v => v == j) <= drawn._helpers[j].Free);
            var together = drawn._elders.Zip(plan.Volunteer).Where(p => p is { First.Household: not null, Second: >= 0 })
                .GroupBy(p => (p.First.Household, p.Second)).Sum(g => g.Count() - 1);
            var cost = PairingCheck.Check(plain, plan.Volunteer, 0).Cost;
            Assert.InRange(cost, cheapest.Cost, cheapest.Cost + ((long)together * s_rules.Int("pairing.household")));
        });

    private PairGround Why(BoardSeat elder)
    {
        var (session, board) = (Session(), new BoardReader.Board(_elders, _helpers, _bonds, []));
        var at = _elders.FindIndex(e => e.Person == elder.Person);
        return new BoardReasons(board, session.Plan(), new(s_rules)).Of(session.Reasons()[at]);
    }

    private PairingPlan Plan() => Session().Plan();

    private PairingSession Session()
    {
        var plain = PairingBoard.Problem(_elders, _helpers, _bonds, s_rules);
        return SideRulesSolver.Solve(plain, PairingBoard.Side(_elders, _helpers, new(s_rules))).Session;
    }

    private BoardSeat Elder(int? east, string group = "一组") => Seat(_elders, east, 0, group);

    private BoardSeat Helper(int? east, int free, string group = "一组") => Seat(_helpers, east, free, group);

    private static BoardSeat Seat(List<BoardSeat> seats, int? east, int free, string group)
    {
        var seat = new BoardSeat(
            new(Guid.CreateVersion7()), s_village, group, null, east is { } metres ? new MapPoint(metres, 0) : null, free);
        seats.Add(seat);
        return seat;
    }
}
