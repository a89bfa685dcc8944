namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because the loop takes everything that fixes its result as parameters.
/// <summary>What the solver was asked to do beside the problem: seed, threads, the plan people already know, who listens. 求解选项</summary>
public sealed record MealRunOptions
{
    /// <summary>Same problem, seed, threads and iteration budget: same plan.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Searches side by side; they exchange their best after equal numbers of iterations.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The plan to stay close to, or null for a fresh one.</summary>
    public PresentPlan? Present { get; init; }

    /// <summary>Called with every better plan, the first one at once; from the thread that called Solve.</summary>
    public Action<MealRunProgress>? Progress { get; init; }
}

/// <summary>How far the search is: iterations of all threads, cost of the best plan, the plan itself. 进度</summary>
public sealed record MealRunProgress(long Iterations, MealRunPlan Plan);

/// <summary>The best plan found, or null with the stops no trip could take, and how much was searched. 求解结果</summary>
public sealed record MealRunOutcome(MealRunPlan? Plan, IReadOnlyList<int> Unserved, long Iterations);

/// <summary>
/// Plans meal runs: a first plan by insertion, then ruin and recreate handing over to hybrid genetic search, or ruin and recreate
/// alone where
/// carts make several trips, a present plan is to be kept or there are too many stops. 求解
/// </summary>
public static class MealRunSolver
{
    private const int LargestForGenetic = 1000;
    private const int GeneticChunk = 50;
    private const int RuinChunk = 2000;

    /// <summary>Searches until the budget is spent or the token is cancelled; the best plan so far is returned either way.</summary>
    public static MealRunOutcome Solve(MealRunProblem problem, RunBudget budget, MealRunOptions options, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        if (problem.Stops == 0)
        {
            return new MealRunOutcome(new MealRunPlan([], 0), [], 0);
        }

        var first = new RuinRecreate(problem, options.Seed, options.Present);
        var desk = new Desk(problem, options);
        desk.Note(first, 0);
        var genetic = problem.TripsPerCart == 1 && options.Present is null && problem.Stops <= LargestForGenetic;
        var searchers = new ISearcher[options.Threads];
        for (var i = 0; i < searchers.Length; i++)
        {
            var seed = SeedOf(options.Seed, i);
            var ruin = i == 0 ? first : new RuinRecreate(problem, seed, options.Present);
            searchers[i] = genetic ? new Relay(problem, seed, ruin) : ruin;
        }

        var done = Run(searchers, budget, desk, genetic ? GeneticChunk : RuinChunk, cancel);
        return desk.Outcome(done);
    }

    private static ulong SeedOf(ulong seed, int thread) => seed + ((ulong)thread * 0x9E3779B97F4A7C15UL);

    private static long Run(ISearcher[] searchers, RunBudget budget, Desk desk, int chunk, CancellationToken cancel)
    {
        var done = 0L;
        while (!cancel.IsCancellationRequested && budget.Spent(done) < 1)
        {
            var left = (budget.Iterations - done + searchers.Length - 1) / searchers.Length;
            var steps = (int)Math.Min(chunk, left);
            var before = done;
            if (searchers.Length == 1)
            {
                Advance(searchers[0], steps, before, 1, budget, cancel);
            }
            else
            {
                Parallel.For(0, searchers.Length, new ParallelOptions { MaxDegreeOfParallelism = searchers.Length },
                    i => Advance(searchers[i], steps, before, searchers.Length, budget, cancel));
            }

            done += (long)steps * searchers.Length;
            Merge(searchers);
            foreach (var searcher in searchers)
            {
                desk.Note(searcher, done);
            }
        }

        return done;
    }

    private static void Advance(ISearcher searcher, int steps, long done, int threads, RunBudget budget, CancellationToken cancel)
    {
        var spent = budget.Spent(done);
        for (var i = 0; i < steps && !cancel.IsCancellationRequested; i++)
        {
            if ((i & 15) == 0)
            {
                spent = budget.Spent(done + ((long)i * threads));
                if (spent >= 1 && budget.Seconds is not null)
                {
                    return;
                }
            }

            searcher.Step(spent);
        }
    }

    /// <summary>All searches learn the best, in a fixed order, so that the plan does not depend on which thread was faster.</summary>
    private static void Merge(ISearcher[] searchers)
    {
        var best = searchers[0];
        foreach (var s in searchers)
        {
            best = s.BestCost < best.BestCost ? s : best;
        }

        foreach (var s in searchers)
        {
            if (!ReferenceEquals(s, best) && best.BestCost < s.BestCost)
            {
                s.Receive(best.BestTrips(), best.BestCost);
            }
        }
    }

    /// <summary>Keeps the best plan and tells the listener.</summary>
    private sealed class Desk(MealRunProblem problem, MealRunOptions options)
    {
        private MealRunPlan? _plan;
        private long _cost = long.MaxValue;
        private List<(int Cart, int[] Stops)> _trips = [];

        public void Note(ISearcher searcher, long iterations)
        {
            if (searcher.BestCost >= _cost || (_plan is not null && !searcher.IsComplete))
            {
                return;
            }

            (_cost, _trips) = (searcher.BestCost, searcher.BestTrips());
            if (searcher.IsComplete)
            {
                _plan = Timetable.Of(problem, _trips);
                options.Progress?.Invoke(new MealRunProgress(iterations, _plan));
            }
        }

        public MealRunOutcome Outcome(long iterations)
        {
            var served = _trips.SelectMany(t => t.Stops).ToHashSet();
            var left = Enumerable.Range(1, problem.Stops).Where(i => !served.Contains(i));
            return new MealRunOutcome(_plan, _plan is not null ? [] : [.. left], iterations);
        }
    }
}
