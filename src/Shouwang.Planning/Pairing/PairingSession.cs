namespace Shouwang.Planning.Pairing;

/// <summary>
/// A pairing that stays optimal while elders and volunteers come, go and change: each change costs one shortest augmenting path, so only
/// the people on that path move. Sparse min-cost flow by successive shortest paths with dual prices on volunteers. 结对会话
/// </summary>
/// <remarks>
/// Invariant after every public call, with own(i) = cost of i's arc + price of its volunteer (or the unpaired cost): every arc has
/// cost + price ≥ own; price of j lies between the cost of its last used and its first free place. That is optimality (see
/// <see cref="PairingCertificate"/>). An elder's arcs lie side by side, cheapest first, so scans stop early.
/// </remarks>
public sealed partial class PairingSession
{
    private const int Unpaired = -1;
    private const int Absent = -2;
    private const long Never = long.MaxValue / 4;

    private int _elders;
    private int _volunteers;
    private int _arcs;
    private int _units;

    private int[] _first;
    private int[] _count;
    private long[] _unpaired;
    private int[] _arcOf;
    private int[] _slotOf;

    private int[] _arcTo;
    private long[] _arcCost;

    private int[] _capacity;
    private int[] _unitFirst;
    private int[] _load;
    private long[] _price;
    private long[] _placeCost;
    private int[] _slotElder;
    private long _lowestPrice;
    private long _cost;

    /// <summary>Takes the problem's arrays (copied) with nobody paired yet; call <see cref="SolveAll"/> next.</summary>
    public PairingSession(PairingProblem problem)
    {
        problem.Check();
        (_elders, _volunteers) = (problem.Elders, problem.Volunteers);
        (_arcs, _units) = (problem.ArcCost.Length, problem.LoadCost.Length);
        _first = problem.FirstArc.AsSpan(0, _elders).ToArray();
        _count = new int[_elders];
        _unpaired = [.. problem.UnpairedCost];
        _arcOf = new int[_elders];
        _slotOf = new int[_elders];
        _arcTo = [.. problem.ArcVolunteer];
        _arcCost = [.. problem.ArcCost];
        _capacity = [.. problem.Capacity];
        _unitFirst = new int[_volunteers];
        _load = new int[_volunteers];
        _price = new long[_volunteers];
        _placeCost = [.. problem.LoadCost];
        _slotElder = new int[_units];
        _mark = new int[_volunteers];
        _label = new long[_volunteers];
        _viaElder = new int[_volunteers];
        _viaArc = new int[_volunteers];
        Array.Fill(_arcOf, Absent);
        for (var i = 0; i < _elders; i++)
        {
            _count[i] = problem.FirstArc[i + 1] - problem.FirstArc[i];
            SortArcs(_first[i], _count[i]);
        }

        for (int j = 0, unit = 0; j < _volunteers; unit += _capacity[j], j++)
        {
            _unitFirst[j] = unit;
            _price[j] = _capacity[j] > 0 ? _placeCost[unit] : 0;
            _lowestPrice = Math.Min(_lowestPrice, _price[j]);
        }
    }

    /// <summary>Number of elders ever known, those removed included (ids never shift).</summary>
    public int Elders => _elders;

    /// <summary>Number of volunteers ever known, those removed included.</summary>
    public int Volunteers => _volunteers;

    /// <summary>Pairs every elder that is not yet placed; stops with the token between two elders.</summary>
    public void SolveAll(CancellationToken stop = default)
    {
        for (var i = 0; i < _elders; i++)
        {
            if ((i & 1023) == 0) stop.ThrowIfCancellationRequested();
            if (_arcOf[i] == Absent) Place(i);
        }

        _moves.Clear();
    }

    /// <summary>Elder's present volunteer, or −1.</summary>
    public int VolunteerOf(int elder) => _arcOf[elder] >= 0 ? _arcTo[_arcOf[elder]] : -1;

    /// <summary>What leaving the elder unpaired costs.</summary>
    public long UnpairedCostOf(int elder) => _unpaired[elder];

    /// <summary>How many elders the volunteer has now.</summary>
    public int LoadOf(int volunteer) => _load[volunteer];

    /// <summary>The elders of one volunteer, in no order.</summary>
    public ReadOnlySpan<int> EldersOf(int volunteer) => _slotElder.AsSpan(_unitFirst[volunteer], _load[volunteer]);

    /// <summary>The present plan with its prices and cost; removed elders show as unpaired and cost nothing.</summary>
    public PairingPlan Plan()
    {
        var volunteer = new int[_elders];
        for (var i = 0; i < _elders; i++) volunteer[i] = VolunteerOf(i);
        return new PairingPlan(volunteer, _price.AsSpan(0, _volunteers).ToArray(), _cost);
    }

    /// <summary>Cost of the present plan: arcs used, places used, elders left unpaired.</summary>
    public long Cost => _cost;

    /// <summary>The problem as it stands after all changes; removed elders keep their number, without candidates and at no cost.</summary>
    public PairingProblem Problem()
    {
        var first = new int[_elders + 1];
        List<int> to = [];
        List<long> cost = [];
        List<long> place = [];
        var unpaired = new long[_elders];
        for (var i = 0; i < _elders; i++)
        {
            unpaired[i] = _arcOf[i] == Absent ? 0 : _unpaired[i];
            for (var a = _first[i]; a < _first[i] + _count[i] && _arcOf[i] != Absent; a++)
            {
                if (_arcCost[a] >= Forbidden) continue;
                to.Add(_arcTo[a]);
                cost.Add(_arcCost[a]);
            }

            first[i + 1] = to.Count;
        }

        for (var j = 0; j < _volunteers; j++) place.AddRange(_placeCost.AsSpan(_unitFirst[j], _capacity[j]));
        var capacity = _capacity.AsSpan(0, _volunteers).ToArray();
        return new PairingProblem(_elders, _volunteers, first, [.. to], [.. cost], capacity, [.. place], unpaired);
    }

    private long OwnCost(int elder) =>
        _arcOf[elder] >= 0 ? _arcCost[_arcOf[elder]] + _price[_arcTo[_arcOf[elder]]] : _unpaired[elder];

    private void SortArcs(int first, int count)
    {
        for (var a = first + 1; a < first + count; a++)
        {
            if (_arcCost[a - 1] <= _arcCost[a]) continue;
            Array.Sort(_arcCost, _arcTo, first, count);
            return;
        }
    }
}
