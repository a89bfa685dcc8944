using Google.OrTools.ConstraintSolver;
using Google.Protobuf.WellKnownTypes;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Benchmarks;

/// <summary>
/// OR-Tools routing on the same instance: cheapest insertion, then guided local search, run in slices until the same processor time is used.
/// Its result does not depend on a seed, so it runs once.
/// </summary>
internal static class MealRunsRival
{
    private const double Slice = 1.5;

    /// <summary>Cost of its best plan in units of the file; NaN when it finds none.</summary>
    public static double Solve(RoutingInstance instance, double cpuSeconds)
    {
        var problem = instance.ToProblem();
        var vehicles = instance.Latest is null ? Math.Min(problem.Stops, (int)(1.3 * problem.Demand.Sum() / problem.Capacity) + 3) : problem.Carts;
        using var manager = new RoutingIndexManager(problem.Size, vehicles, 0);
        using var routing = new RoutingModel(manager);
        Describe(problem, manager, routing);
        var start = MealRunsBench.Cpu();
        var parameters = operations_research_constraint_solver.DefaultRoutingSearchParameters();
        parameters.FirstSolutionStrategy = FirstSolutionStrategy.Types.Value.ParallelCheapestInsertion;
        parameters.LocalSearchMetaheuristic = LocalSearchMetaheuristic.Types.Value.GuidedLocalSearch;
        parameters.TimeLimit = new Duration { Seconds = 3600 };
        routing.AddSearchMonitor(new CpuLimit(routing.solver(), start + cpuSeconds));
        var found = routing.SolveWithParameters(parameters);
        return found is null ? double.NaN : (double)found.ObjectiveValue() / instance.Scale;
    }

    private static void Describe(MealRunProblem p, RoutingIndexManager manager, RoutingModel routing)
    {
        var size = p.Size;
        var distance = routing.RegisterTransitCallback((a, b) => p.Distance[(manager.IndexToNode(a) * size) + manager.IndexToNode(b)]);
        routing.SetArcCostEvaluatorOfAllVehicles(distance);
        var demand = routing.RegisterUnaryTransitCallback(a => p.Demand[manager.IndexToNode(a)]);
        routing.AddDimension(demand, 0, p.Capacity, true, "load");
        if (!p.IsTimed)
        {
            return;
        }

        var time = routing.RegisterTransitCallback(
            (a, b) => p.Travel[(manager.IndexToNode(a) * size) + manager.IndexToNode(b)] + p.Service[manager.IndexToNode(a)]);
        routing.AddDimension(time, p.Latest[0], p.Latest[0], false, "time");
        var clock = routing.GetMutableDimension("time");
        for (var i = 1; i < size; i++)
        {
            clock.CumulVar(manager.NodeToIndex(i)).SetRange(p.Earliest[i], p.Latest[i]);
        }
    }

    /// <summary>Stops the search when the processor time is used up.</summary>
    private sealed class CpuLimit(Solver solver, double until) : SearchMonitor(solver)
    {
        public override void PeriodicCheck()
        {
            if (MealRunsBench.Cpu() >= until)
            {
                solver().FinishCurrentSearch();
            }
        }
    }
}
