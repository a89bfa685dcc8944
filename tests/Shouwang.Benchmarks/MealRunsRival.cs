using Google.OrTools.ConstraintSolver;
using Google.Protobuf.WellKnownTypes;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Benchmarks;

/// <summary>
/// OR-Tools routing on the same instance: cheapest insertion, then guided local search, stopped when the same processor time is used.
/// Its result does not depend on a seed, so it runs once.
/// </summary>
internal static class MealRunsRival
{
    private const int PollMilliseconds = 50;

    /// <summary>Cost of its best plan in units of the file; NaN when it finds none.</summary>
    public static double Solve(RoutingInstance instance, double cpuSeconds)
    {
        var problem = instance.ToProblem();
        var enough = Math.Min(problem.Stops, (int)(1.3 * problem.Demand.Sum() / problem.Capacity) + 3);
        var vehicles = instance.Latest is null ? enough : problem.Carts;
        using var manager = new RoutingIndexManager(problem.Size, vehicles, 0);
        using var routing = new RoutingModel(manager);
        Describe(problem, manager, routing);
        var start = MealRunsBench.Cpu();
        var parameters = operations_research_constraint_solver.DefaultRoutingSearchParameters();
        parameters.FirstSolutionStrategy = FirstSolutionStrategy.Types.Value.ParallelCheapestInsertion;
        parameters.LocalSearchMetaheuristic = LocalSearchMetaheuristic.Types.Value.GuidedLocalSearch;
        parameters.TimeLimit = new Duration { Seconds = 3600 };
        using var done = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            while (!done.Wait(PollMilliseconds))
            {
                if (MealRunsBench.Cpu() - start >= cpuSeconds)
                {
                    routing.CancelSearch();
                }
            }
        });
        watch.Start();
        var found = routing.SolveWithParameters(parameters);
        done.Set();
        watch.Join();
        return found is null ? double.NaN : (double)found.ObjectiveValue() / instance.Scale;
    }

    private static void Describe(MealRunProblem p, RoutingIndexManager manager, RoutingModel routing)
    {
        var distance = routing.RegisterTransitMatrix(Rows(p, p.Distance, p.Service, false));
        routing.SetArcCostEvaluatorOfAllVehicles(distance);
        var demand = routing.RegisterUnaryTransitVector([.. p.Demand.Select(d => (long)d)]);
        routing.AddDimension(demand, 0, p.Capacity, true, "load");
        if (!p.IsTimed)
        {
            return;
        }

        var time = routing.RegisterTransitMatrix(Rows(p, p.Travel, p.Service, true));
        routing.AddDimension(time, p.Latest[0], p.Latest[0], false, "time");
        var clock = routing.GetMutableDimension("time");
        for (var i = 1; i < p.Size; i++)
        {
            clock.CumulVar(manager.NodeToIndex(i)).SetRange(p.Earliest[i], p.Latest[i]);
        }
    }

    private static long[][] Rows(MealRunProblem p, int[] matrix, int[] service, bool withService)
    {
        var rows = new long[p.Size][];
        for (var a = 0; a < p.Size; a++)
        {
            rows[a] = new long[p.Size];
            for (var b = 0; b < p.Size; b++)
            {
                rows[a][b] = matrix[(a * p.Size) + b] + (withService ? service[a] : 0);
            }
        }

        return rows;
    }
}
