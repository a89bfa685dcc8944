using CsCheck;
using Shouwang.Planning.Rounds;
using Xunit;

namespace Shouwang.Tests.Planning.Rounds;

/// <summary>The search: what it promises whatever the instance, and what it reaches on published ones.</summary>
public sealed class RoundsSolverTests
{
    [Theory]
    [InlineData(1, 218.199)]
    [InlineData(2, 246.627)]
    [InlineData(3, 305.858)]
    [InlineData(4, 186.897)]
    [InlineData(5, 189.543)]
    public void Ten_patients_are_planned_at_the_proven_optimum(int number, double optimum)
    {
        var text = RoundsCases.Text($"hhcrsp-10-{number}.json");
        var problem = MankowskaJson.Read(text);
        var verdict = MankowskaCheck.Check(text, MankowskaJson.Write(problem, RoundsCases.Solve(problem, 200_000)));
        Assert.Empty(verdict.Broken);
        Assert.Equal(optimum, verdict.Cost, 0.001);
    }

    [Theory]
    [InlineData("uhhc-i-116", 17393)]
    [InlineData("uhhc-i-134", 15820)]
    public void Shifts_and_lunch_are_planned_no_dearer_than_published(string name, double published)
    {
        var text = RoundsCases.Text(name + ".json");
        var problem = UhhcJson.Read(text);
        var verdict = UhhcCheck.Check(text, UhhcJson.Write(problem, RoundsCases.Solve(problem, 300_000), text));
        Assert.Empty(verdict.Broken);
        Assert.InRange(verdict.Cost, 1, published);
    }

    [Fact]
    public void A_plan_of_double_visits_never_breaks_a_rule_and_costs_what_the_search_says() =>
        Gen.Int[0, 1_000_000].Sample(
            seed =>
            {
                var text = RoundsCases.Mankowska(seed);
                var problem = MankowskaJson.Read(text);
                var plan = RoundsCases.Solve(problem, 4_000, (ulong)seed);
                var verdict = MankowskaCheck.Check(text, MankowskaJson.Write(problem, plan));
                Assert.Empty(verdict.Broken);
                Assert.Equal(verdict.Cost, plan.Cost, 0.002);
            },
            iter: 400);

    [Fact]
    public void A_plan_with_shifts_and_lunch_never_breaks_a_rule_and_costs_what_the_search_says() =>
        Gen.Int[0, 1_000_000].Sample(
            seed =>
            {
                var text = RoundsCases.Uhhc(seed);
                var problem = UhhcJson.Read(text);
                var plan = RoundsCases.Solve(problem, 4_000, (ulong)seed);
                var verdict = UhhcCheck.Check(text, UhhcJson.Write(problem, plan, text));
                Assert.Empty(verdict.Broken);
                Assert.Equal(verdict.Cost, plan.Cost, 0.001);
            },
            iter: 400);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_and_number_of_moves_give_the_same_plan(int threads)
    {
        var problem = MankowskaJson.Read(RoundsCases.Text("hhcrsp-25-2.json"));
        var plans = Enumerable.Range(0, 2).Select(_ => MankowskaJson.Write(problem, RoundsCases.Solve(problem, 20_000, 7, threads)))
            .ToArray();
        Assert.Equal(plans[0], plans[1]);
        Assert.NotEqual(plans[0], MankowskaJson.Write(problem, RoundsCases.Solve(problem, 600, 8, threads)));
    }

    [Fact]
    public void A_first_plan_is_there_at_once_and_survives_a_cancelled_search()
    {
        var text = RoundsCases.Text("hhcrsp-25-2.json");
        var problem = MankowskaJson.Read(text);
        var costs = new List<double>();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var search = new RoundsSearch(RoundsBudget.OfIterations(long.MaxValue)) { Progress = (_, cost) => costs.Add(cost) };
        var plan = RoundsSolver.Solve(problem, search, stop.Token);
        Assert.Empty(MankowskaCheck.Check(text, MankowskaJson.Write(problem, plan)).Broken);
        Assert.Equal(plan.Cost, costs[0], 0.001);
    }

    [Fact]
    public void An_instance_nobody_can_serve_in_time_is_marked_as_forbidden()
    {
        var text = RoundsCases.Text("uhhc-i-116.json")
            .Replace("\"total_tardiness\":8", "\"total_tardiness\":\"HARD\"", StringComparison.Ordinal);
        var problem = UhhcJson.Read(text);
        var plan = RoundsCases.Solve(problem, 50_000);
        Assert.True(plan.Forbidden);
        Assert.Contains(UhhcCheck.Check(text, UhhcJson.Write(problem, plan, text)).Broken, rule =>
            rule.StartsWith("total_tardiness", StringComparison.Ordinal));
    }
}
