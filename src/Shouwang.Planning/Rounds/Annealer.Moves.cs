namespace Shouwang.Planning.Rounds;

/// <summary>The moves. Each one tries a change and keeps it if the cost rises by no more than the limit; false means nothing has
/// changed.</summary>
internal sealed unsafe partial class Annealer
{
    /// <summary>Settles a move that has been applied, or takes it back.</summary>
    private bool Judge(double limit)
    {
        if (Promise() <= limit && Spread(limit))
        {
            Settle();
            if (_sums.Cost - _saved.Cost <= limit) return true;
        }
        Undo();
        return false;
    }

    /// <summary>The least possible rise in cost, if all lateness went away; only of use where nothing but travel and lateness
    /// counts.</summary>
    private double Promise() => _rich
        ? double.MinValue
        : (_sums.Travel - _saved.Travel) * _prices.Travel + (_sums.Price - _saved.Price)
            + (_sums.LeftOut - _saved.LeftOut) * _prices.LeftOut
            - _saved.Late * _prices.Tardiness - _saved.WorstLate * _prices.WorstTardiness;

    private bool MayJoin(int visit, int carer)
    {
        if (!_tables.May[visit * _carers + carer]) return false;
        var mate = _mate[visit];
        return mate < 0 || _carer[mate] != carer;
    }

    /// <summary>Moves a visit behind another node, in any route.</summary>
    private bool Relocate(int visit, int before, double limit)
    {
        var after = _succ[before];
        var carer = _carer[before];
        if (before == visit || after == visit) return false;
        var old = _carer[visit];
        if (carer != old && !MayJoin(visit, carer)) return false;
        if (!_rich)
        {
            var (p, s) = (_pred[visit], _succ[visit]);
            long travel = Distance(p, s) - Distance(p, visit) - Distance(visit, s)
                + Distance(before, visit) + Distance(visit, after) - Distance(before, after);
            var price = _tables.Price[visit * _carers + carer] - _tables.Price[visit * _carers + old];
            var late = _sums.Late * _prices.Tardiness + _sums.WorstLate * _prices.WorstTardiness;
            if (travel * _prices.Travel + price - late > limit) return false;
        }
        Begin();
        Unlink(visit);
        Link(visit, before);
        return Judge(limit);
    }

    /// <summary>Lets two visits change places.</summary>
    private bool Swap(int one, int other, double limit)
    {
        if (one == other) return false;
        var (a, b) = (_carer[one], _carer[other]);
        if (_succ[one] == other) return Relocate(one, other, limit);
        if (_succ[other] == one) return Relocate(other, one, limit);
        if (a != b && (!MayJoin(one, b) || !MayJoin(other, a))) return false;
        var (p, s, q, t) = (_pred[one], _succ[one], _pred[other], _succ[other]);
        if (!_rich)
        {
            long travel = Distance(p, other) + Distance(other, s) - Distance(p, one) - Distance(one, s)
                + Distance(q, one) + Distance(one, t) - Distance(q, other) - Distance(other, t);
            var late = _sums.Late * _prices.Tardiness + _sums.WorstLate * _prices.WorstTardiness;
            if (travel * _prices.Travel - late > limit + PriceRange) return false;
        }
        Begin();
        Unlink(one);
        Unlink(other);
        Link(one, q);
        Link(other, p);
        return Judge(limit);
    }

    private double PriceRange => 2 * (_prices.NotPreferred + _prices.Change + _prices.Unable + _prices.Refused);

    /// <summary>Moves both visits of a linked pair: the first to a given place, the second to where it fits in time in another
    /// route.</summary>
    private bool RelocatePair(int lead, int before, int secondCarer, double limit)
    {
        var mate = _mate[lead];
        if (before == lead || before == mate) return false;
        var firstCarer = _carer[before];
        if (firstCarer == secondCarer || !_tables.May[lead * _carers + firstCarer]
            || !_tables.May[mate * _carers + secondCarer]) return false;
        Begin();
        Unlink(lead);
        Unlink(mate);
        Link(lead, before);
        var start = Math.Max(Ready(lead), _open[lead]);
        Link(mate, At(secondCarer, start + _tables.MinGap[lead]));
        return Judge(limit);
    }

    /// <summary>The last node of a route that starts before a moment.</summary>
    private int At(int carer, int moment)
    {
        var node = _visits + carer;
        for (var next = _succ[node]; next < _visits && _start[next] < moment; next = _succ[node]) node = next;
        return node;
    }

    /// <summary>Moves up to three visits in a row behind another node.</summary>
    private bool RelocateRow(int first, int length, int before, double limit)
    {
        var carer = _carer[before];
        var (last, own) = (first, _carer[first]);
        for (var k = 0; ; k++)
        {
            if (last == before || (carer != own && !MayJoin(last, carer))) return false;
            if (k == length - 1) break;
            if (_succ[last] >= _visits) return false;
            last = _succ[last];
        }
        if (_succ[before] == first) return false;
        Begin();
        for (var visit = first; ;)
        {
            var next = _succ[visit];
            Unlink(visit);
            Link(visit, before);
            if (visit == last) break;
            (before, visit) = (visit, next);
        }
        return Judge(limit);
    }

    /// <summary>Lets two routes exchange what follows two nodes (2-opt*, Potvin and Rousseau 1995).</summary>
    private bool ExchangeTails(int one, int other, double limit)
    {
        var (a, b) = (_carer[one], _carer[other]);
        if (a == b || !TailMayJoin(_succ[one], b, other) || !TailMayJoin(_succ[other], a, one)) return false;
        var (tail, otherTail) = (_succ[one], _succ[other]);
        if (tail >= _visits && otherTail >= _visits) return false;
        Begin();
        var (lunch, otherLunch) = _rich ? (LunchAfter(a, one, b, other), LunchAfter(b, other, a, one)) : (-1, -1);
        MoveTail(tail, other);
        MoveTail(otherTail, one);
        if (_rich)
        {
            PutLunch(a, lunch);
            PutLunch(b, otherLunch);
        }
        return Judge(limit);
    }

    /// <summary>Where a carer's lunch comes after an exchange of tails: it stays in the kept part, or goes with the tail that
    /// comes.</summary>
    private int LunchAfter(int carer, int keepsUpTo, int other, int otherKeepsUpTo)
    {
        var (own, theirs) = (_lunch[carer], _lunch[other]);
        if (own < 0) return own;
        if (own < _visits && _start[own] <= _start[keepsUpTo]) return own;
        if (theirs >= 0 && theirs < _visits && _start[theirs] > _start[otherKeepsUpTo]) return theirs;
        return _succ[otherKeepsUpTo] < _visits ? _succ[otherKeepsUpTo] : _visits + _carers + carer;
    }

    private void PutLunch(int carer, int node)
    {
        if (_lunch[carer] == node) return;
        Set(_lunch, carer, node);
        if (node >= 0) Touch(node);
    }

    /// <summary>May all visits of a tail join a route that keeps what is up to a node?</summary>
    private bool TailMayJoin(int tail, int carer, int keepsUpTo)
    {
        for (; tail < _visits; tail = _succ[tail])
        {
            if (!_tables.May[tail * _carers + carer]) return false;
            var mate = _mate[tail];
            if (mate >= 0 && _carer[mate] == carer && _start[mate] <= _start[keepsUpTo]) return false;
        }
        return true;
    }

    private void MoveTail(int tail, int before)
    {
        while (tail < _visits)
        {
            var next = _succ[tail];
            Unlink(tail);
            Link(tail, before);
            (before, tail) = (tail, next);
        }
    }

    /// <summary>Takes lunch before another node of the route, or not at all.</summary>
    private bool MoveLunch(int carer, int node, double limit)
    {
        if (_lunch[carer] == node) return false;
        Begin();
        if (_lunch[carer] >= 0) Touch(_lunch[carer]);
        Set(_lunch, carer, node);
        if (node >= 0) Touch(node);
        Soil(carer);
        return Judge(limit);
    }

    /// <summary>Waits for the second window on purpose, or no longer.</summary>
    private bool FlipWindow(int visit, double limit)
    {
        if (_secondOpen[visit] >= RoundsTables.Never) return false;
        Begin();
        var flag = 1 - _second[visit];
        Set(_second, visit, flag);
        if (_mate[visit] >= 0) Set(_second, _mate[visit], flag);
        Touch(visit);
        return Judge(limit);
    }

    /// <summary>Leaves a request out.</summary>
    private bool LeaveOut(int request, double limit)
    {
        Begin();
        var first = _tables.First[request];
        for (var v = first; v < first + _tables.Problem.Requests[request].Visits.Length; v++)
        {
            Unlink(v);
            Set(_start, v, -1);
            Reckon(v, 0);
        }
        _sums.LeftOut++;
        return Judge(limit);
    }

    /// <summary>Takes a request in that had been left out: each visit to some able carer, where it fits in time.</summary>
    private bool TakeIn(int request, double limit)
    {
        var first = _tables.First[request];
        var count = _tables.Problem.Requests[request].Visits.Length;
        for (var v = first; v < first + count; v++) if (_tables.Able[v].Length == 0) return false;
        var one = Some(_tables.Able[first]);
        var two = count == 2 ? Some(_tables.Able[first + 1]) : -1;
        if (_mate[first] >= 0 && one == two) return false;
        Begin();
        var moment = _secondOpen[first] < RoundsTables.Never && _random.Below(2) == 0 ? _secondOpen[first] : _open[first];
        moment += _random.Below(Math.Max(1, _due[first] - _open[first]));
        Link(first, At(one, moment));
        if (count == 2) Link(first + 1, At(two, moment + _tables.MinGap[first]));
        _sums.LeftOut--;
        return Judge(limit);
    }

    private int Some(int[] list) => list[_random.Below(list.Length)];
}
