namespace Shouwang.Planning.MealRuns;

/// <summary>
/// Checks a meal run plan by driving it minute by minute: every stop once, no cart over-full, windows, hot food from each trip's departure,
/// one trip after the other per cart, back before closing. It shares no code with the search. 送餐校验
/// </summary>
public static class MealRunCheck
{
    /// <summary>Every broken rule in words; empty when the plan holds.</summary>
    public static IReadOnlyList<MealRunFault> Check(MealRunProblem problem, MealRunPlan plan)
    {
        var faults = new List<MealRunFault>();
        CheckVisits(problem, plan, faults);
        foreach (var trips in plan.Trips.GroupBy(t => t.Cart))
        {
            if (trips.Key < 0 || trips.Key >= problem.Carts)
            {
                faults.Add(new MealRunFault("fleet", 0, $"there is no cart {trips.Key}"));
            }

            if (trips.Count() > problem.TripsPerCart)
            {
                faults.Add(new MealRunFault(
                    "trips", 0, $"cart {trips.Key} makes {trips.Count()} trips, {problem.TripsPerCart} are allowed"));
            }

            CheckCart(problem, [.. trips], faults);
        }

        return faults;
    }

    private static void CheckVisits(MealRunProblem problem, MealRunPlan plan, List<MealRunFault> faults)
    {
        var seen = new int[problem.Size];
        foreach (var stop in plan.Trips.SelectMany(t => t.Stops))
        {
            if (stop < 1 || stop >= problem.Size)
            {
                faults.Add(new MealRunFault("visit", stop, $"there is no stop {stop}"));
            }
            else
            {
                seen[stop]++;
            }
        }

        for (var i = 1; i < seen.Length; i++)
        {
            if (seen[i] != 1)
            {
                faults.Add(new MealRunFault("visit", i, $"stop {i} is visited {seen[i]} times"));
            }
        }

        if (faults.Count == 0 && MealRunPlan.DistanceOf(problem, plan.Routes) != plan.Cost)
        {
            faults.Add(new MealRunFault(
                "cost", 0, $"the plan says {plan.Cost}, its trips cost {MealRunPlan.DistanceOf(problem, plan.Routes)}"));
        }
    }

    private static void CheckCart(MealRunProblem problem, MealTrip[] trips, List<MealRunFault> faults)
    {
        var ready = (long)problem.Earliest[0];
        foreach (var trip in trips)
        {
            if (trip.Departure < ready)
            {
                faults.Add(new MealRunFault("cart", 0, $"cart {trip.Cart} leaves at {trip.Departure}, it is ready at {ready}"));
            }

            if (trip.Stops.All(s => s > 0 && s < problem.Size))
            {
                ready = Drive(problem, trip, faults) + problem.ReloadTime;
            }
        }
    }

    private static long Drive(MealRunProblem problem, MealTrip trip, List<MealRunFault> faults)
    {
        long clock = trip.Departure, load = 0;
        var at = 0;
        foreach (var stop in trip.Stops)
        {
            clock = Math.Max(clock + problem.Travel[(at * problem.Size) + stop], problem.Earliest[stop]);
            load += problem.Demand[stop];
            if (clock > problem.Latest[stop])
            {
                faults.Add(new MealRunFault("window", stop, $"stop {stop} is served at {clock}, it closes at {problem.Latest[stop]}"));
            }

            if (clock - trip.Departure > problem.HotLimit)
            {
                faults.Add(new MealRunFault(
                    "hot-food", stop, $"stop {stop} is served {clock - trip.Departure} after departure, the limit is {problem.HotLimit}"));
            }

            clock += problem.Service[stop];
            at = stop;
        }

        if (load > problem.Capacity)
        {
            faults.Add(new MealRunFault(
                "capacity", trip.Stops[0], $"a trip of cart {trip.Cart} carries {load}, it takes {problem.Capacity}"));
        }

        clock += problem.Travel[at * problem.Size];
        if (clock > problem.Latest[0])
        {
            faults.Add(new MealRunFault("shift", 0, $"cart {trip.Cart} is back at {clock}, the canteen closes at {problem.Latest[0]}"));
        }

        return clock;
    }
}
