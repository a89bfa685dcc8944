namespace Shouwang.Planning.Pairing;

// What happens in a village between two plans. Every change returns who moved, so that the page can show the least change it made.
public sealed partial class PairingSession
{
    /// <summary>A cost no plan ever pays: the way to forbid one arc.</summary>
    public const long Forbidden = PairingProblem.LargestCost << 4;

    /// <summary>Adds an elder with her candidates and pairs her; her id is the old <see cref="Elders"/>.</summary>
    public IReadOnlyList<PairingMove> AddElder(ReadOnlySpan<int> candidates, ReadOnlySpan<long> costs, long unpairedCost)
    {
        _moves.Clear();
        Grow(ref _first, _elders + 1);
        Grow(ref _count, _elders + 1);
        Grow(ref _unpaired, _elders + 1);
        Grow(ref _arcOf, _elders + 1);
        Grow(ref _slotOf, _elders + 1);
        var elder = _elders++;
        _arcOf[elder] = Absent;
        _unpaired[elder] = unpairedCost;
        WriteArcs(elder, candidates, costs);
        Place(elder);
        return Moved();
    }

    /// <summary>Takes an elder out (moved away, died, asked for a change); her place goes to whoever gains most.</summary>
    public IReadOnlyList<PairingMove> RemoveElder(int elder)
    {
        _moves.Clear();
        Detach(elder);
        return Moved();
    }

    /// <summary>Gives a present or removed elder new candidates and costs and pairs her anew.</summary>
    public IReadOnlyList<PairingMove> ChangeElder(int elder, ReadOnlySpan<int> candidates, ReadOnlySpan<long> costs, long unpairedCost)
    {
        _moves.Clear();
        Detach(elder);
        _unpaired[elder] = unpairedCost;
        WriteArcs(elder, candidates, costs);
        Place(elder);
        return Moved();
    }

    /// <summary>Forbids one pair (a refusal by either side); nothing moves unless it was the present pair.</summary>
    public IReadOnlyList<PairingMove> Forbid(int elder, int volunteer)
    {
        var (candidates, costs) = ArcsOf(elder);
        for (var k = 0; k < candidates.Length; k++)
        {
            if (candidates[k] == volunteer) costs[k] = Forbidden;
        }

        if (VolunteerOf(elder) == volunteer) return ChangeElder(elder, candidates, costs, _unpaired[elder]);
        RewriteArcs(elder, candidates, costs);
        return [];
    }

    /// <summary>Makes one pair dearer, if it is allowed; nothing is searched while it stays her cheapest or is not hers.</summary>
    public IReadOnlyList<PairingMove> Raise(int elder, int volunteer, long by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by);
        var (candidates, costs) = ArcsOf(elder);
        var at = Array.IndexOf(candidates, volunteer);
        if (at < 0 || costs[at] >= Forbidden) return [];
        costs[at] += by;
        var isPair = VolunteerOf(elder) == volunteer;
        if (isPair && costs[at] + _price[volunteer] > CheapestOther(elder, volunteer))
            return ChangeElder(elder, candidates, costs, _unpaired[elder]);
        if (isPair) _cost += by;
        RewriteArcs(elder, candidates, costs);
        return [];
    }

    /// <summary>What the elder would cost, at today's prices, with anybody but this volunteer or with nobody.</summary>
    private long CheapestOther(int elder, int volunteer)
    {
        var least = _unpaired[elder];
        for (var a = _first[elder]; a < _first[elder] + _count[elder]; a++)
        {
            if (_arcTo[a] != volunteer) least = Math.Min(least, _arcCost[a] + _price[_arcTo[a]]);
        }

        return least;
    }

    /// <summary>
    /// Adds a volunteer with rising place costs and the elders she could visit; her id is the old <see cref="Volunteers"/>.
    /// </summary>
    public IReadOnlyList<PairingMove> AddVolunteer(ReadOnlySpan<long> placeCosts, ReadOnlySpan<int> elders, ReadOnlySpan<long> costs)
    {
        _moves.Clear();
        NeedIncoming();
        GrowVolunteers(_volunteers + 1);
        var j = _volunteers++;
        _inHead[j] = -1;
        (_capacity[j], _load[j], _unitFirst[j]) = (0, 0, _units);
        _price[j] = placeCosts.Length > 0 ? placeCosts[0] : 0;
        for (var k = 0; k < elders.Length; k++)
        {
            _price[j] = Math.Max(_price[j], OwnCost(elders[k]) - costs[k]);
            AppendArc(elders[k], j, costs[k]);
        }

        SetPlaces(j, placeCosts);
        return Moved();
    }

    /// <summary>
    /// Changes how many elders a volunteer takes and what each costs; those beyond it are paired anew. No places = she leaves.
    /// </summary>
    public IReadOnlyList<PairingMove> ChangeVolunteer(int volunteer, ReadOnlySpan<long> placeCosts)
    {
        _moves.Clear();
        var stay = Math.Min(_load[volunteer], placeCosts.Length);
        var known = _placeCost.AsSpan(_unitFirst[volunteer], _capacity[volunteer]);
        var common = Math.Min(known.Length, placeCosts.Length);
        if (!known[..common].SequenceEqual(placeCosts[..common])) stay = 0;
        var displaced = EldersOf(volunteer)[stay..].ToArray();
        foreach (var elder in displaced)
        {
            _moves.Add(new PairingMove(elder, volunteer, -1));
            Unseat(elder);
        }

        SetPlaces(volunteer, placeCosts);
        foreach (var elder in displaced) Place(elder);
        return Moved();
    }

    /// <summary>Takes a volunteer out; her elders are paired anew.</summary>
    public IReadOnlyList<PairingMove> RemoveVolunteer(int volunteer) => ChangeVolunteer(volunteer, []);

    private void SetPlaces(int j, ReadOnlySpan<long> placeCosts)
    {
        if (placeCosts.Length > _capacity[j])
        {
            Grow(ref _placeCost, _units + placeCosts.Length);
            Grow(ref _slotElder, _units + placeCosts.Length);
            Array.Copy(_slotElder, _unitFirst[j], _slotElder, _units, _load[j]);
            for (var k = 0; k < _load[j]; k++) _slotOf[_slotElder[_units + k]] = _units + k;
            _unitFirst[j] = _units;
            _units += placeCosts.Length;
        }

        _capacity[j] = placeCosts.Length;
        placeCosts.CopyTo(_placeCost.AsSpan(_unitFirst[j]));
        if (_load[j] == 0 && placeCosts.Length > 0) _price[j] = Math.Max(_price[j], placeCosts[0]);
        _lowestPrice = Math.Min(_lowestPrice, _price[j]);
        while (FillOnePlace(j))
        {
        }
    }

    private void Detach(int elder)
    {
        var j = VolunteerOf(elder);
        if (j >= 0) _moves.Add(new PairingMove(elder, j, -1));
        Unseat(elder);
        if (j >= 0) FillOnePlace(j);
    }

    /// <summary>Takes an elder out of the plan and its cost, leaving her place free.</summary>
    private void Unseat(int elder)
    {
        if (_arcOf[elder] >= 0)
        {
            _cost -= _arcCost[_arcOf[elder]];
            var j = LeaveSlot(elder);
            _cost -= _placeCost[_unitFirst[j] + _load[j]];
        }
        else if (_arcOf[elder] == Unpaired)
        {
            _cost -= _unpaired[elder];
        }

        _arcOf[elder] = Absent;
    }

    /// <summary>Writes an elder's arcs, in place when they fit, else at the end; sorted cheapest first.</summary>
    private void WriteArcs(int elder, ReadOnlySpan<int> candidates, ReadOnlySpan<long> costs)
    {
        foreach (var j in candidates) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)j, (uint)_volunteers, nameof(candidates));
        Retire(elder);
        var first = _arcs;
        GrowArcs(candidates.Length);
        candidates.CopyTo(_arcTo.AsSpan(first));
        costs.CopyTo(_arcCost.AsSpan(first));
        (_first[elder], _count[elder]) = (first, candidates.Length);
        SortArcs(first, candidates.Length);
        if (_inHead.Length == 0) return;
        for (var a = first; a < _arcs; a++) LinkIncoming(elder, a);
    }

    /// <summary>The candidates and costs of one elder as they stand, cheapest first.</summary>
    public (int[] Candidates, long[] Costs) ArcsOf(int elder) =>
        (_arcTo.AsSpan(_first[elder], _count[elder]).ToArray(), _arcCost.AsSpan(_first[elder], _count[elder]).ToArray());

    private void AppendArc(int elder, int volunteer, long cost)
    {
        var (candidates, costs) = ArcsOf(elder);
        candidates = [.. candidates, volunteer];
        costs = [.. costs, cost];
        RewriteArcs(elder, candidates, costs);
    }

    /// <summary>Writes an elder's arcs and leaves her with the volunteer she has.</summary>
    private void RewriteArcs(int elder, ReadOnlySpan<int> candidates, ReadOnlySpan<long> costs)
    {
        var present = VolunteerOf(elder);
        WriteArcs(elder, candidates, costs);
        if (present >= 0) _arcOf[elder] = ArcTo(elder, present);
    }

    private int ArcTo(int elder, int volunteer) =>
        Array.IndexOf(_arcTo, volunteer, _first[elder], _count[elder]);

    private void Retire(int elder)
    {
        if (_inHead.Length == 0) return;
        for (var a = _first[elder]; a < _first[elder] + _count[elder]; a++) _ownerOf[a] = -1;
    }

    private IReadOnlyList<PairingMove> Moved()
    {
        var whole = new SortedDictionary<int, PairingMove>();
        foreach (var move in _moves)
        {
            var from = whole.TryGetValue(move.Elder, out var earlier) ? earlier.From : move.From;
            whole[move.Elder] = new PairingMove(move.Elder, from, move.To);
        }

        _moves.Clear();
        return [.. whole.Values.Where(m => m.From != m.To)];
    }

    private void GrowArcs(int more)
    {
        Grow(ref _arcTo, _arcs + more);
        Grow(ref _arcCost, _arcs + more);
        if (_inHead.Length > 0)
        {
            Grow(ref _inNext, _arcs + more);
            Grow(ref _ownerOf, _arcs + more);
        }

        _arcs += more;
    }

    private void GrowVolunteers(int size)
    {
        Grow(ref _capacity, size);
        Grow(ref _unitFirst, size);
        Grow(ref _load, size);
        Grow(ref _price, size);
        Grow(ref _mark, size);
        Grow(ref _label, size);
        Grow(ref _viaElder, size);
        Grow(ref _viaArc, size);
        Grow(ref _inHead, size);
    }

    private static void Grow<T>(ref T[] array, int size)
    {
        if (array.Length < size) Array.Resize(ref array, Math.Max(size, array.Length + (array.Length / 2) + 16));
    }
}
