namespace Shouwang.Planning.Rounds;

/// <summary>A first plan, the full recount of a plan, and reading the best plan out.</summary>
internal sealed unsafe partial class Annealer
{
    /// <summary>A first feasible plan at once: requests by the opening of their window, each to the carers who can begin it
    /// soonest.</summary>
    public void First()
    {
        Clear();
        var requests = _tables.Problem.Requests;
        var order = new int[requests.Length];
        var keys = new long[requests.Length];
        for (var r = 0; r < order.Length; r++) (order[r], keys[r]) = (r, _tables.Due[_tables.First[r]]);
        Array.Sort(keys, order);
        foreach (var r in order) Append(r, requests[r]);
        PlaceLunches();
        Recount();
        Keep();
    }

    /// <summary>
    /// The present plan as the first one, in the order of its start times; what nobody has, or may no longer have, goes to the soonest.
    /// Visits are only ever put behind others, both of a pair at once, so that routes cannot wait for each other.
    /// </summary>
    public void FirstFromPresent()
    {
        Clear();
        var requests = _tables.Problem.Requests;
        var order = Enumerable.Range(0, requests.Length).OrderBy(r => requests[r].PresentStart ?? _tables.Due[_tables.First[r]]).ToArray();
        foreach (var r in order)
        {
            if (!StaysWith(r, requests[r].Present)) Append(r, requests[r]);
            else for (var i = 0; i < requests[r].Visits.Length; i++) LinkLast(_tables.First[r] + i, requests[r].Present![i]);
        }
        PlaceLunches();
        Recount();
        Keep();
    }

    private bool StaysWith(int request, int[]? present)
    {
        if (present is null) return false;
        var first = _tables.First[request];
        for (var i = 0; i < present.Length; i++)
        {
            if (present[i] < 0 || !_tables.May[(first + i) * _carers + present[i]]) return false;
        }
        return _mate[first] < 0 || present[0] != present[1];
    }

    private void Clear()
    {
        _state.AsSpan().Clear();
        _sums = default;
        for (var c = 0; c < _carers; c++)
        {
            var (start, end) = (_visits + c, _visits + _carers + c);
            (_succ[start], _pred[end]) = (end, start);
            (_carer[start], _carer[end]) = (c, c);
            _start[start] = _tables.ShiftStart[c];
            _lunch[c] = -1;
        }
        for (var v = 0; v < _visits; v++) (_carer[v], _start[v]) = (-1, -1);
    }

    private void Append(int r, RoundsRequest request)
    {
        var first = _tables.First[r];
        var (one, other) = request.Visits.Length == 1 ? (Soonest(first, -1), -1) : SoonestTwo(first);
        if (one < 0 || (request.Visits.Length == 2 && other < 0)) return;
        LinkLast(first, one);
        if (other >= 0) LinkLast(first + 1, other);
    }

    private void LinkLast(int visit, int carer)
    {
        Begin();
        Link(visit, _pred[_visits + _carers + carer]);
        if (_mate[visit] < 0 || _carer[_mate[visit]] >= 0) Drain();
    }

    /// <summary>Computes all pending times without the possibility to take them back.</summary>
    private void Drain()
    {
        for (var steps = 1000 * (_visits + 10); _pendingCount > 0; steps--)
        {
            if (steps == 0) throw new InvalidOperationException("Routes wait for each other in a circle.");
            Start(Pop());
            _logCount = 0;
        }
    }

    private int Soonest(int visit, int not)
    {
        var (best, least) = (-1, double.MaxValue);
        foreach (var carer in _tables.Able[visit])
        {
            var soon = carer == not ? double.MaxValue : SoonAt(visit, carer);
            if (soon < least) (best, least) = (carer, soon);
        }
        return best;
    }

    private (int, int) SoonestTwo(int first)
    {
        var best = (-1, -1);
        var least = double.MaxValue;
        foreach (var one in _tables.Able[first])
        {
            var other = Soonest(first + 1, _mate[first] >= 0 ? one : -1);
            if (other < 0) continue;
            var soon = Math.Max(SoonAt(first, one), SoonAt(first + 1, other));
            if (soon < least) (best, least) = ((one, other), soon);
        }
        return best;
    }

    /// <summary>When a carer could begin a visit at the end of the route so far, detours counted a little.</summary>
    private double SoonAt(int visit, int carer)
    {
        var last = _pred[_visits + _carers + carer];
        var travel = Distance(last, visit);
        var ready = _start[last] + _duration[last] + travel;
        return Math.Max(ready, _open[visit]) + 0.5 * travel + _tables.Price[visit * _carers + carer];
    }

    private void PlaceLunches()
    {
        if (!_rich || _tables.Problem.Lunch is null) return;
        for (var c = 0; c < _carers; c++)
        {
            if (!_tables.Problem.Carers[c].Lunch) continue;
            var node = _succ[_visits + c];
            while (node < _visits && _start[node] < _lunchStart + _lunchLength) node = _succ[node];
            _lunch[c] = node;
        }
    }

    /// <summary>Computes every time and sum from nothing but the routes: least start times, by rising from zero.</summary>
    private void Recount()
    {
        ForgetPending();
        ForgetDirty();
        _sums = default;
        for (var v = 0; v < _visits; v++) (_start[v], _tard[v]) = (-1, 0);
        for (var v = 0; v < _visits; v++) if (_carer[v] >= 0) Touch(v);
        Begin();
        Drain();
        for (var i = 0; i < 6 * _carers; i++) _wait[i] = 0;
        var left = -1;
        for (var v = 0; v < _visits; v++)
        {
            if (_carer[v] >= 0) _sums.Price += _tables.Price[v * _carers + _carer[v]];
            else if (left != _tables.Request[v]) (left, _sums.LeftOut) = (_tables.Request[v], _sums.LeftOut + 1);
        }
        for (var c = 0; c < _carers; c++)
        {
            for (var node = _visits + c; node < _visits + _carers; node = _succ[node]) _sums.Travel += Distance(node, _succ[node]);
            Soil(c);
        }
        _worstMayDrop = true;
        Settle();
        _logCount = 0;
    }
}
