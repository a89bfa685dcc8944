using System.Runtime.CompilerServices;

namespace Shouwang.Planning.Rounds;

// Longer than 40 lines because one constructor lays out all arrays of the search.
/// <summary>Running sums of a plan, copied whole when a move is taken back.</summary>
internal struct RoundsSums
{
    public long Travel;
    public long Late;
    public int WorstLate;
    public double Price;
    public int LeftOut;
    public long Wait;
    public int LongestWait;
    public long Extra;
    public int Idle;
    public long Workload;
    public double Unbalance;
    public int Missed;
    public double Cost;
}

/// <summary>
/// The state of one search: routes as linked lists of visits, their start times, and a log with which a refused move is taken back.
/// Start times are the least that satisfy route order, windows and the gaps of linked visits; a change spreads only as far as times
/// really change.
/// Parts: this file (state), Annealer.Times (spreading), Annealer.Accounts (per-route sums), Annealer.Moves, Annealer.Search.
/// </summary>
internal sealed unsafe partial class Annealer
{
    private readonly RoundsTables _tables;
    private readonly RoundsPrices _prices;
    private readonly bool _rich;
    private readonly int _visits;
    private readonly int _carers;
    private readonly int _places;
    private readonly int[] _state;
    private readonly int[] _best;
    private readonly int[] _logAt;
    private readonly int[] _logOld;
    private readonly int* _base;
    private readonly int* _pred;
    private readonly int* _succ;
    private readonly int* _carer;
    private readonly int* _start;
    private readonly int* _tard;
    private readonly int* _second;
    private readonly int* _lunch;
    private readonly int* _wait;
    private readonly int* _longWait;
    private readonly int* _work;
    private readonly int* _idle;
    private readonly int* _extra;
    private readonly int* _missed;
    private readonly int* _travel;
    private readonly int* _place;
    private readonly int* _duration;
    private readonly int* _mate;
    private readonly int* _open;
    private readonly int* _due;
    private readonly int* _secondOpen;
    private readonly int* _secondDue;
    private readonly int* _near;
    private int _logCount;
    private RoundsSums _sums;
    private RoundsSums _saved;
    private RoundsRandom _random;

    public Annealer(RoundsTables tables, RoundsPrices prices, ulong seed)
    {
        _tables = tables;
        _prices = prices;
        _rich = !_prices.OnlyTravelAndTardiness;
        (_visits, _carers, _places) = (tables.Visits, tables.Carers, tables.Places);
        _random = new(seed);
        var nodes = tables.Nodes;
        _state = GC.AllocateArray<int>(4 * nodes + 2 * _visits + 7 * _carers, pinned: true);
        _best = new int[_state.Length];
        _logAt = new int[64 * (_visits + 64)];
        _logOld = new int[_logAt.Length];
        _base = Pointer(_state);
        _pred = _base;
        _succ = _pred + nodes;
        _carer = _succ + nodes;
        _start = _carer + nodes;
        _tard = _start + nodes;
        _second = _tard + _visits;
        _lunch = _second + _visits;
        _wait = _lunch + _carers;
        _longWait = _lunch + 2 * _carers;
        _work = _lunch + 3 * _carers;
        _idle = _lunch + 4 * _carers;
        _extra = _lunch + 5 * _carers;
        _missed = _lunch + 6 * _carers;
        _travel = Pointer(tables.Travel);
        _place = Pointer(tables.Place);
        _duration = Pointer(tables.Duration);
        _mate = Pointer(tables.Mate);
        _open = Pointer(tables.Open);
        _due = Pointer(tables.Due);
        _secondOpen = Pointer(tables.SecondOpen);
        _secondDue = Pointer(tables.SecondDue);
        _near = Pointer(tables.Near);
        _pending = new int[_visits + 1];
        _isPending = new bool[_visits];
        _seen = new int[_visits];
        _original = new int[_visits];
        _dirty = new int[_carers + 1];
        _isDirty = new bool[_carers];
        _routeNodes = new int[_visits + 1];
        if (tables.Problem.Lunch is { } lunch)
        {
            (_lunchStart, _lunchLength) = (lunch.Start, lunch.Length);
            _lunchEnd = lunch.End;
        }
        for (var c = 0; c < _carers; c++) _lunch[c] = -1;
    }

    /// <summary>Cost of the present plan, before <see cref="RoundsProblem.CostFactor"/>.</summary>
    public double Cost => _sums.Cost;

    /// <summary>Cost of the best plan found.</summary>
    public double BestCost { get; private set; } = double.MaxValue;

    /// <summary>Cost in the source's terms per unit of <see cref="Cost"/>.</summary>
    public double CostFactor => _tables.Problem.CostFactor;

    private static int* Pointer(int[] pinned) => (int*)Unsafe.AsPointer(ref pinned[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Distance(int from, int to) => _travel[_place[from] * _places + _place[to]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int* field, int index, int value)
    {
        var at = field + index;
        _logAt[_logCount] = (int)(at - _base);
        _logOld[_logCount++] = *at;
        *at = value;
    }

    private void Begin()
    {
        _logCount = 0;
        _saved = _sums;
        _highest = 0;
        _gain = 0;
        _move++;
        _worstMayDrop = false;
    }

    /// <summary>Takes the whole move back.</summary>
    private void Undo()
    {
        for (var i = _logCount - 1; i >= 0; i--) _base[_logAt[i]] = _logOld[i];
        _logCount = 0;
        _sums = _saved;
        ForgetPending();
        ForgetDirty();
    }

    /// <summary>Takes a visit out of its route; the times behind it are brought up to date by <see cref="Spread"/>.</summary>
    private void Unlink(int visit)
    {
        var (before, after, carer) = (_pred[visit], _succ[visit], _carer[visit]);
        Set(_succ, before, after);
        Set(_pred, after, before);
        Set(_carer, visit, -1);
        _sums.Travel += Distance(before, after) - Distance(before, visit) - Distance(visit, after);
        _sums.Price -= _tables.Price[visit * _carers + carer];
        if (_lunch[carer] == visit) Set(_lunch, carer, after);
        Touch(after);
        Soil(carer);
    }

    /// <summary>Puts an unlinked visit into a route behind another node.</summary>
    private void Link(int visit, int before)
    {
        var (after, carer) = (_succ[before], _carer[before]);
        Set(_succ, before, visit);
        Set(_pred, after, visit);
        Set(_pred, visit, before);
        Set(_succ, visit, after);
        Set(_carer, visit, carer);
        _sums.Travel += Distance(before, visit) + Distance(visit, after) - Distance(before, after);
        _sums.Price += _tables.Price[visit * _carers + carer];
        var start = Math.Max(Ready(visit), _open[visit]);
        Set(_start, visit, start);
        Reckon(visit, start >= _secondOpen[visit] ? start - _secondDue[visit] : start - _due[visit]);
        Touch(visit);
        Touch(after);
        Soil(carer);
    }

    /// <summary>Keeps the present plan as the best.</summary>
    private void Keep()
    {
        BestCost = _sums.Cost;
        _state.AsSpan().CopyTo(_best);
    }

    /// <summary>Goes back to the best plan.</summary>
    public void Return()
    {
        _best.AsSpan().CopyTo(_state);
        Recount();
    }

    /// <summary>Takes over another search's best plan.</summary>
    public void Adopt(Annealer other)
    {
        other._best.AsSpan().CopyTo(_best);
        Return();
        Keep();
    }
}
