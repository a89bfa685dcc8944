namespace Shouwang.Planning.MealRuns;

/// <summary>
/// The loop over moves: every stop against its granular neighbours, an empty cart and the canteen, then SWAP* between trips.
/// </summary>
internal sealed unsafe partial class LocalSearch
{
    private readonly int* _lastTested;
    private int _empty;

    // The stop u being moved, its neighbours p u x xx, and distances that do not depend on where it goes.
    private int _u;
    private int _x;
    private int _xx;
    private int _p;
    private int _ru;
    private int _takeU;
    private int _takeUx;

    /// <summary>Improves the loaded routes until no move helps.</summary>
    public void Run()
    {
        Reshuffle();
        var done = false;
        for (var loop = 0; !done; loop++)
        {
            // The first loop leaves out empty carts, so there are always at least two.
            done = loop > 0;
            var before = _moves;
            foreach (var u in _orderStops)
            {
                Improve(u, loop);
            }

            done &= _moves == before;
            before = _moves;
            SwapStars(loop);
            done &= _moves == before;
        }
    }

    private void Reshuffle()
    {
        _random.Shuffle(_orderStops);
        _random.Shuffle(_orderRoutes);
        for (var i = 1; i <= _n; i++)
        {
            if (_near[i].Length > 0 && _random.Below(_near[i].Length) == 0)
            {
                _random.Shuffle(_near[i]);
            }
        }
    }

    private void Improve(int u, int loop)
    {
        var tested = _lastTested[u];
        _lastTested[u] = _moves;
        Take(u);
        foreach (var v in _near[u])
        {
            if (loop > 0 && Math.Max(_routeChanged[_ru], _routeChanged[_route[v]]) <= tested)
            {
                continue;
            }

            if (TryBeside(v) || (IsDepot(_prev[v]) && TryBehindDepot(_prev[v])))
            {
                Take(u);
            }
        }

        if (loop > 0 && FindEmpty() && TryBehindDepot(Start(_empty)))
        {
            Take(u);
        }
    }

    private void Take(int u)
    {
        _u = u;
        _p = _prev[u];
        _x = _next[u];
        _ru = _route[u];
        _takeU = D(_p, _x) - D(_p, u) - D(u, _x);
        if (IsDepot(_x))
        {
            return;
        }

        _xx = _next[_x];
        _takeUx = D(_p, _xx) - D(_p, u) - D(_x, _xx);
    }

    private bool FindEmpty()
    {
        if (_empty < _routes && _routeSize[_empty] == 0)
        {
            return true;
        }

        _empty = 0;
        while (_empty < _routes && _routeSize[_empty] > 0)
        {
            _empty++;
        }

        return _empty < _routes;
    }

    private bool Changed(int rv)
    {
        _moves++;
        Refresh(_ru);
        if (rv != _ru)
        {
            Refresh(rv);
        }

        return true;
    }
}
