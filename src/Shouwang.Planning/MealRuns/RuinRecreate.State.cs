using System.Runtime.CompilerServices;

namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because one constructor lays out all arrays of the search.
/// <summary>
/// Slack induction by string removals (Christiaens and Vanden Berghe 2020) with annealing, on carts that make several trips. Every state it
/// visits keeps every hard rule; a stop that fits nowhere waits outside at a high price. Used for more than a thousand stops, for
/// carts with
/// several trips, and to re-plan from a present plan at a price per stop that changes its cart. This part holds carts, trips and sums. 破坏重建
/// </summary>
internal sealed unsafe partial class RuinRecreate
{
    private const int NearForInsertion = 100;
    private const int Outside = -1;

    private readonly MealRunProblem _p;
    private readonly RandomStream _random;
    private readonly PinnedMemory _memory = new();
    private readonly int _n;
    private readonly int _size;
    private readonly int _carts;
    private readonly int _perCart;
    private readonly int _trips;
    private readonly bool _timed;
    private readonly bool _several;
    private readonly int[][] _near;
    private readonly int* _distance;
    private readonly int* _travel;
    private readonly int* _demand;
    private readonly int* _at;
    private readonly int* _next;
    private readonly int* _prev;
    private readonly int* _trip;
    private readonly TimeSegment* _own;
    private readonly TimeSegment* _before;
    private readonly TimeSegment* _after;

    // Per trip: load, size, when its cart is ready for it and when it must be back for the next one.
    private readonly int* _load;
    private readonly int* _count;
    private readonly int* _ready;
    private readonly int* _due;

    // Per cart: how many trips, and which in which order (at cart * perCart + k).
    private readonly int* _tripsOf;
    private readonly int* _turn;
    private readonly bool[] _cartOut;
    private readonly int[] _wantedCart;
    private readonly long _changePrice;
    private readonly long _outsidePrice;
    private readonly int[] _outside;
    private int _outsideCount;
    private long _cost;

    public RuinRecreate(MealRunProblem problem, ulong seed, PresentPlan? present)
    {
        _p = problem;
        _random = new RandomStream(seed);
        _n = problem.Stops;
        _size = problem.Size;
        _perCart = Math.Min(problem.TripsPerCart, _n);
        _carts = Math.Min(problem.Carts, CartsWorthKeeping(problem, present));
        _trips = _carts * _perCart;
        _timed = problem.IsTimed;
        _several = _perCart > 1;
        _near = Neighbourhood.Build(problem, NearForInsertion, symmetric: false);
        _distance = _memory.Copy(problem.Distance);
        _travel = ReferenceEquals(problem.Travel, problem.Distance) ? _distance : _memory.Copy(problem.Travel);
        _demand = _memory.Copy(problem.Demand);
        var nodes = _n + 1 + (2 * _trips);
        _at = _memory.Ints(nodes);
        _next = _memory.Ints(nodes);
        _prev = _memory.Ints(nodes);
        _trip = _memory.Ints(nodes);
        _own = _memory.Make<TimeSegment>(nodes);
        _before = _memory.Make<TimeSegment>(nodes);
        _after = _memory.Make<TimeSegment>(nodes);
        _load = _memory.Ints(_trips);
        _count = _memory.Ints(_trips);
        _ready = _memory.Ints(_trips);
        _due = _memory.Ints(_trips);
        _tripsOf = _memory.Ints(_carts);
        _turn = _memory.Ints(_trips);
        _cartOut = new bool[_carts];
        _wantedCart = new int[_size];
        _changePrice = present?.ChangePrice ?? 0;
        _outsidePrice = 4L * problem.Distance.Max() + _changePrice + 1;
        _outside = new int[_n];
        _undo = new int[(4 * _n) + (3 * _trips) + (2 * _carts) + 8];
        _touched = new int[_carts];
        _isTouched = new bool[_carts];
        _ruined = new int[_trips];
        _keys = new long[_n];
        _wasOutside = new int[_n];
        _bestStops = new int[_n];
        _bestTrips = new int[_trips];
        _bestCarts = new int[_trips];
        Reset();
        Start(present);
    }

    /// <summary>The present plan may use any cart; a fresh one never needs more than one cart per stop.</summary>
    private static int CartsWorthKeeping(MealRunProblem p, PresentPlan? present) =>
        present is null ? p.Stops : Math.Max(p.Carts, 1);

    private void Reset()
    {
        for (var v = 0; v < _n + 1 + (2 * _trips); v++)
        {
            var at = v <= _n ? v : 0;
            _at[v] = at;
            _own[v] = new TimeSegment { Length = at == 0 ? 0 : _p.Service[at], Early = _p.Earliest[at], Late = _p.Latest[at] };
            _trip[v] = v <= _n ? Outside : (v - _n - 1) % _trips;
        }

        for (var t = 0; t < _trips; t++)
        {
            Link(First(t), Last(t));
            RefreshTrip(t);
        }

        for (var i = 1; i <= _n; i++)
        {
            _outside[i - 1] = i;
            _wantedCart[i] = Outside;
        }

        _outsideCount = _n;
        _cost = _n * _outsidePrice;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int First(int trip) => _n + 1 + trip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Last(int trip) => _n + 1 + _trips + trip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDepot(int node) => node > _n;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int D(int a, int b) => _distance[(_at[a] * _size) + _at[b]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int T(int a, int b) => _travel[(_at[a] * _size) + _at[b]];

    private void Link(int a, int b)
    {
        _next[a] = b;
        _prev[b] = a;
    }

    private long PriceOfCart(int stop, int cart) =>
        _changePrice > 0 && _wantedCart[stop] != Outside && _wantedCart[stop] != cart ? _changePrice : 0;

    /// <summary>Recomputes the sums of one trip after its links changed.</summary>
    private void RefreshTrip(int t)
    {
        int load = 0, count = 0, v = First(t);
        _before[v] = _own[v];
        while (v != Last(t))
        {
            var w = _next[v];
            _trip[w] = t;
            load += _demand[_at[w]];
            count++;
            if (_timed)
            {
                _before[w] = TimeSegment.Join(_before[v], _own[w], T(v, w));
            }

            v = w;
        }

        (_load[t], _count[t]) = (load, count - 1);
        if (!_timed)
        {
            return;
        }

        _after[v] = _own[v];
        for (; v != First(t); v = _prev[v])
        {
            var u = _prev[v];
            _after[u] = TimeSegment.Join(_own[u], _after[v], T(u, v));
        }
    }

    /// <summary>Drops empty trips of a cart and recomputes when it is ready for each of the others and when it must be back.</summary>
    private void RefreshCart(int cart)
    {
        var turn = _turn + (cart * _perCart);
        var kept = 0;
        for (var k = 0; k < _tripsOf[cart]; k++)
        {
            if (_count[turn[k]] > 0)
            {
                turn[kept++] = turn[k];
            }
        }

        _tripsOf[cart] = kept;
        if (!_several)
        {
            return;
        }

        var ready = _p.Earliest[0];
        for (var k = 0; k < kept; k++)
        {
            ref var whole = ref _before[Last(turn[k])];
            _ready[turn[k]] = ready;
            ready = Math.Max(ready, whole.Early) + whole.Length + _p.ReloadTime;
        }

        var due = _p.Latest[0];
        for (var k = kept - 1; k >= 0; k--)
        {
            ref var whole = ref _before[Last(turn[k])];
            _due[turn[k]] = due;
            due = Math.Min(whole.Late, due - whole.Length) - _p.ReloadTime;
        }
    }

    /// <summary>
    /// True when a trip of these times, ending at this stop, keeps windows and hot food and fits between its cart's other trips.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Fits(in TimeSegment whole, int lastStop, int ready, int due)
    {
        if (whole.Warp > 0 || whole.Length - _own[lastStop].Length - _travel[lastStop * _size] > _p.HotLimit)
        {
            return false;
        }

        if (!_several)
        {
            return true;
        }

        var start = Math.Max(ready, whole.Early);
        return start <= whole.Late && start + whole.Length <= due;
    }
}

/// <summary>
/// The plan that people already know: its trips, the price of moving one stop to another cart, and the carts that cannot go today. 现行计划
/// </summary>
public sealed record PresentPlan(IReadOnlyList<MealTrip> Trips, long ChangePrice, IReadOnlyCollection<int> CartsOut);
