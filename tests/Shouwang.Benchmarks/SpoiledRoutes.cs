using System.Globalization;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Benchmarks;

/// <summary>Twelve ways to spoil a solution of a routing benchmark, each of which makes it wrong whatever the solution is.</summary>
internal static class SpoiledRoutes
{
    /// <summary>The spoiled copies as file texts.</summary>
    public static IEnumerable<(string Way, string Copy)> Copies(RoutingInstance instance, RoutingSolution solution)
    {
        int[][] Routes() => [.. solution.Routes.Select(route => route.Stops.ToArray())];
        string Text(IEnumerable<int[]> routes) => RoutingSolution.Write(routes, RoutingCheck.CostOf(instance, Known(instance, routes)));
        var all = RoutingSolution.Write(Routes(), solution.Cost);
        var (routes, last) = (Routes(), instance.X.Length - 1);

        yield return ("a stop is left out", Text(Change(routes, 0, stops => stops[1..])));
        yield return ("a route is left out", Text(routes[1..]));
        yield return ("a stop is visited twice by one route", Text(Change(routes, 0, stops => [.. stops, stops[0]])));
        yield return ("a stop is visited by two routes", Text(Change(routes, 0, stops => [.. stops, routes[1][0]])));
        yield return ("a stop does not exist", Text(Change(routes, 0, stops => [.. stops, last + 1])));
        yield return ("the depot stands inside a route", Text(Change(routes, 0, stops => [stops[0], 0, .. stops[1..]])));
        yield return ("two routes are driven as one", Text([.. Full(instance, routes)]));
        yield return ("a route visits nobody", Text([.. routes, []]));
        yield return ("the cost is one too low", RoutingSolution.Write(routes, solution.Cost - 1));
        yield return ("the cost is one too high", RoutingSolution.Write(routes, solution.Cost + 1));
        yield return ("the cost is missing", all[..all.IndexOf("Cost", StringComparison.Ordinal)]);
        yield return ("a stop is a word", all.Replace("#1: ", "#1: x ", StringComparison.Ordinal));
        yield return ("a route is numbered wrongly", all.Replace("Route #2:", "Route #3:", StringComparison.Ordinal));
    }

    private static int[][] Change(int[][] routes, int which, Func<int[], int[]> change) =>
        [.. routes.Select((stops, k) => k == which ? change(stops) : stops)];

    private static IEnumerable<int[]> Known(RoutingInstance instance, IEnumerable<int[]> routes) =>
        routes.Select(stops => stops.Where(stop => stop < instance.X.Length).ToArray());

    /// <summary>The two fullest routes as one, which no vehicle can carry.</summary>
    private static IEnumerable<int[]> Full(RoutingInstance instance, int[][] routes)
    {
        var byLoad = routes.OrderByDescending(stops => stops.Sum(stop => instance.Demand[stop])).ToArray();
        var load = byLoad[0].Concat(byLoad[1]).Sum(stop => instance.Demand[stop]);
        if (load <= instance.Capacity) throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"two routes of {load} fit into one vehicle"));
        return byLoad[2..].Prepend([.. byLoad[0], .. byLoad[1]]);
    }
}
