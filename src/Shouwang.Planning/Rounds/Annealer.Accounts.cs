namespace Shouwang.Planning.Rounds;

/// <summary>The accounts of single routes: waiting, extra time, idleness, workload, lunch. Only used when the prices ask for
/// them.</summary>
internal sealed unsafe partial class Annealer
{
    private readonly int[] _dirty;
    private readonly bool[] _isDirty;
    private readonly int[] _routeNodes;
    private int _dirtyCount;
    private int _lunchStart = RoundsTables.Never;
    private int _lunchEnd;
    private int _lunchLength;

    private void Soil(int carer)
    {
        if (!_rich || _isDirty[carer]) return;
        _isDirty[carer] = true;
        _dirty[_dirtyCount++] = carer;
    }

    private void ForgetDirty()
    {
        for (var i = 0; i < _dirtyCount; i++) _isDirty[_dirty[i]] = false;
        _dirtyCount = 0;
    }

    /// <summary>Brings sums and cost up to date after times have spread.</summary>
    private void Settle()
    {
        _sums.WorstLate = Worst();
        var cost = _sums.Travel * _prices.Travel + _sums.Late * _prices.Tardiness + _sums.WorstLate * _prices.WorstTardiness
            + _sums.Price + _sums.LeftOut * _prices.LeftOut;
        if (_rich)
        {
            for (var i = 0; i < _dirtyCount; i++) Account(_dirty[i]);
            ForgetDirty();
            cost += OfRoutes();
        }
        _sums.Cost = cost;
    }

    private double OfRoutes()
    {
        var (idle, longest) = (0, 0);
        for (var c = 0; c < _carers; c++)
        {
            if (_idle[c] > idle) idle = _idle[c];
            if (_longWait[c] > longest) longest = _longWait[c];
        }
        (_sums.Idle, _sums.LongestWait) = (idle, longest);
        if (_prices.Balance != 0) _sums.Unbalance = Unbalance();
        return _sums.Wait * _prices.Waiting + longest * _prices.LongestWait + _sums.Extra * _prices.ExtraTime + idle * _prices.LargestIdle
            + _sums.Missed * _prices.MissedLunch + _sums.Workload * _prices.Workload + _sums.Unbalance * _prices.Balance;
    }

    private double Unbalance()
    {
        var mean = (double)_sums.Workload / _carers;
        var sum = 0.0;
        for (var c = 0; c < _carers; c++) sum += Math.Ceiling(Math.Abs(_work[c] - mean) - 1e-9);
        return sum;
    }

    /// <summary>
    /// Walks one route: workload, lunch, return, and the least waiting when visits that nobody else depends on
    /// are moved later as far as they stay punctual (departure is as late as possible, so the first visit never waits).
    /// </summary>
    private void Account(int carer)
    {
        var end = _visits + _carers + carer;
        var wantsLunch = _tables.Problem.Carers[carer].Lunch;
        var (count, work, ate) = (0, 0, false);
        var free = _tables.ShiftStart[carer];
        var before = _visits + carer;
        for (var v = _succ[before]; v < _visits; before = v, v = _succ[v])
        {
            var travel = Distance(before, v);
            if (_lunch[carer] == v) ate = AfterLunch(free + travel) != free + travel;
            work += travel + _duration[v];
            free = _start[v] + _duration[v];
            _routeNodes[count++] = v;
        }
        if (count == 0)
        {
            AccountIdle(carer, wantsLunch);
            return;
        }
        var (wait, longest) = (0, 0);
        if (_lunch[carer] == end && AfterLunch(free) is var lunch && lunch != free)
        {
            wait = longest = lunch - free - _lunchLength;
            free = lunch;
            ate = true;
        }
        var back = free + Distance(before, end);
        work += Distance(before, end);
        WaitLeast(carer, count, ate, ref wait, ref longest);
        Write(carer, wait, longest, work, wantsLunch && !ate);
        Close(carer, back, work + (ate ? _lunchLength : 0));
    }

    /// <summary>Waits when every visit before the last starts as late as it may: the last visit stays where it is.</summary>
    private void WaitLeast(int carer, int count, bool ate, ref int wait, ref int longest)
    {
        var next = _start[_routeNodes[count - 1]];
        for (var k = count - 2; k >= 0; k--)
        {
            var (v, w) = (_routeNodes[k], _routeNodes[k + 1]);
            var travel = Distance(v, w) + _duration[v];
            var lunch = ate && _lunch[carer] == w;
            var latest = next - travel - (lunch ? _lunchLength : 0);
            var start = Latest(v, latest, lunch ? _lunchEnd - _lunchLength - travel : int.MaxValue);
            var gap = latest - start;
            wait += gap;
            if (lunch) gap = LongerPart(start + travel, gap);
            if (gap > longest) longest = gap;
            next = start;
        }
    }

    /// <summary>A wait with lunch in it falls into the part before lunch and the part behind it; lunch is taken as soon as it may
    /// be.</summary>
    private int LongerPart(int arrival, int gap)
    {
        var before = Math.Max(0, _lunchStart - arrival);
        return Math.Max(before, gap - before);
    }

    /// <summary>How late a visit may start without lateness, harm to its mate or to the lunch that follows; never before its present
    /// start.</summary>
    private int Latest(int visit, int latest, int lunchLimit)
    {
        var start = _start[visit];
        if (_mate[visit] >= 0 || _tard[visit] > 0) return start;
        var due = start >= _secondOpen[visit] ? _secondDue[visit] : Math.Min(_due[visit], RoundsTables.Never);
        return Math.Max(start, Math.Min(Math.Min(latest, lunchLimit), due));
    }

    /// <summary>Nobody to visit: the whole shift is idle, but for the way from start to end and a lunch at the start.</summary>
    private void AccountIdle(int carer, bool wantsLunch)
    {
        var (start, end) = (_tables.ShiftStart[carer], _tables.ShiftEnd[carer]);
        var way = Distance(_visits + carer, _visits + _carers + carer);
        var ate = wantsLunch && AteIdle(carer, way);
        Write(carer, 0, 0, way, wantsLunch && !ate);
        Close(carer, ate ? LunchOf(carer) + _lunchLength + way : start, ate ? _lunchLength + way : 0);
    }

    /// <summary>When a carer without visits begins the lunch break.</summary>
    private int LunchOf(int carer) => Math.Max(_lunchStart, _tables.ShiftStart[carer]);

    private bool AteIdle(int carer, int way) => LunchOf(carer) + _lunchLength <= Math.Min(_lunchEnd, _tables.ShiftEnd[carer] - way);

    private void Write(int carer, int wait, int longest, int work, bool missed)
    {
        _sums.Wait += wait - _wait[carer];
        _sums.Workload += work - _work[carer];
        _sums.Missed += (missed ? 1 : 0) - _missed[carer];
        Change(_wait, carer, wait);
        Change(_longWait, carer, longest);
        Change(_work, carer, work);
        Change(_missed, carer, missed ? 1 : 0);
    }

    /// <summary>Idle is what the shift (or the late return) leaves beside work and lunch.</summary>
    private void Close(int carer, int back, int busy)
    {
        var end = _tables.ShiftEnd[carer];
        var extra = Math.Max(0, back - end);
        var idle = end >= RoundsTables.Never ? 0 : Math.Max(back, end) - _tables.ShiftStart[carer] - busy;
        _sums.Extra += extra - _extra[carer];
        Change(_extra, carer, extra);
        Change(_idle, carer, idle);
    }

    private void Change(int* field, int index, int value)
    {
        if (field[index] != value) Set(field, index, value);
    }
}
