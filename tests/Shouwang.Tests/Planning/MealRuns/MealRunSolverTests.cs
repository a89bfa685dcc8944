using CsCheck;
using Shouwang.Planning.MealRuns;
using Xunit;

namespace Shouwang.Tests.Planning.MealRuns;

public sealed class MealRunSolverTests
{
    private static readonly Gen<MealRunProblem> s_canteens =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 3], Gen.Int[25, 60], Gen.Int[1, 12], MealRunCases.Canteen);

    [Fact]
    public void Whatever_the_canteen_no_plan_breaks_a_hard_rule_and_without_a_plan_someone_is_named() =>
        s_canteens.Sample(
            problem =>
            {
                var found = MealRunSolver.Solve(problem, RunBudget.OfIterations(40), new MealRunOptions());
                if (found.Plan is null)
                {
                    Assert.NotEmpty(found.Unserved);
                }
                else
                {
                    Assert.Empty(MealRunCheck.Check(problem, found.Plan));
                }
            },
            iter: 80, threads: 1);

    [Fact]
    public void Every_plan_on_the_way_holds_and_costs_less_than_the_one_before() =>
        s_canteens.Sample(
            problem =>
            {
                var costs = new List<long>();
                MealRunSolver.Solve(problem, RunBudget.OfIterations(60), new MealRunOptions
                {
                    Progress = p =>
                    {
                        Assert.Empty(MealRunCheck.Check(problem, p.Plan));
                        costs.Add(p.Plan.Cost);
                    },
                });
                Assert.Equal(costs.OrderDescending().Distinct(), costs);
            },
            iter: 20, threads: 1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void The_same_seed_and_iterations_give_the_same_plan(int trips, int threads)
    {
        var problem = MealRunCases.Canteen(7, trips, 45, 12);
        var options = new MealRunOptions { Seed = 5, Threads = threads };

        var one = MealRunSolver.Solve(problem, RunBudget.OfIterations(120), options).Plan!;
        var two = MealRunSolver.Solve(problem, RunBudget.OfIterations(120), options).Plan!;

        Assert.Equal(one.Routes, two.Routes);
        Assert.Equal(one.Trips.Select(t => (t.Cart, t.Departure)), two.Trips.Select(t => (t.Cart, t.Departure)));
    }

    [Fact]
    public void A_longer_search_takes_little_more_memory()
    {
        var problem = MealRunCases.Canteen(7, 1, 45, 12);
        long Bytes(int iterations)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            MealRunSolver.Solve(problem, RunBudget.OfIterations(iterations), new MealRunOptions());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Bytes(500);
        var brief = Bytes(500);
        Assert.InRange(Bytes(5_000) - brief, -100_000, 100_000);
    }

    [Fact]
    public void One_cart_serves_in_several_trips_what_it_cannot_carry_in_one()
    {
        var problem = Line(carts: 1, trips: 3, capacity: 2, hot: 100);

        var plan = MealRunSolver.Solve(problem, RunBudget.OfIterations(200), new MealRunOptions()).Plan!;

        Assert.Empty(MealRunCheck.Check(problem, plan));
        Assert.Equal(2, plan.Trips.Count);
    }

    [Fact]
    public void Without_time_for_a_second_trip_the_stops_left_over_are_named()
    {
        var problem = Line(carts: 1, trips: 1, capacity: 2, hot: 100);

        var found = MealRunSolver.Solve(problem, RunBudget.OfIterations(50), new MealRunOptions());

        Assert.Null(found.Plan);
        Assert.NotNull(problem.FindFault());
    }

    [Fact]
    public void A_tighter_hot_limit_turns_one_long_trip_into_more()
    {
        MealRunPlan Plan(int hot) =>
            MealRunSolver.Solve(Line(carts: 4, trips: 1, capacity: 9, hot), RunBudget.OfIterations(100), new MealRunOptions()).Plan!;

        Assert.Single(Plan(100).Trips);
        Assert.Equal(2, Plan(30).Trips.Count);
    }

    [Fact]
    public void A_cancelled_search_still_hands_over_its_first_plan()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var problem = MealRunCases.X101().ToProblem();

        var found = MealRunSolver.Solve(problem, RunBudget.OfIterations(1_000_000), new MealRunOptions(), cancelled.Token);

        Assert.Empty(MealRunCheck.Check(problem, found.Plan!));
        Assert.Equal(0, found.Iterations);
    }

    [Fact]
    public void The_proven_optimum_of_a_hundred_stops_is_nearly_reached_in_a_few_hundred_iterations()
    {
        var solution = MealRunCases.Solve(MealRunCases.X101(), 200);

        Assert.InRange(solution.Cost, 27591, 27591 * 1.03);
    }

    [Theory]
    [InlineData("capacity")]
    [InlineData("window")]
    [InlineData("hot-food")]
    [InlineData("shift")]
    [InlineData("cart")]
    [InlineData("fleet")]
    [InlineData("trips")]
    [InlineData("visit")]
    [InlineData("cost")]
    public void A_plan_changed_by_hand_is_caught_by_the_rule_it_breaks(string rule)
    {
        var problem = Line(carts: 1, trips: 2, capacity: 3, hot: 40);
        var good = new MealRunPlan([new MealTrip(0, [1, 2], 0), new MealTrip(0, [3], 45)], 40 + 60);
        Assert.Empty(MealRunCheck.Check(problem, good));

        var bad = rule switch
        {
            "capacity" => good with { Trips = [new MealTrip(0, [1, 2, 3, 1], 0)] },
            "window" => good with { Trips = [new MealTrip(0, [3], 0), new MealTrip(0, [1, 2], 195)] },
            "hot-food" => good with { Trips = [new MealTrip(0, [3, 1, 2], 0)] },
            "shift" => good with { Trips = [new MealTrip(0, [1, 2], 0), new MealTrip(0, [3], 280)] },
            "cart" => good with { Trips = [new MealTrip(0, [1, 2], 0), new MealTrip(0, [3], 44)] },
            "fleet" => good with { Trips = [new MealTrip(0, [1, 2], 0), new MealTrip(1, [3], 45)] },
            "trips" => good with { Trips = [new MealTrip(0, [1], 0), new MealTrip(0, [2], 60), new MealTrip(0, [3], 120)] },
            "visit" => good with { Trips = [new MealTrip(0, [1, 2], 0)] },
            _ => good with { Cost = 99 },
        };

        Assert.Contains(MealRunCheck.Check(problem, bad), f => f.Constraint == rule);
    }

    /// <summary>Three stops on one road, ten minutes apart, each wanting one meal between 0 and 200; the canteen closes at 300.</summary>
    private static MealRunProblem Line(int carts, int trips, int capacity, int hot)
    {
        var travel = new int[16];
        for (var i = 0; i < 16; i++)
        {
            travel[i] = 10 * Math.Abs((i / 4) - (i % 4));
        }

        return new MealRunProblem
        {
            Distance = travel,
            Travel = travel,
            Demand = [0, 1, 1, 1],
            Earliest = [0, 0, 0, 0],
            Latest = [300, 200, 200, 320],
            Service = [0, 1, 1, 1],
            Capacity = capacity,
            Carts = carts,
            TripsPerCart = trips,
            ReloadTime = trips > 1 ? 3 : 0,
            HotLimit = hot,
        };
    }
}
