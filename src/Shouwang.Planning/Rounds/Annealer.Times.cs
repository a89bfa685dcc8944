using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shouwang.Planning.Rounds;

/// <summary>Spreading of start times after a change of routes.</summary>
internal sealed unsafe partial class Annealer
{
    private readonly int[] _pending;
    private readonly bool[] _isPending;
    private int _pendingCount;
    private int _highest;
    private long _gain;
    private int _move;
    private readonly int[] _seen;
    private readonly int[] _original;
    private bool _worstMayDrop;

    /// <summary>Asks for the start of a node to be computed anew; linked visits are computed together, under the first one's
    /// number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Touch(int node)
    {
        if (node >= _visits) return;
        var mate = _mate[node];
        var lead = mate >= 0 && mate < node ? mate : node;
        if (_isPending[lead]) return;
        _isPending[lead] = true;
        _pending[_pendingCount++] = lead;
    }

    private void ForgetPending()
    {
        for (var i = 0; i < _pendingCount; i++) _isPending[_pending[i]] = false;
        _pendingCount = 0;
    }

    /// <summary>
    /// Computes times until nothing changes any more, earliest visit first. Gives up (false) when lateness alone makes the move too dear,
    /// or after too many steps: then the new routes wait for each other in a circle.
    /// </summary>
    private bool Spread(double limit)
    {
        var steps = 2 * _visits + 32;
        var floor = _saved.Late * _prices.Tardiness + _saved.WorstLate * _prices.WorstTardiness;
        var lateLimit = limit + floor - (_sums.Travel - _saved.Travel) * _prices.Travel - (_sums.Price - _saved.Price);
        var early = _rich ? double.MaxValue : lateLimit;
        while (_pendingCount > 0)
        {
            if (--steps < 0) return false;
            Start(Pop());
            if (_gain * _prices.Tardiness > early) return false;
        }
        return true;
    }

    private int Pop()
    {
        var at = 0;
        var least = _start[_pending[0]];
        for (var i = 1; i < _pendingCount; i++)
        {
            var start = _start[_pending[i]];
            if (start < least) (at, least) = (i, start);
        }
        var lead = _pending[at];
        _pending[at] = _pending[--_pendingCount];
        _isPending[lead] = false;
        return lead;
    }

    private void Start(int lead)
    {
        var mate = _mate[lead];
        if (_carer[lead] < 0 || (mate >= 0 && _carer[mate] < 0)) return;
        if (mate < 0)
        {
            var alone = Math.Max(Ready(lead), _open[lead]);
            if (_rich && _secondOpen[lead] < RoundsTables.Never) alone = ChooseWindow(lead, alone);
            Assign(lead, alone);
            return;
        }
        var first = Math.Max(Ready(lead), _open[lead]);
        if (_rich && _second[lead] != 0) first = Math.Max(first, _secondOpen[lead]);
        var second = Math.Max(Math.Max(Ready(mate), _open[mate]), first + _tables.MinGap[lead]);
        first = Math.Max(first, second - _tables.MaxGap[lead]);
        Assign(lead, first);
        Assign(mate, second);
    }

    /// <summary>The second window when the plan says so, or when waiting for it is cheaper than being late for the first.</summary>
    private int ChooseWindow(int visit, int start)
    {
        var open = _secondOpen[visit];
        if (start >= open) return start;
        if (_second[visit] != 0) return open;
        var late = start - _due[visit];
        return late > 0 && (open - start) * _prices.Waiting < late * _prices.Tardiness ? open : start;
    }

    /// <summary>The earliest moment the carer can begin, lunch before the visit included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Ready(int visit)
    {
        var before = _pred[visit];
        var at = _start[before] + _duration[before] + Distance(before, visit);
        return _rich && _lunch[_carer[visit]] == visit ? AfterLunch(at) : at;
    }

    private int AfterLunch(int at)
    {
        var lunch = Math.Max(at, _lunchStart) + _lunchLength;
        return lunch <= _lunchEnd ? lunch : at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Assign(int visit, int start)
    {
        if (_start[visit] == start) return;
        Set(_start, visit, start);
        Reckon(visit, start >= _secondOpen[visit] ? start - _secondDue[visit] : start - _due[visit]);
        Touch(_succ[visit]);
        Soil(_carer[visit]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reckon(int visit, int late)
    {
        if (late < 0) late = 0;
        var old = _tard[visit];
        if (late == old) return;
        Set(_tard, visit, late);
        _sums.Late += late - old;
        if (_seen[visit] != _move) (_seen[visit], _original[visit]) = (_move, old);
        _gain += Math.Max(0, late - _original[visit]) - Math.Max(0, old - _original[visit]);
        if (late > _highest) _highest = late;
        else if (old == _highest || old == _saved.WorstLate) _worstMayDrop = true;
        if (old == _saved.WorstLate) _worstMayDrop = true;
    }

    private int Worst()
    {
        if (!_worstMayDrop) return Math.Max(_saved.WorstLate, _highest);
        var worst = Vector<int>.Zero;
        var i = 0;
        var tard = new ReadOnlySpan<int>(_tard, _visits);
        for (; i <= _visits - Vector<int>.Count; i += Vector<int>.Count) worst = Vector.Max(worst, new Vector<int>(tard[i..]));
        var max = 0;
        for (var k = 0; k < Vector<int>.Count; k++) max = Math.Max(max, worst[k]);
        for (; i < _visits; i++) max = Math.Max(max, tard[i]);
        return max;
    }
}
