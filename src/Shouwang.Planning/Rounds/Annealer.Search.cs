namespace Shouwang.Planning.Rounds;

/// <summary>The search itself: simulated annealing with a threshold drawn before the move is weighed, so that most moves end at their
/// travel.</summary>
internal sealed unsafe partial class Annealer
{
    private const int Chances = 1024;

    private static readonly double[] s_chances = [.. Enumerable.Range(0, Chances).Select(i => -Math.Log((i + 0.5) / Chances))];

    /// <summary>Moves tried so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Tries a number of moves at one temperature.</summary>
    public void Step(double temperature, int moves)
    {
        for (var i = 0; i < moves; i++)
        {
            var draw = _random.Next();
            var limit = temperature * s_chances[draw & (Chances - 1)];
            if (Move((int)(draw >> 20) & 127, limit) && _sums.Cost < BestCost - 1e-7) Keep();
        }
        Iterations += moves;
    }

    /// <summary>Mean rise in cost of the moves that worsen the present plan: the scale of temperatures.</summary>
    public double Roughness(int moves)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < moves; i++)
        {
            if (!Move(_random.Below(128), double.MaxValue / 4)) continue;
            if (_sums.Cost > _saved.Cost) (sum, count) = (sum + _sums.Cost - _saved.Cost, count + 1);
            Undo();
        }
        return count == 0 ? 1 : sum / count;
    }

    private bool Move(int kind, double limit)
    {
        if (_rich && kind < 16) return RichMove(kind, limit);
        var visit = _random.Below(_visits);
        if (_carer[visit] < 0) return false;
        if (kind < 72)
        {
            return kind < 62 ? NearBy(visit, out var before) && Relocate(visit, before, limit) : Relocate(visit, InTime(visit), limit);
        }
        if (kind < 88)
        {
            var other = _near[visit * _tables.NearCount + _random.Below(_tables.NearCount)];
            return _carer[other] >= 0 && Swap(visit, other, limit);
        }
        if (kind < 100)
        {
            return NearBy(visit, out var before) && RelocateRow(visit, 2 + (kind & 1), before, limit);
        }
        if (kind < 112)
        {
            var other = _near[visit * _tables.NearCount + _random.Below(_tables.NearCount)];
            return _carer[other] >= 0 && ExchangeTails(visit, _pred[other], limit);
        }
        return _tables.Together.Length > 0 && Pair(limit);
    }

    private bool Pair(double limit)
    {
        var lead = Some(_tables.Together);
        if (_carer[lead] < 0 || !NearBy(lead, out var before)) return false;
        var mate = _mate[lead];
        var carer = _random.Below(2) == 0 ? _carer[mate] : Some(_tables.Able[mate]);
        return RelocatePair(lead, before, carer, limit);
    }

    private bool RichMove(int kind, double limit)
    {
        if (kind < 6)
        {
            var carer = _random.Below(_carers);
            if (!_tables.Problem.Carers[carer].Lunch) return false;
            var node = _lunch[carer] < 0 ? _succ[_visits + carer] : _lunch[carer];
            node = _random.Below(2) == 0 ? _pred[node] : node < _visits ? _succ[node] : node;
            return node < _visits || node >= _visits + _carers ? MoveLunch(carer, node, limit) : false;
        }
        if (kind < 10)
        {
            var visit = _random.Below(_visits);
            return _carer[visit] >= 0 && FlipWindow(visit, limit);
        }
        if (_tables.Optional.Length == 0) return false;
        var request = Some(_tables.Optional);
        return _carer[_tables.First[request]] >= 0 ? LeaveOut(request, limit) : TakeIn(request, limit);
    }

    /// <summary>A place beside a near visit, before or behind it.</summary>
    private bool NearBy(int visit, out int before)
    {
        var draw = _random.Below(2 * _tables.NearCount);
        var other = _near[visit * _tables.NearCount + (draw >> 1)];
        before = (draw & 1) == 0 ? other : _pred[other];
        return _carer[other] >= 0;
    }

    /// <summary>The place in some able carer's route that keeps the visit about where it is in time.</summary>
    private int InTime(int visit) => At(Some(_tables.Able[visit]), _start[visit]);
}
