namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because the inner loop takes its tables and offsets as parameters.
/// <summary>
/// Cuts one long order of all stops into trips at least cost (Prins 2004; Bellman over cut points). Over-full and late trips are
/// priced, trips
/// beyond one and a half carts are not looked at (Vidal 2022, §3.2). 切分
/// </summary>
internal sealed class Split
{
    private readonly MealRunProblem _p;
    private readonly int _routes;
    private readonly bool _timed;
    private readonly long[] _cost;
    private readonly int[] _cut;
    private readonly TimeSegment[] _own;
    private long[]? _costOf;
    private int[]? _cutOf;

    public Split(MealRunProblem problem, int routes)
    {
        (_p, _routes, _timed) = (problem, routes, problem.IsTimed);
        _cost = new long[problem.Stops + 1];
        _cut = new int[problem.Stops + 1];
        _own = new TimeSegment[problem.Size];
        for (var i = 0; i < problem.Size; i++)
        {
            _own[i] = new TimeSegment { Length = i == 0 ? 0 : problem.Service[i], Early = problem.Earliest[i], Late = problem.Latest[i] };
        }
    }

    /// <summary>Cuts <paramref name="tour"/> into <paramref name="into"/> at the given prices.</summary>
    public void Run(int[] tour, RouteSet into, long loadPrice, long timePrice)
    {
        var n = tour.Length;
        Array.Fill(_cost, long.MaxValue);
        _cost[0] = 0;
        for (var i = 0; i < n; i++)
        {
            Extend(tour, i, _cost, 0, _cut, 0, (loadPrice, timePrice));
        }

        var count = 0;
        for (var k = n; k > 0; k = _cut[k])
        {
            count++;
        }

        if (count > _routes)
        {
            count = RunLimited(tour, (loadPrice, timePrice));
        }

        for (int k = n, r = count; k > 0; r--)
        {
            into.Starts[r] = k;
            k = _cut[k];
        }

        tour.CopyTo(into.Order, 0);
        (into.Count, into.Length, into.Starts[0]) = (count, n, 0);
        into.Measure(_p);
    }

    /// <summary>Prices every trip that begins at position i of the tour and relaxes the cut behind its last stop.</summary>
    private void Extend(int[] tour, int i, long[] cost, int to, int[] cut, int toCut, (long Load, long Time) price, int from = 0)
    {
        var baseCost = cost[from + i];
        if (baseCost == long.MaxValue)
        {
            return;
        }

        int load = 0, last = 0, distance = 0, size = _p.Size;
        var head = _own[0];
        var limit = _p.Capacity * 3L / 2;
        for (var j = i; j < tour.Length; j++)
        {
            var v = tour[j];
            load += _p.Demand[v];
            distance += _p.Distance[(last * size) + v];
            var over = 0L;
            if (_timed)
            {
                head = TimeSegment.Join(head, _own[v], _p.Travel[(last * size) + v]);
                over = Broken(head, v) * price.Time;
            }

            last = v;
            over += Math.Max(0, load - _p.Capacity) * price.Load;
            var total = baseCost + distance + _p.Distance[v * size] + (over >> LocalSearch.PriceShift);
            if (total < cost[to + j + 1])
            {
                cost[to + j + 1] = total;
                cut[toCut + j + 1] = i;
            }

            if (load > limit)
            {
                return;
            }
        }
    }

    private long Broken(in TimeSegment head, int last)
    {
        var back = _p.Travel[last * _p.Size];
        var warp = TimeSegment.JoinedWarp(head, _own[0], back);
        return warp + Math.Max(0L, TimeSegment.JoinedLength(head, _own[0], back) - _p.Service[last] - back - _p.HotLimit);
    }

    /// <summary>The same with at most as many trips as there are carts, one layer per trip.</summary>
    private int RunLimited(int[] tour, (long Load, long Time) price)
    {
        int n = tour.Length, stride = n + 1;
        _costOf ??= new long[(_routes + 1) * stride];
        _cutOf ??= new int[(_routes + 1) * stride];
        Array.Fill(_costOf, long.MaxValue);
        _costOf[0] = 0;
        for (var r = 0; r < _routes; r++)
        {
            for (var i = 0; i < n; i++)
            {
                Extend(tour, i, _costOf, (r + 1) * stride, _cutOf, (r + 1) * stride, price, r * stride);
            }
        }

        var best = 0;
        for (var r = 1; r <= _routes; r++)
        {
            best = best == 0 || _costOf[(r * stride) + n] < _costOf[(best * stride) + n] ? r : best;
        }

        if (_costOf[(best * stride) + n] == long.MaxValue)
        {
            return CutEvenly(n);
        }

        for (int r = best, k = n; r > 0; r--)
        {
            _cut[k] = _cutOf[(r * stride) + k];
            k = _cut[k];
        }

        return best;
    }

    /// <summary>When even one-and-a-half-full carts are too few: equal pieces, to be repaired by the local search.</summary>
    private int CutEvenly(int n)
    {
        var count = Math.Min(_routes, n);
        var previous = 0;
        for (var r = 1; r <= count; r++)
        {
            var k = (int)((long)n * r / count);
            _cut[k] = previous;
            previous = k;
        }

        return count;
    }
}
