using CsCheck;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Planning.Pairing;

/// <summary>What no flow can say: who is kept together, and who is kept apart.</summary>
public sealed class SideRulesTests
{
    private static readonly Gen<(PairingProblem Problem, SideRules Rules)> s_cases =
        Gen.Select(PairingCases.Small, Gen.Int[0, 1_000_000]).Select((problem, seed) =>
        {
            var random = new Random(seed);
            int[] bedridden = [.. Enumerable.Range(0, problem.Elders).Where(_ => random.Next(3) == 0)];
            int[] places = [.. Enumerable.Range(0, problem.Volunteers).Select(_ => random.Next(4) == 0 ? int.MaxValue : random.Next(3))];
            var roofs = Enumerable.Range(0, problem.Elders).GroupBy(_ => random.Next(1 + (problem.Elders / 2)))
                .Select(g => g.ToArray()).Where(r => r.Length > 1).ToArray();
            return (problem, new SideRules(roofs, random.Next(600), bedridden, places));
        });

    [Fact]
    public void No_volunteer_has_more_bed_ridden_elders_or_more_elders_than_allowed_and_nobody_who_is_no_candidate() =>
        s_cases.Sample(drawn =>
        {
            var (problem, rules) = drawn;
            var plan = SideRulesSolver.Solve(problem, rules).Session.Plan();

            foreach (var group in rules.Bedridden.Where(i => plan.Volunteer[i] >= 0).GroupBy(i => plan.Volunteer[i]))
                Assert.True(group.Count() <= rules.BedriddenPlaces[group.Key]);
            Assert.Equal(0, PairingCertificate.Check(problem, plan).BrokenRules);
        }, iter: 400);

    [Fact]
    public void The_plan_is_proven_the_cheapest_by_the_weights_it_ends_with_and_the_loss_is_what_the_side_rules_cost() =>
        s_cases.Sample(drawn =>
        {
            var (problem, rules) = drawn;
            var side = SideRulesSolver.Solve(problem, rules);
            var (plan, least) = (side.Session.Plan(), PairingSolver.Solve(problem).Cost);

            Assert.True(PairingCertificate.Check(side.Session.Problem(), plan).Holds);
            Assert.Equal(PairingCheck.Check(problem, plan.Volunteer, 0).Cost - least, side.Loss);
            Assert.True(side.Loss >= 0);
        }, iter: 200);

    [Fact]
    public void Keeping_households_together_costs_no_more_than_it_is_worth() =>
        s_cases.Sample(drawn =>
        {
            var rules = drawn.Rules with { Bedridden = [] };
            var side = SideRulesSolver.Solve(drawn.Problem, rules);
            var plan = side.Session.Plan().Volunteer;

            var together = rules.Roofs.Sum(r => r.Where(e => plan[e] >= 0).GroupBy(e => plan[e]).Sum(g => g.Count() - 1));
            Assert.InRange(side.Loss, 0, together * rules.Worth);
        }, iter: 200);

    [Theory]
    [InlineData(58, 2)]
    [InlineData(62, 1)]
    public void A_couple_is_kept_together_when_that_costs_less_than_it_is_worth(long worth, int volunteers)
    {
        // Apart they cost 20, together 80; half of the worth lies on each way, so that from 120 on they stay together.
        var problem = new PairingProblem(2, 2, [0, 2, 4], [0, 1, 0, 1], [10, 70, 70, 10], [2, 2], [0, 0, 0, 0], [900, 900]);

        var side = SideRulesSolver.Solve(problem, new([[0, 1]], worth * 2, [], [9, 9]));

        Assert.Equal(volunteers, side.Session.Plan().Volunteer.Distinct().Count());
        Assert.Equal(volunteers == 1 ? 60 : 0, side.Loss);
    }

    [Fact]
    public void Of_two_bed_ridden_elders_who_meet_the_one_who_loses_least_goes_elsewhere_or_waits()
    {
        var problem = new PairingProblem(2, 2, [0, 2, 4], [0, 1, 0, 1], [10, 500, 20, 90], [2, 2], [0, 0, 0, 0], [900, 900]);

        var apart = SideRulesSolver.Solve(problem, new([], 0, [0, 1], [1, 1]));
        var waits = SideRulesSolver.Solve(problem, new([], 0, [0, 1], [1, 0]));

        Assert.Equal([0, 1], apart.Session.Plan().Volunteer);
        Assert.Equal(70, apart.Loss);
        Assert.Equal([(1, 0)], apart.Forbade);
        Assert.Equal([0, -1], waits.Session.Plan().Volunteer);
    }

    [Fact]
    public void A_bed_ridden_couple_is_not_drawn_to_one_who_may_have_only_one_of_them()
    {
        var problem = new PairingProblem(2, 2, [0, 2, 4], [0, 1, 0, 1], [10, 10, 10, 10], [2, 2], [0, 0, 0, 0], [900, 900]);

        var side = SideRulesSolver.Solve(problem, new([[0, 1]], 400, [0, 1], [1, 1]));

        Assert.Equal(2, side.Session.Plan().Volunteer.Distinct().Count());
    }

    [Fact]
    public void A_household_of_seven_is_shared_by_as_few_as_have_places_for_it()
    {
        // Five volunteers with three places each: nearer ones would take one or two each for the sake of fair shares.
        long[] ways = [0, 10, 20, 30, 40];
        int[] first = [.. Enumerable.Range(0, 8).Select(i => i * 5)];
        var problem = new PairingProblem(
            7, 5, first, [.. Enumerable.Range(0, 35).Select(a => a % 5)], [.. Enumerable.Range(0, 35).Select(a => ways[a % 5])],
            [3, 3, 3, 3, 3], [.. Enumerable.Range(0, 15).Select(u => u % 3 * 60L)], [.. Enumerable.Repeat(9_000L, 7)]);

        var plain = PairingSolver.Solve(problem).Volunteer.Distinct().Count();
        var side = SideRulesSolver.Solve(problem, new([[0, 1, 2, 3, 4, 5, 6]], 300, [], [9, 9, 9, 9, 9]));

        Assert.Equal((5, 3), (plain, side.Session.Plan().Volunteer.Distinct().Count()));
    }
}
