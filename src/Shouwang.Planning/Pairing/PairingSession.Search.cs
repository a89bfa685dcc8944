using System.Runtime.CompilerServices;

namespace Shouwang.Planning.Pairing;

// The forward search: from one elder without a place to the nearest free place in reduced costs. Methods run long because labels, heap and
// bound live in local variables of one loop.
public sealed partial class PairingSession
{
    private readonly List<PairingMove> _moves = [];
    private readonly LabelHeap _heap = new();
    private int[] _mark;
    private long[] _label;
    private int[] _viaElder;
    private int[] _viaArc;
    private int[] _settled = new int[64];
    private int _stamp;

    /// <summary>Gives one elder the place that costs the whole plan least, moving others along one shortest path.</summary>
    private void Place(int elder)
    {
        NewSearch();
        _heap.Clear();
        var bound = _unpaired[elder];
        var end = new PathEnd(elder, -1);
        var settled = 0;
        Label(elder, 0, ref bound, ref end);
        while (_heap.TryPop(out var key, out var j) && key < bound)
        {
            if (key > _label[j]) continue;
            if (settled == _settled.Length) Array.Resize(ref _settled, settled * 2);
            _settled[settled++] = j;
            var first = _unitFirst[j];
            for (var slot = first; slot < first + _load[j]; slot++)
            {
                var other = _slotElder[slot];
                var offset = key - (_arcCost[_arcOf[other]] + _price[j]);
                if (offset + _unpaired[other] < bound) (bound, end) = (offset + _unpaired[other], new PathEnd(other, -1));
                Label(other, offset, ref bound, ref end);
            }
        }

        for (var k = 0; k < settled; k++)
        {
            var j = _settled[k];
            if (_label[j] < bound) _price[j] += bound - _label[j];
        }

        _cost += bound;
        Augment(elder, end);
    }

    /// <summary>Labels the candidates of one elder reached at <paramref name="offset"/> and tightens the bound at free places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Label(int elder, long offset, ref long bound, ref PathEnd end)
    {
        var first = _first[elder];
        var last = first + _count[elder];
        var floor = offset + _lowestPrice;
        for (var a = first; a < last; a++)
        {
            var cost = _arcCost[a];
            if (floor + cost >= bound) return;
            var k = _arcTo[a];
            var label = offset + cost + _price[k];
            if (label >= bound || (_mark[k] == _stamp && label >= _label[k])) continue;
            _mark[k] = _stamp;
            _label[k] = label;
            _viaElder[k] = elder;
            _viaArc[k] = a;
            if (_load[k] < _capacity[k])
            {
                var total = label - _price[k] + _placeCost[_unitFirst[k] + _load[k]];
                if (total < bound) (bound, end) = (total, new PathEnd(-1, k));
                if (label >= bound) continue;
            }

            _heap.Push(label, k);
        }
    }

    /// <summary>Moves everybody along the found path; the elder who started it ends up placed (or unpaired if that is cheapest).</summary>
    private void Augment(int start, PathEnd end)
    {
        int slot;
        int j;
        if (end.Volunteer >= 0)
        {
            j = end.Volunteer;
            slot = _unitFirst[j] + _load[j]++;
        }
        else if (end.Elder == start)
        {
            _arcOf[start] = Unpaired;
            return;
        }
        else
        {
            j = VolunteerOf(end.Elder);
            slot = _slotOf[end.Elder];
            _arcOf[end.Elder] = Unpaired;
            _moves.Add(new PairingMove(end.Elder, j, -1));
        }

        while (true)
        {
            var elder = _viaElder[j];
            var from = elder == start ? -1 : VolunteerOf(elder);
            var freed = _slotOf[elder];
            _moves.Add(new PairingMove(elder, from, j));
            _arcOf[elder] = _viaArc[j];
            _slotOf[elder] = slot;
            _slotElder[slot] = elder;
            if (elder == start) return;
            (j, slot) = (from, freed);
        }
    }

    private void NewSearch()
    {
        if (++_stamp < int.MaxValue) return;
        Array.Clear(_mark);
        _stamp = 1;
    }

    /// <summary>Where a path ends: at an elder who goes unpaired, or at a volunteer with a free place.</summary>
    private readonly record struct PathEnd(int Elder, int Volunteer);
}
