using Google.OrTools.ConstraintSolver;
using Google.Protobuf.WellKnownTypes;
using Shouwang.Planning.Rounds;

namespace Shouwang.Benchmarks;

/// <summary>
/// OR-Tools routing on double visits: travel plus a price on lateness, linked visits by equating or spacing their times, abilities as
/// allowed vehicles. It cannot price the worst lateness; the plan it finds is judged by the whole cost all the same.
/// </summary>
internal static class RoundsRival
{
    private const int PollMilliseconds = 50;

    /// <summary>Cost of its best plan by the independent check; NaN when it finds none in the time.</summary>
    public static double Solve(RoundsProblem problem, string text, double cpuSeconds)
    {
        var visits = problem.Requests.SelectMany((request, r) => request.Visits.Select((_, i) => (Request: r, Visit: i))).ToArray();
        using var manager = new RoutingIndexManager(visits.Length + 1, problem.Carers.Length, 0);
        using var routing = new RoutingModel(manager);
        var clock = Describe(problem, visits, manager, routing);
        var parameters = operations_research_constraint_solver.DefaultRoutingSearchParameters();
        parameters.FirstSolutionStrategy = FirstSolutionStrategy.Types.Value.ParallelCheapestInsertion;
        parameters.LocalSearchMetaheuristic = LocalSearchMetaheuristic.Types.Value.GuidedLocalSearch;
        parameters.TimeLimit = new Duration { Seconds = 3600 };
        var found = Within(cpuSeconds, routing, parameters);
        if (found is null) return double.NaN;
        var plan = Read(problem, visits, found, new(manager, routing, clock));
        var verdict = MankowskaCheck.Check(text, MankowskaJson.Write(problem, plan));
        return verdict.Valid ? verdict.Cost : double.NaN;
    }

    private sealed record Model(RoutingIndexManager Manager, RoutingModel Routing, RoutingDimension Clock);

    private static Assignment? Within(double cpuSeconds, RoutingModel routing, RoutingSearchParameters parameters)
    {
        var start = MealRunsBench.Cpu();
        using var done = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            while (!done.Wait(PollMilliseconds))
            {
                if (MealRunsBench.Cpu() - start >= cpuSeconds) routing.CancelSearch();
            }
        });
        watch.Start();
        var found = routing.SolveWithParameters(parameters);
        done.Set();
        watch.Join();
        return found;
    }

    private static RoutingDimension Describe(
        RoundsProblem problem, (int Request, int Visit)[] visits, RoutingIndexManager manager, RoutingModel routing)
    {
        int Place(int node) => node == 0 ? problem.Carers[0].StartPlace : problem.Requests[visits[node - 1].Request].Place;
        long Service(int node) => node == 0 ? 0 : problem.Requests[visits[node - 1].Request].Visits[visits[node - 1].Visit].Duration;
        long[][] Rows(bool service) =>
        [
            .. Enumerable.Range(0, visits.Length + 1).Select(a => Enumerable.Range(0, visits.Length + 1)
                .Select(b => problem.Travel[Place(a)][Place(b)] + (service ? Service(a) : 0)).ToArray()),
        ];
        routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(Rows(false)));
        const long Horizon = 10_000_000;
        routing.AddDimension(routing.RegisterTransitMatrix(Rows(true)), Horizon, Horizon, false, "time");
        var clock = routing.GetMutableDimension("time");
        var solver = routing.solver();
        for (var node = 1; node <= visits.Length; node++)
        {
            var (request, visit) = (problem.Requests[visits[node - 1].Request], visits[node - 1].Visit);
            var index = manager.NodeToIndex(node);
            clock.CumulVar(index).SetMin(request.Windows[0].Open);
            clock.SetCumulVarSoftUpperBound(index, request.Windows[0].Close, 1);
            routing.VehicleVar(index).SetValues([.. request.Visits[visit].Carers.Select(carer => (long)carer)]);
            if (visit == 0 || request.Link == VisitLink.Free) continue;
            var first = manager.NodeToIndex(node - 1);
            solver.Add(clock.CumulVar(index) >= clock.CumulVar(first) + request.MinGap);
            solver.Add(clock.CumulVar(index) <= clock.CumulVar(first) + request.MaxGap);
            solver.Add(routing.VehicleVar(index) != routing.VehicleVar(first));
        }

        return clock;
    }

    private static RoundsPlan Read(RoundsProblem problem, (int Request, int Visit)[] visits, Assignment found, Model model)
    {
        var routes = new RoundsStop[problem.Carers.Length][];
        for (var c = 0; c < routes.Length; c++)
        {
            var stops = new List<RoundsStop>();
            for (var at = found.Value(model.Routing.NextVar(model.Routing.Start(c))); !model.Routing.IsEnd(at);
                at = found.Value(model.Routing.NextVar(at)))
            {
                var (request, visit) = visits[model.Manager.IndexToNode(at) - 1];
                var start = (int)found.Min(model.Clock.CumulVar(at));
                stops.Add(new(request, visit, start, start + problem.Requests[request].Visits[visit].Duration));
            }

            routes[c] = [.. stops];
        }

        return new(routes, 0, [], 0, Forbidden: false);
    }
}
