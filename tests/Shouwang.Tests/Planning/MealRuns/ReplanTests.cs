using Shouwang.Planning.MealRuns;
using Xunit;

namespace Shouwang.Tests.Planning.MealRuns;

public sealed class ReplanTests
{
    private static readonly MealRunProblem s_problem = MealRunCases.Canteen(7, 2, 45, 12);
    private static readonly MealRunPlan s_present = Solve(s_problem, null);

    [Fact]
    public void With_nothing_changed_and_a_high_price_every_stop_keeps_its_cart()
    {
        var again = Solve(s_problem, new PresentPlan(s_present.Trips, 10_000, []));

        Assert.Empty(Moved(again));
    }

    [Fact]
    public void With_one_cart_out_a_high_price_moves_nobody_else_and_no_price_may_move_more()
    {
        var outCart = s_present.Trips[0].Cart;
        var orphans = s_present.Trips.Where(t => t.Cart == outCart).SelectMany(t => t.Stops).Order();

        var careful = Solve(s_problem, new PresentPlan(s_present.Trips, 10_000, [outCart]));
        var free = Solve(s_problem, new PresentPlan(s_present.Trips, 0, [outCart]));

        Assert.Equal(orphans, Moved(careful));
        Assert.DoesNotContain(careful.Trips, t => t.Cart == outCart);
        Assert.True(free.Cost <= careful.Cost);
    }

    private static MealRunPlan Solve(MealRunProblem problem, PresentPlan? present)
    {
        var plan = MealRunSolver.Solve(problem, RunBudget.OfIterations(6000), new MealRunOptions { Present = present }).Plan!;
        Assert.Empty(MealRunCheck.Check(problem, plan));
        return plan;
    }

    private static IEnumerable<int> Moved(MealRunPlan plan)
    {
        var before = s_present.Trips.SelectMany(t => t.Stops.Select(s => (s, t.Cart))).ToDictionary();
        return plan.Trips.SelectMany(t => t.Stops.Where(s => before[s] != t.Cart)).Order();
    }
}
