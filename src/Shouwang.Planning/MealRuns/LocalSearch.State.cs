using System.Runtime.CompilerServices;

namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because one constructor lays out all arrays of the search.
/// <summary>
/// The local search of the hybrid genetic search: a set of routes as linked lists with running sums, improved by small moves until none
/// helps. Over-full carts, late and cold meals are allowed at a price (Vidal 2022; time windows: Vidal et al. 2013). This part holds the
/// routes and their sums. All arrays are pinned and read through pointers, so the move kernels carry no bounds checks. 局部搜索
/// </summary>
internal sealed unsafe partial class LocalSearch
{
    /// <summary>Prices are fixed-point numbers with this many fractional bits.</summary>
    public const int PriceShift = 6;

    private readonly MealRunProblem _problem;
    private readonly RandomStream _random;
    private readonly PinnedMemory _memory = new();
    private readonly int _n;
    private readonly int _size;
    private readonly int _routes;
    private readonly bool _timed;
    private readonly bool _hot;
    private readonly int _hotLimit;
    private readonly int _capacity;

    // Nodes: stops are 1..n, the start of route r is n+1+r, its end n+1+R+r; _at maps both depots to 0.
    private readonly int* _distance;
    private readonly int* _travel;
    private readonly int* _demand;
    private readonly int* _service;
    private readonly int* _at;
    private readonly int* _next;
    private readonly int* _prev;
    private readonly int* _route;
    private readonly int* _position;
    private readonly int* _loadTo;
    private readonly int* _turnTo;
    private readonly int* _angle;
    private readonly TimeSegment* _own;
    private readonly TimeSegment* _before;
    private readonly TimeSegment* _after;

    // Per route.
    private readonly int* _routeLoad;
    private readonly int* _routeSize;
    private readonly long* _routePrice;
    private readonly int* _routeChanged;
    private readonly int* _routeTurn;
    private readonly int* _sectorFrom;
    private readonly int* _sectorTo;

    private readonly int[][] _near;
    private readonly int[] _orderStops;
    private readonly int[] _orderRoutes;
    private readonly bool _hasAngles;
    private int _moves;
    private long _loadPrice;
    private long _timePrice;

    public LocalSearch(MealRunProblem problem, int routes, int[][] near, RandomStream random)
    {
        (_problem, _random, _n, _size, _routes) = (problem, random, problem.Stops, problem.Size, routes);
        (_timed, _hotLimit, _capacity) = (problem.IsTimed, problem.HotLimit, problem.Capacity);
        _hot = _hotLimit < MealRunProblem.Never;
        _near = [.. near.Select(l => l.ToArray())];
        _distance = _memory.Copy(problem.Distance);
        _travel = ReferenceEquals(problem.Travel, problem.Distance) ? _distance : _memory.Copy(problem.Travel);
        _demand = _memory.Copy(problem.Demand);
        _service = _memory.Copy(problem.Service);
        var nodes = _n + 1 + (2 * routes);
        _at = _memory.Ints(nodes);
        _next = _memory.Ints(nodes);
        _prev = _memory.Ints(nodes);
        _route = _memory.Ints(nodes);
        _position = _memory.Ints(nodes);
        _loadTo = _memory.Ints(nodes);
        _turnTo = _memory.Ints(nodes);
        _own = _memory.Make<TimeSegment>(nodes);
        _before = _memory.Make<TimeSegment>(nodes);
        _after = _memory.Make<TimeSegment>(nodes);
        _routeLoad = _memory.Ints(routes);
        _routeSize = _memory.Ints(routes);
        _routeChanged = _memory.Ints(routes);
        _routeTurn = _memory.Ints(routes);
        _sectorFrom = _memory.Ints(routes);
        _sectorTo = _memory.Ints(routes);
        _routePrice = _memory.Make<long>(routes);
        _lastTested = _memory.Ints(_n + 1);
        _lastStarTested = _memory.Ints(routes);
        _best = _memory.Make<BestThree>(routes * (_n + 1));
        _removal = _memory.Ints(_n + 1);
        _angle = _memory.Copy(Angles.Of(problem));
        _hasAngles = problem.X is not null;
        _orderStops = [.. Enumerable.Range(1, _n)];
        _orderRoutes = [.. Enumerable.Range(0, routes)];
        for (var v = 0; v < nodes; v++)
        {
            var at = v <= _n ? v : 0;
            _at[v] = at;
            var length = at == 0 ? 0 : problem.Service[at];
            _own[v] = new TimeSegment { Length = length, Early = problem.Earliest[at], Late = problem.Latest[at] };
        }

        for (var r = 0; r < routes; r++)
        {
            (_route[Start(r)], _route[End(r)]) = (r, r);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Start(int route) => _n + 1 + route;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int End(int route) => _n + 1 + _routes + route;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDepot(int node) => node > _n;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int D(int a, int b) => _distance[(_at[a] * _size) + _at[b]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int T(int a, int b) => _travel[(_at[a] * _size) + _at[b]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long PriceOfLoad(int load) => load <= _capacity ? 0 : ((load - _capacity) * _loadPrice) >> PriceShift;

    /// <summary>
    /// What the finished route would cost in warp and cold food: head, then the kept tail from node <paramref name="tail"/> on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Close(in TimeSegment head, int headLast, int tail)
    {
        var travel = T(headLast, tail);
        var excess = (long)TimeSegment.JoinedWarp(head, _after[tail], travel);
        if (_hot)
        {
            excess += Cold(TimeSegment.JoinedLength(head, _after[tail], travel), IsDepot(tail) ? headLast : _prev[End(_route[tail])]);
        }

        return (excess * _timePrice) >> PriceShift;
    }

    /// <summary>How much longer than the hot limit the last hand-over comes after the departure, for a route of this length.</summary>
    private int Cold(int length, int last) =>
        IsDepot(last) ? 0 : Math.Max(0, length - _service[last] - _travel[last * _size] - _hotLimit);

    /// <summary>Takes over the routes of a solution under the given prices; unused routes stay empty.</summary>
    public void Load(RouteSet solution, long loadPrice, long timePrice)
    {
        (_loadPrice, _timePrice) = (loadPrice, timePrice);
        NextEpoch();
        for (var r = 0; r < _routes; r++)
        {
            var last = Start(r);
            for (var k = r < solution.Count ? solution.Starts[r] : 0; r < solution.Count && k < solution.Starts[r + 1]; k++)
            {
                Link(last, solution.Order[k]);
                last = solution.Order[k];
            }

            Link(last, End(r));
            Refresh(r);
        }
    }

    /// <summary>Makes everything remembered about earlier routes older than the routes now loaded.</summary>
    private void NextEpoch()
    {
        if (_moves > int.MaxValue / 2)
        {
            _moves = 0;
            new Span<int>(_lastTested, _n + 1).Clear();
            new Span<int>(_lastStarTested, _routes).Clear();
            new Span<BestThree>(_best, _routes * (_n + 1)).Clear();
        }

        _moves++;
    }

    /// <summary>Writes the non-empty routes into <paramref name="solution"/>, ordered around the canteen, and its sums.</summary>
    public void Save(RouteSet solution)
    {
        var order = _orderRoutes.AsSpan();
        var keys = _saveKeys ??= new int[_routes];
        for (var i = 0; i < _routes; i++)
        {
            keys[i] = _routeSize[order[i]] == 0 ? int.MaxValue : _hasAngles ? Middle(order[i]) : order[i];
        }

        Array.Sort(keys, _orderRoutes);
        solution.Clear();
        foreach (var r in _orderRoutes)
        {
            for (var v = _next[Start(r)]; !IsDepot(v); v = _next[v])
            {
                solution.Append(v);
            }

            if (_routeSize[r] > 0)
            {
                solution.CloseRoute();
            }
        }

        solution.Measure(_problem);
    }

    private int[]? _saveKeys;

    /// <summary>Direction of the centre of a route, as an angle of 65536 parts.</summary>
    private int Middle(int r)
    {
        double x = 0, y = 0;
        for (var v = _next[Start(r)]; !IsDepot(v); v = _next[v])
        {
            x += _problem.X![v];
            y += _problem.Y![v];
        }

        return Angles.Between(_problem.X![0], _problem.Y![0], x / _routeSize[r], y / _routeSize[r]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Link(int a, int b)
    {
        _next[a] = b;
        _prev[b] = a;
    }

    /// <summary>Recomputes all sums of one route after its links changed.</summary>
    private void Refresh(int r)
    {
        int load = 0, turn = 0, position = 0, from = 0, to = 0;
        var v = Start(r);
        (_position[v], _loadTo[v], _turnTo[v]) = (0, 0, 0);
        _before[v] = _own[v];
        while (v != End(r))
        {
            var w = _next[v];
            _route[w] = r;
            _position[w] = ++position;
            load += _demand[_at[w]];
            _loadTo[w] = load;
            turn += D(w, v) - D(v, w);
            _turnTo[w] = turn;
            if (_timed)
            {
                _before[w] = TimeSegment.Join(_before[v], _own[w], T(v, w));
            }

            if (!IsDepot(w))
            {
                Angles.Extend(ref from, ref to, _angle[w], position == 1);
            }

            v = w;
        }

        (_routeLoad[r], _routeSize[r], _routeTurn[r]) = (load, position - 1, turn);
        (_sectorFrom[r], _sectorTo[r], _routeChanged[r]) = (from, to, _moves);
        _routePrice[r] = PriceOfLoad(load) + (_timed ? RefreshBackwards(r) : 0);
    }

    private long RefreshBackwards(int r)
    {
        var v = End(r);
        _after[v] = _own[v];
        for (; v != Start(r); v = _prev[v])
        {
            var u = _prev[v];
            _after[u] = TimeSegment.Join(_own[u], _after[v], T(u, v));
        }

        var whole = _before[End(r)];
        long excess = whole.Warp;
        if (_hot)
        {
            excess += Cold(whole.Length, _prev[End(r)]);
        }

        return (excess * _timePrice) >> PriceShift;
    }
}
