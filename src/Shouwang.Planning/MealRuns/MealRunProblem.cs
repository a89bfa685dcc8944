namespace Shouwang.Planning.MealRuns;

/// <summary>
/// What has to be carried from one canteen to many stops: who wants how many meals, when, how far everything is. Node 0 is the canteen,
/// 1..n are the stops; matrices are row-major (n+1)×(n+1) and need not be symmetric. Times and distances are whole numbers in any one
/// unit. 送餐
/// </summary>
public sealed class MealRunProblem
{
    /// <summary>A time or limit that never binds; small enough that sums of a few never overflow.</summary>
    public const int Never = 1 << 28;

    /// <summary>Cost of going from a to b, at [a * Size + b]; what the plan minimises.</summary>
    public required int[] Distance { get; init; }

    /// <summary>Time of going from a to b; may be the same array as <see cref="Distance"/>.</summary>
    public required int[] Travel { get; init; }

    /// <summary>Meals (or any load) per node; 0 at the canteen.</summary>
    public required int[] Demand { get; init; }

    /// <summary>Opening of each node's window; at index 0 the time the first cart may leave.</summary>
    public required int[] Earliest { get; init; }

    /// <summary>Latest begin of the hand-over at each node; at index 0 the time the last cart must be back.</summary>
    public required int[] Latest { get; init; }

    /// <summary>Time spent at each stop.</summary>
    public required int[] Service { get; init; }

    /// <summary>What one cart carries on one trip.</summary>
    public required int Capacity { get; init; }

    /// <summary>How many carts there are.</summary>
    public required int Carts { get; init; }

    /// <summary>Hot food: the hand-over begins at most this long after the trip left the canteen.</summary>
    public int HotLimit { get; init; } = Never;

    /// <summary>How many trips one cart may make one after the other.</summary>
    public int TripsPerCart { get; init; } = 1;

    /// <summary>Time between a cart's return and its next departure.</summary>
    public int ReloadTime { get; init; }

    /// <summary>Coordinates, used only to order and pair neighbouring trips; null when only the matrices are known.</summary>
    public double[]? X { get; init; }

    /// <summary>See <see cref="X"/>.</summary>
    public double[]? Y { get; init; }

    /// <summary>Number of stops.</summary>
    public int Stops => Demand.Length - 1;

    /// <summary>Number of nodes, the canteen included; the stride of the matrices.</summary>
    public int Size => Demand.Length;

    /// <summary>True when windows, a shift end or the hot-food limit can bind.</summary>
    public bool IsTimed =>
        HotLimit < Never || TripsPerCart > 1 || Array.Exists(Latest, l => l < Never) || Array.Exists(Earliest, e => e > 0);

    /// <summary>
    /// The first reason why no plan can exist, or null: one stop alone that cannot be served, or more load than all trips can carry.
    /// A null does not prove that a plan exists. Times in the words are divided by <paramref name="unit"/>.
    /// </summary>
    public MealRunFault? FindFault(double unit = 1)
    {
        for (var i = 1; i < Size; i++)
        {
            var fault = FaultOf(i, unit);
            if (fault is not null)
            {
                return fault;
            }
        }

        var total = 0L;
        foreach (var d in Demand)
        {
            total += d;
        }

        var room = (long)Capacity * Carts * TripsPerCart;
        return total > room ? new MealRunFault("fleet", 0, $"all stops together want {total}, all trips together carry {room}") : null;
    }

    private MealRunFault? FaultOf(int stop, double unit)
    {
        if (Demand[stop] > Capacity)
        {
            return new MealRunFault("capacity", stop, $"stop {stop} wants {Demand[stop]}, a cart carries {Capacity}");
        }

        var arrival = Math.Max(Earliest[0] + Travel[stop], Earliest[stop]);
        if (Earliest[stop] > Latest[stop] || arrival > Latest[stop])
        {
            return new MealRunFault(
                "window", stop, $"stop {stop} closes at {Latest[stop] / unit} and cannot be served before {arrival / unit}");
        }

        if (Travel[stop] > HotLimit)
        {
            return new MealRunFault("hot-food", stop, $"stop {stop} is {Travel[stop] / unit} away, food stays hot for {HotLimit / unit}");
        }

        var back = arrival + Service[stop] + Travel[stop * Size];
        return back > Latest[0]
            ? new MealRunFault("shift", stop, $"from stop {stop} a cart is back at {back / unit}, the canteen closes at {Latest[0] / unit}")
            : null;
    }
}

/// <summary>Which constraint fails, at which stop (0: the whole problem), in words. 冲突</summary>
public sealed record MealRunFault(string Constraint, int Stop, string Message);
