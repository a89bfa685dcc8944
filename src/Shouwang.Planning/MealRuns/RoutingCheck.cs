using System.Globalization;

namespace Shouwang.Planning.MealRuns;

/// <summary>What the check found: the cost by the benchmark's rule and every broken constraint with its line. 校验结果</summary>
public sealed record RoutingVerdict(double Cost, int Routes, IReadOnlyList<RoutingBreach> Breaches)
{
    /// <summary>True when nothing is broken.</summary>
    public bool Holds => Breaches.Count == 0;
}

/// <summary>One broken constraint of a solution: which, on which line, in words. 违反</summary>
public sealed record RoutingBreach(string Constraint, int Line, string Message);

/// <summary>
/// Checks a solution against the benchmark's rules from the file's own numbers, in real arithmetic; it shares no code with the search. 校验
/// </summary>
public static class RoutingCheck
{
    private const double Tolerance = 1e-6;
    private const double CostTolerance = 1e-3;

    /// <summary>Finds every breach and the true cost.</summary>
    public static RoutingVerdict Check(RoutingInstance instance, RoutingSolution solution)
    {
        var breaches = new List<RoutingBreach>();
        var seen = new int[instance.X.Length];
        var cost = 0.0;
        foreach (var (line, stops) in solution.Routes)
        {
            if (stops.Length == 0)
            {
                breaches.Add(new RoutingBreach("route", line, "the route visits nobody"));
            }

            if (KnowsAll(instance, stops, line, seen, breaches))
            {
                cost += Follow(instance, stops, line, breaches);
            }
        }

        for (var i = 1; i < seen.Length; i++)
        {
            if (seen[i] == 0)
            {
                breaches.Add(new RoutingBreach("visit", solution.CostLine, $"stop {i} is never visited"));
            }
        }

        if (solution.Routes.Count > instance.Carts)
        {
            var line = solution.Routes[instance.Carts].Line;
            breaches.Add(new RoutingBreach("fleet", line, $"{solution.Routes.Count} routes, {instance.Carts} vehicles"));
        }

        if (!(Math.Abs(solution.Cost - cost) <= CostTolerance))
        {
            breaches.Add(new RoutingBreach(
                "cost", solution.CostLine, $"the file says {Text(solution.Cost)}, the routes cost {Text(cost)}"));
        }

        return new RoutingVerdict(cost, solution.Routes.Count, breaches);
    }

    /// <summary>The cost of routes by the benchmark's rule.</summary>
    public static double CostOf(RoutingInstance instance, IEnumerable<int[]> routes)
    {
        var cost = 0.0;
        foreach (var route in routes)
        {
            var at = 0;
            foreach (var stop in route.Append(0))
            {
                cost += instance.DistanceOf(at, stop);
                at = stop;
            }
        }

        return cost;
    }

    private static bool KnowsAll(RoutingInstance instance, int[] stops, int line, int[] seen, List<RoutingBreach> breaches)
    {
        var known = true;
        foreach (var stop in stops)
        {
            if (stop < 1 || stop >= instance.X.Length)
            {
                breaches.Add(new RoutingBreach("visit", line, stop == 0 ? "the depot stands inside a route" : $"there is no stop {stop}"));
                known = false;
            }
            else if (++seen[stop] > 1)
            {
                breaches.Add(new RoutingBreach("visit", line, $"stop {stop} is visited again"));
            }
        }

        return known;
    }

    private static double Follow(RoutingInstance instance, int[] stops, int line, List<RoutingBreach> breaches)
    {
        var load = 0L;
        var (at, cost, clock) = (0, 0.0, (double)(instance.Earliest?[0] ?? 0));
        foreach (var stop in stops.Append(0))
        {
            var leg = instance.DistanceOf(at, stop);
            cost += leg;
            load += instance.Demand[stop];
            clock += (at == 0 ? 0 : instance.Service?[at] ?? 0) + leg;
            if (instance.Latest is { } latest && clock > latest[stop] + Tolerance)
            {
                var where = stop == 0 ? "the depot" : $"stop {stop}";
                breaches.Add(new RoutingBreach("window", line, $"{where} is reached at {Text(clock)}, it closes at {latest[stop]}"));
            }

            clock = Math.Max(clock, stop == 0 ? clock : instance.Earliest?[stop] ?? 0);
            at = stop;
        }

        if (load > instance.Capacity)
        {
            breaches.Add(new RoutingBreach("capacity", line, $"the route carries {load}, a vehicle takes {instance.Capacity}"));
        }

        return cost;
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
