namespace Shouwang.Planning.MealRuns;

/// <summary>Moves that turn a piece of one trip or exchange the tails of two (2-opt and 2-opt*).</summary>
internal sealed unsafe partial class LocalSearch
{
    /// <summary>Within one trip: p u [x … v] y becomes p u [v … x] y.</summary>
    private bool TryTwoOpt(int v, long hope)
    {
        int u = _u, x = _x, y = _next[v];
        if (_position[u] > _position[v] || x == v)
        {
            return false;
        }

        var gain = D(u, v) + D(x, y) - D(u, x) - D(v, y) + _turnTo[v] - _turnTo[x];
        if (gain >= hope || gain + PriceOfLoad(_routeLoad[_ru]) + (_timed ? TimeOfTurn(u, x, v, y) : 0) >= hope)
        {
            return false;
        }

        var after = y;
        for (int w = x, end = u; w != end;)
        {
            var following = _next[w];
            Link(w, after);
            after = w;
            w = w == v ? end : following;
        }

        Link(u, v);
        return Changed(_ru);
    }

    private long TimeOfTurn(int u, int x, int v, int y)
    {
        var head = _before[u];
        var last = u;
        for (var w = v; ; w = _prev[w])
        {
            head = TimeSegment.Join(head, _own[w], T(last, w));
            last = w;
            if (w == x)
            {
                return Close(head, last, y);
            }
        }
    }

    private bool TryTails(int v, int rv, long hope)
    {
        int u = _u, x = _x, y = _next[v], ru = _ru;
        var gain = D(u, y) + D(v, x) - D(u, x) - D(v, y);
        if (gain < hope)
        {
            var price = PriceOfLoad(_loadTo[u] + _routeLoad[rv] - _loadTo[v]) + PriceOfLoad(_loadTo[v] + _routeLoad[ru] - _loadTo[u]);
            if (_timed && gain + price < hope)
            {
                price += Close(_before[u], u, y);
                price += gain + price < hope ? Close(_before[v], v, x) : 0;
            }

            if (gain + price < hope)
            {
                ExchangeTails(u, x, v, y, rv);
                return Changed(rv);
            }
        }

        return !_timed && TryTurnedTails(v, rv, hope);
    }

    /// <summary>
    /// u's head goes on with v's head turned round; u's tail turned round goes on with v's tail. Never worth it against windows.
    /// </summary>
    private bool TryTurnedTails(int v, int rv, long hope)
    {
        int u = _u, x = _x, y = _next[v], ru = _ru;
        var gain = (long)D(u, v) + D(x, y) - D(u, x) - D(v, y) + _turnTo[v] + _routeTurn[ru] - _turnTo[x];
        if (gain >= hope)
        {
            return false;
        }

        var price = PriceOfLoad(_loadTo[u] + _loadTo[v]) + PriceOfLoad(_routeLoad[ru] + _routeLoad[rv] - _loadTo[u] - _loadTo[v]);
        if (gain + price >= hope)
        {
            return false;
        }

        var lastU = _prev[End(ru)];
        var keep = IsDepot(v) ? End(ru) : v;
        TurnInto(v, Start(rv), End(ru));
        Link(u, keep);
        if (IsDepot(x))
        {
            Link(Start(rv), y);
        }
        else
        {
            TurnInto(lastU, u, y);
            Link(Start(rv), lastU);
        }

        return Changed(rv);
    }

    /// <summary>
    /// Turns the chain that ends in <paramref name="from"/> (exclusive stop at <paramref name="until"/>) round in front of
    /// <paramref name="tail"/>.
    /// </summary>
    private void TurnInto(int from, int until, int tail)
    {
        var w = from;
        while (w != until)
        {
            var before = _prev[w];
            _next[w] = before == until ? tail : before;
            w = before;
        }

        // Second pass for the links back, now that every link on is set.
        for (w = from; w != tail && from != until; w = _next[w])
        {
            _prev[_next[w]] = w;
        }
    }

    private void ExchangeTails(int u, int x, int v, int y, int rv)
    {
        int endU = End(_ru), endV = End(rv);
        int lastU = _prev[endU], lastV = _prev[endV];
        Link(u, IsDepot(y) ? endU : y);
        Link(v, IsDepot(x) ? endV : x);
        if (!IsDepot(y))
        {
            Link(lastV, endU);
        }

        if (!IsDepot(x))
        {
            Link(lastU, endV);
        }
    }
}
