using System.Runtime.CompilerServices;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Tests.Planning.MealRuns;

/// <summary>Public instances and made-up canteens for the meal run tests.</summary>
internal static class MealRunCases
{
    public static string Text(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "Instances", name));

    public static RoutingInstance R101() => SolomonFile.Read(Text("R101.txt"), DistanceRounding.Dimacs);

    public static RoutingInstance X101() => CvrpFile.Read(Text("X-n101-k25.vrp"));

    public static RoutingSolution Solve(RoutingInstance instance, long iterations)
    {
        var found = MealRunSolver.Solve(instance.ToSolvableProblem(), RunBudget.OfIterations(iterations), new MealRunOptions());
        var routes = found.Plan!.Routes;
        return RoutingSolution.Read(RoutingSolution.Write(routes, RoutingCheck.CostOf(instance, routes)));
    }

    /// <summary>
    /// A canteen in minutes: stops up to 25 minutes away, lunch from 11:00 to 13:00, trips, carts and limits by the seed.
    /// </summary>
    public static MealRunProblem Canteen(int seed, int trips, int hotLimit, int carts)
    {
        var random = new Random(seed);
        var n = random.Next(1, 30);
        var size = n + 1;
        var (x, y) = (new double[size], new double[size]);
        for (var i = 1; i < size; i++)
        {
            (x[i], y[i]) = (random.Next(-15, 16), random.Next(-15, 16));
        }

        var travel = new int[size * size];
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < size; b++)
            {
                var away = Math.Sqrt(((x[a] - x[b]) * (x[a] - x[b])) + ((y[a] - y[b]) * (y[a] - y[b])));
                travel[(a * size) + b] = a == b ? 0 : (int)Math.Ceiling(away) + random.Next(0, 3);
            }
        }

        var opens = Enumerable.Range(0, size).Select(i => i == 0 ? 600 : random.Next(660, 730)).ToArray();
        return new MealRunProblem
        {
            Distance = travel,
            Travel = travel,
            Demand = [.. Enumerable.Range(0, size).Select(i => i == 0 ? 0 : random.Next(1, 4))],
            Earliest = opens,
            Latest = [.. opens.Select((o, i) => i == 0 ? 840 : o + random.Next(15, 60))],
            Service = [.. Enumerable.Range(0, size).Select(i => i == 0 ? 0 : random.Next(1, 5))],
            Capacity = 12,
            Carts = carts,
            TripsPerCart = trips,
            ReloadTime = trips > 1 ? 10 : 0,
            HotLimit = hotLimit,
            X = x,
            Y = y,
        };
    }
}
