namespace Shouwang.Planning.MealRuns;

/// <summary>One trip: which cart, which stops in which order, and when it leaves the canteen. 送餐路线</summary>
public sealed record MealTrip(int Cart, int[] Stops, int Departure);

/// <summary>The trips of all carts, in the order each cart makes them, and what they cost together. 送餐计划</summary>
public sealed record MealRunPlan(IReadOnlyList<MealTrip> Trips, long Cost)
{
    /// <summary>The stops of every trip, without carts and times.</summary>
    public int[][] Routes => [.. Trips.Select(t => t.Stops)];

    /// <summary>Plain distance of a list of routes.</summary>
    public static long DistanceOf(MealRunProblem problem, IEnumerable<int[]> routes)
    {
        var sum = 0L;
        foreach (var route in routes)
        {
            var at = 0;
            foreach (var stop in route)
            {
                sum += problem.Distance[(at * problem.Size) + stop];
                at = stop;
            }

            sum += problem.Distance[at * problem.Size];
        }

        return sum;
    }
}
