namespace Shouwang.Planning.Pairing;

// The backward search: a place has become free, who should come into it? Runs against the arcs, so it needs each volunteer's incoming arcs.
public sealed partial class PairingSession
{
    private int[] _inHead = [];
    private int[] _inNext = [];
    private int[] _ownerOf = [];

    /// <summary>Fills one free place of volunteer <paramref name="j"/> if that makes the plan cheaper; returns whether it did.</summary>
    private bool FillOnePlace(int j)
    {
        if (_load[j] >= _capacity[j]) return false;
        var gain = _price[j] - _placeCost[_unitFirst[j] + _load[j]];
        if (gain <= 0) return false;
        var (bound, end, settled) = SearchBack(j, gain);
        for (var s = 0; s < settled; s++)
        {
            var k = _settled[s];
            if (_label[k] < bound) _price[k] -= bound - _label[k];
            _lowestPrice = Math.Min(_lowestPrice, _price[k]);
        }

        if (end.Volunteer < 0 && end.Elder < 0) return false;
        _cost += bound - gain;
        AugmentBack(j, end);
        return true;
    }

    /// <summary>The cheapest way, in reduced costs below <paramref name="bound"/>, to bring somebody into volunteer j.</summary>
    private (long Bound, PathEnd End, int Settled) SearchBack(int j, long bound)
    {
        NeedIncoming();
        NewSearch();
        _heap.Clear();
        var end = new PathEnd(-1, -1);
        var settled = 0;
        _mark[j] = _stamp;
        _label[j] = 0;
        _heap.Push(0, j);
        while (_heap.TryPop(out var key, out var k) && key < bound)
        {
            if (key > _label[k]) continue;
            if (settled == _settled.Length) Array.Resize(ref _settled, settled * 2);
            _settled[settled++] = k;
            if (k != j && _load[k] > 0)
            {
                var total = key + _price[k] - _placeCost[_unitFirst[k] + _load[k] - 1];
                if (total < bound) (bound, end) = (total, new PathEnd(-1, k));
            }

            for (var a = _inHead[k]; a >= 0; a = _inNext[a]) LabelBack(a, key, ref bound, ref end);
        }

        return (bound, end, settled);
    }

    /// <summary>Labels the present volunteer of the elder who owns arc <paramref name="a"/>, or ends at her if she has none.</summary>
    private void LabelBack(int a, long key, ref long bound, ref PathEnd end)
    {
        var elder = _ownerOf[a];
        if (elder < 0 || _arcOf[elder] == a || _arcOf[elder] == Absent) return;
        var label = key + _arcCost[a] + _price[_arcTo[a]] - OwnCost(elder);
        if (label >= bound) return;
        if (_arcOf[elder] == Unpaired)
        {
            (bound, end) = (label, new PathEnd(elder, a));
            return;
        }

        var from = _arcTo[_arcOf[elder]];
        if (_mark[from] == _stamp && label >= _label[from]) return;
        _mark[from] = _stamp;
        _label[from] = label;
        _viaElder[from] = elder;
        _viaArc[from] = a;
        _heap.Push(label, from);
    }

    /// <summary>Moves everybody one step towards the free place of <paramref name="target"/>.</summary>
    private void AugmentBack(int target, PathEnd end)
    {
        int elder;
        int arc;
        if (end.Elder >= 0)
        {
            (elder, arc) = (end.Elder, end.Volunteer);
            _moves.Add(new PairingMove(elder, -1, _arcTo[arc]));
        }
        else
        {
            (elder, arc) = (_viaElder[end.Volunteer], _viaArc[end.Volunteer]);
            _moves.Add(new PairingMove(elder, end.Volunteer, _arcTo[arc]));
            LeaveSlot(elder);
        }

        while (true)
        {
            var j = _arcTo[arc];
            if (j == target)
            {
                Seat(elder, arc, _unitFirst[j] + _load[j]++);
                return;
            }

            var (next, nextArc) = (_viaElder[j], _viaArc[j]);
            _moves.Add(new PairingMove(next, j, _arcTo[nextArc]));
            Seat(elder, arc, _slotOf[next]);
            (elder, arc) = (next, nextArc);
        }
    }

    private void Seat(int elder, int arc, int slot)
    {
        _arcOf[elder] = arc;
        _slotOf[elder] = slot;
        _slotElder[slot] = elder;
    }

    /// <summary>Takes an elder out of her volunteer's slots; the last slot fills the hole.</summary>
    private int LeaveSlot(int elder)
    {
        var j = _arcTo[_arcOf[elder]];
        var last = _unitFirst[j] + --_load[j];
        var moved = _slotElder[last];
        _slotElder[_slotOf[elder]] = moved;
        _slotOf[moved] = _slotOf[elder];
        return j;
    }

    private void NeedIncoming()
    {
        if (_inHead.Length > 0) return;
        _inHead = new int[Math.Max(1, _mark.Length)];
        _inNext = new int[_arcTo.Length];
        _ownerOf = new int[_arcTo.Length];
        Array.Fill(_inHead, -1);
        Array.Fill(_ownerOf, -1);
        for (var i = 0; i < _elders; i++)
        {
            for (var a = _first[i]; a < _first[i] + _count[i]; a++) LinkIncoming(i, a);
        }
    }

    private void LinkIncoming(int elder, int arc)
    {
        _ownerOf[arc] = elder;
        _inNext[arc] = _inHead[_arcTo[arc]];
        _inHead[_arcTo[arc]] = arc;
    }
}
