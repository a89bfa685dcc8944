namespace Shouwang.Planning.MealRuns;

/// <summary>
/// A set of routes as one flat order with route starts, its neighbours per stop, and its sums: the individual of the population. 路线集
/// </summary>
internal sealed class RouteSet
{
    public readonly int[] Order;
    public readonly int[] Starts;
    public readonly int[] Successor;
    public readonly int[] Predecessor;
    public int Count;
    public int Length;
    public long Distance;
    public long OverLoad;
    public long OverTime;

    public RouteSet(int stops, int routes)
    {
        Order = new int[stops];
        Starts = new int[routes + 1];
        Successor = new int[stops + 1];
        Predecessor = new int[stops + 1];
    }

    /// <summary>True when no cart is over-full, no meal late or cold.</summary>
    public bool IsFeasible => OverLoad == 0 && OverTime == 0;

    /// <summary>Distance plus the price of what is broken.</summary>
    public long CostAt(long loadPrice, long timePrice) =>
        Distance + (((OverLoad * loadPrice) + (OverTime * timePrice)) >> LocalSearch.PriceShift);

    /// <summary>Empties the set before it is filled again.</summary>
    public void Clear() => (Count, Length) = (0, 0);

    /// <summary>Adds a stop to the open route.</summary>
    public void Append(int stop) => Order[Length++] = stop;

    /// <summary>Ends the open route.</summary>
    public void CloseRoute() => Starts[++Count] = Length;

    /// <summary>The stops of one route.</summary>
    public ReadOnlySpan<int> Route(int r) => Order.AsSpan(Starts[r], Starts[r + 1] - Starts[r]);

    /// <summary>Copies everything of another set of the same problem.</summary>
    public void CopyFrom(RouteSet other)
    {
        other.Order.CopyTo(Order, 0);
        other.Starts.CopyTo(Starts, 0);
        other.Successor.CopyTo(Successor, 0);
        other.Predecessor.CopyTo(Predecessor, 0);
        (Count, Length, Distance, OverLoad, OverTime) = (other.Count, other.Length, other.Distance, other.OverLoad, other.OverTime);
    }

    /// <summary>Recomputes neighbours, distance and what is broken.</summary>
    public void Measure(MealRunProblem p)
    {
        (Distance, OverLoad, OverTime) = (0, 0, 0);
        var timed = p.IsTimed;
        for (var r = 0; r < Count; r++)
        {
            MeasureRoute(p, Route(r), timed);
        }
    }

    private void MeasureRoute(MealRunProblem p, ReadOnlySpan<int> route, bool timed)
    {
        var load = 0;
        var last = 0;
        var whole = TimeSegmentOf(p, 0);
        for (var k = 0; k <= route.Length; k++)
        {
            var v = k < route.Length ? route[k] : 0;
            Distance += p.Distance[(last * p.Size) + v];
            load += p.Demand[v];
            if (v > 0)
            {
                Predecessor[v] = last;
                Successor[v] = k + 1 < route.Length ? route[k + 1] : 0;
            }

            if (timed)
            {
                whole = TimeSegment.Join(whole, TimeSegmentOf(p, v), p.Travel[(last * p.Size) + v]);
            }

            last = v;
        }

        OverLoad += Math.Max(0, load - p.Capacity);
        if (timed && route.Length > 0)
        {
            var end = route[^1];
            OverTime += whole.Warp + Math.Max(0, whole.Length - p.Service[end] - p.Travel[end * p.Size] - p.HotLimit);
        }
    }

    private static TimeSegment TimeSegmentOf(MealRunProblem p, int v) =>
        new() { Length = v == 0 ? 0 : p.Service[v], Early = p.Earliest[v], Late = p.Latest[v] };
}
