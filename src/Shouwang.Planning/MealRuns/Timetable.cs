namespace Shouwang.Planning.MealRuns;

/// <summary>Gives trips their departures: as early as the cart is there and no waiting under way is needed. 时刻表</summary>
internal static class Timetable
{
    /// <summary>The plan of trips listed in the order each cart makes them.</summary>
    public static MealRunPlan Of(MealRunProblem problem, IReadOnlyList<(int Cart, int[] Stops)> trips)
    {
        var ready = new Dictionary<int, int>();
        var planned = new List<MealTrip>(trips.Count);
        foreach (var (cart, stops) in trips)
        {
            var whole = Whole(problem, stops);
            var departure = Math.Max(ready.GetValueOrDefault(cart, problem.Earliest[0]), whole.Early);
            ready[cart] = departure + whole.Length + problem.ReloadTime;
            planned.Add(new MealTrip(cart, stops, departure));
        }

        return new MealRunPlan(planned, MealRunPlan.DistanceOf(problem, trips.Select(t => t.Stops)));
    }

    private static TimeSegment Whole(MealRunProblem p, int[] stops)
    {
        var canteen = new TimeSegment { Early = p.Earliest[0], Late = p.Latest[0] };
        var (whole, last) = (canteen, 0);
        foreach (var stop in stops)
        {
            var own = new TimeSegment { Length = p.Service[stop], Early = p.Earliest[stop], Late = p.Latest[stop] };
            whole = TimeSegment.Join(whole, own, p.Travel[(last * p.Size) + stop]);
            last = stop;
        }

        return TimeSegment.Join(whole, canteen, p.Travel[last * p.Size]);
    }
}
