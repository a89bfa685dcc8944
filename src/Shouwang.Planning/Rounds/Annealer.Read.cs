namespace Shouwang.Planning.Rounds;

/// <summary>Reading the best plan out.</summary>
internal sealed unsafe partial class Annealer
{
    /// <summary>The best plan, its start times moved later where that saves waiting.</summary>
    public RoundsPlan Best()
    {
        Return();
        var problem = _tables.Problem;
        var routes = new RoundsStop[_carers][];
        for (var c = 0; c < _carers; c++) routes[c] = Route(c);
        int[] leftOut = [.. Enumerable.Range(0, problem.Requests.Length).Where(r => _carer[_tables.First[r]] < 0)];
        return new(routes, _sums.Cost * problem.CostFactor, leftOut, Iterations, Breaks(leftOut));
    }

    private bool Breaks(int[] leftOut)
    {
        if (leftOut.Any(r => !_tables.Problem.Requests[r].Optional)) return true;
        return (_prices.Tardiness >= RoundsPrices.Forbidden && _sums.Late > 0)
            || (_prices.WorstTardiness >= RoundsPrices.Forbidden && _sums.WorstLate > 0)
            || (_prices.Waiting >= RoundsPrices.Forbidden && _sums.Wait > 0)
            || (_prices.ExtraTime >= RoundsPrices.Forbidden && _sums.Extra > 0)
            || (_prices.MissedLunch >= RoundsPrices.Forbidden && _sums.Missed > 0)
            || (_prices.LeftOut >= RoundsPrices.Forbidden && _sums.LeftOut > 0)
            || (_prices.NotPreferred >= RoundsPrices.Forbidden && _sums.Price >= RoundsPrices.Forbidden);
    }

    private RoundsStop[] Route(int carer)
    {
        var visits = new List<int>();
        for (var v = _succ[_visits + carer]; v < _visits; v = _succ[v]) visits.Add(v);
        if (visits.Count == 0) return IdleLunch(carer);
        var stops = new List<RoundsStop>();
        var starts = _rich ? Latest(carer, visits) : [.. visits.Select(v => _start[v])];
        var free = _tables.ShiftStart[carer];
        var before = _visits + carer;
        for (var k = 0; k < visits.Count; k++)
        {
            var v = visits[k];
            var at = free + Distance(before, v);
            if (_rich && _lunch[carer] == v && AfterLunch(at) is var lunch && lunch != at)
            {
                var end = k == 0 ? Math.Min(starts[k], _lunchEnd) : lunch;
                stops.Add(new(_tables.Request[v], -1, end - _lunchLength, end));
            }
            free = starts[k] + _duration[v];
            stops.Add(new(_tables.Request[v], v - _tables.First[_tables.Request[v]], starts[k], free));
            before = v;
        }
        if (_rich && _lunch[carer] >= _visits && AfterLunch(free) is var late && late != free)
        {
            stops.Add(new(_tables.Request[before], -1, late - _lunchLength, late));
        }
        return [.. stops];
    }

    private RoundsStop[] IdleLunch(int carer)
    {
        if (!_rich || !_tables.Problem.Carers[carer].Lunch || _missed[carer] != 0) return [];
        return [new(-1, -1, LunchOf(carer), LunchOf(carer) + _lunchLength)];
    }

    /// <summary>Start times moved as late as they may be without changing anything but waiting; the same walk as in the accounts.</summary>
    private int[] Latest(int carer, List<int> visits)
    {
        var starts = new int[visits.Count];
        starts[^1] = _start[visits[^1]];
        var ate = _missed[carer] == 0 && _tables.Problem.Carers[carer].Lunch;
        for (var k = visits.Count - 2; k >= 0; k--)
        {
            var travel = Distance(visits[k], visits[k + 1]) + _duration[visits[k]];
            var lunch = ate && _lunch[carer] == visits[k + 1];
            var latest = starts[k + 1] - travel - (lunch ? _lunchLength : 0);
            starts[k] = Latest(visits[k], latest, lunch ? _lunchEnd - _lunchLength - travel : int.MaxValue);
        }
        return starts;
    }
}
