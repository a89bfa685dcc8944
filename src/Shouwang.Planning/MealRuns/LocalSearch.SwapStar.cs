namespace Shouwang.Planning.MealRuns;

/// <summary>
/// SWAP* (Vidal 2022, §4.3): two stops of two trips change trips, each going to its best place and not to the other's. The three best
/// places
/// of every stop in every trip are remembered until that trip changes. With windows the remembered places are priced alone and
/// the chosen exchange is priced again exactly before it is made.
/// </summary>
internal sealed unsafe partial class LocalSearch
{
    private const int NoPlace = int.MaxValue / 4;

    private readonly int* _lastStarTested;
    private readonly BestThree* _best;
    private readonly int* _removal;
    private Exchange _star;

    /// <summary>The three cheapest places (stop or canteen node before them) of one stop in one trip.</summary>
    private struct BestThree
    {
        public int Cost1;
        public int Cost2;
        public int Cost3;
        public int Place1;
        public int Place2;
        public int Place3;
        public int Known;

        public void Offer(int cost, int place)
        {
            if (cost >= Cost3)
            {
                return;
            }

            if (cost >= Cost2)
            {
                (Cost3, Place3) = (cost, place);
            }
            else if (cost >= Cost1)
            {
                (Cost3, Place3, Cost2, Place2) = (Cost2, Place2, cost, place);
            }
            else
            {
                (Cost3, Place3, Cost2, Place2, Cost1, Place1) = (Cost2, Place2, Cost1, Place1, cost, place);
            }
        }
    }

    /// <summary>The best exchange so far: u behind PlaceU in v's trip, v behind PlaceV in u's trip; 0 for none.</summary>
    private struct Exchange
    {
        public long Gain;
        public int U;
        public int V;
        public int PlaceU;
        public int PlaceV;
    }

    private void SwapStars(int loop)
    {
        foreach (var a in _orderRoutes)
        {
            var tested = _lastStarTested[a];
            _lastStarTested[a] = _moves;
            foreach (var b in _orderRoutes)
            {
                if (a < b && _routeSize[a] > 0 && _routeSize[b] > 0
                    && (loop == 0 || Math.Max(_routeChanged[a], _routeChanged[b]) > tested)
                    && (!_hasAngles || Angles.Overlap(_sectorFrom[a], _sectorTo[a], _sectorFrom[b], _sectorTo[b])))
                {
                    TrySwapStar(a, b);
                }
            }
        }
    }

    private void TrySwapStar(int a, int b)
    {
        Prepare(a, b);
        Prepare(b, a);
        _star = default;
        for (var u = _next[Start(a)]; !IsDepot(u); u = _next[u])
        {
            for (var v = _next[Start(b)]; !IsDepot(v); v = _next[v])
            {
                Consider(a, b, u, v);
            }
        }

        for (var u = _next[Start(a)]; !IsDepot(u); u = _next[u])
        {
            ConsiderAlone(a, b, u, toSecond: true);
        }

        for (var v = _next[Start(b)]; !IsDepot(v); v = _next[v])
        {
            ConsiderAlone(b, a, v, toSecond: false);
        }

        if (_star.Gain < 0 && (!_timed || ExactGain(a, b) < 0))
        {
            MakeExchange();
            _moves++;
            Refresh(a);
            Refresh(b);
        }
    }

    private void Consider(int a, int b, int u, int v)
    {
        var more = _demand[v] - _demand[u];
        var price = PriceOfLoad(_routeLoad[a] + more) - PriceOfLoad(_routeLoad[a])
            + PriceOfLoad(_routeLoad[b] - more) - PriceOfLoad(_routeLoad[b]) + _removal[u] + _removal[v];
        if (price > 0)
        {
            return;
        }

        price += PlaceFor(u, v, b, out var placeU);
        if (price >= _star.Gain)
        {
            return;
        }

        price += PlaceFor(v, u, a, out var placeV);
        if (price < _star.Gain)
        {
            _star = new Exchange { Gain = price, U = u, V = v, PlaceU = placeU, PlaceV = placeV };
        }
    }

    private void ConsiderAlone(int from, int to, int stop, bool toSecond)
    {
        var d = _demand[stop];
        ref var best = ref _best[(to * (_n + 1)) + stop];
        var gain = PriceOfLoad(_routeLoad[from] - d) - PriceOfLoad(_routeLoad[from])
            + PriceOfLoad(_routeLoad[to] + d) - PriceOfLoad(_routeLoad[to]) + _removal[stop] + best.Cost1;
        if (gain < _star.Gain)
        {
            _star = toSecond
                ? new Exchange { Gain = gain, U = stop, PlaceU = best.Place1 }
                : new Exchange { Gain = gain, V = stop, PlaceV = best.Place1 };
        }
    }

    /// <summary>Cheapest place of <paramref name="stop"/> in a trip from which <paramref name="leaving"/> goes.</summary>
    private int PlaceFor(int stop, int leaving, int route, out int place)
    {
        int before = _prev[leaving], after = _next[leaving];
        var cost = D(before, stop) + D(stop, after) - D(before, after);
        place = before;
        ref var best = ref _best[(route * (_n + 1)) + stop];
        var (otherCost, otherPlace) = best.Place1 != leaving && best.Place1 != before ? (best.Cost1, best.Place1)
            : best.Place2 != leaving && best.Place2 != before ? (best.Cost2, best.Place2)
            : best.Place3 != leaving && best.Place3 != before ? (best.Cost3, best.Place3)
            : (NoPlace, -1);
        if (otherCost < cost)
        {
            (cost, place) = (otherCost, otherPlace);
        }

        return cost;
    }

    /// <summary>Removal gains of the stops of a, and their best places in b if b changed since they were found.</summary>
    private void Prepare(int a, int b)
    {
        var timeOfA = _routePrice[a] - PriceOfLoad(_routeLoad[a]);
        for (var u = _next[Start(a)]; !IsDepot(u); u = _next[u])
        {
            int p = _prev[u], x = _next[u];
            var gain = (long)D(p, x) - D(p, u) - D(u, x);
            _removal[u] = (int)(timeOfA == 0 ? gain : gain + Close(_before[p], p, x) - timeOfA);
            ref var best = ref _best[(b * (_n + 1)) + u];
            if (_routeChanged[b] > best.Known)
            {
                FindPlaces(u, b, ref best);
            }
        }
    }

    private void FindPlaces(int u, int route, ref BestThree best)
    {
        best = new BestThree { Cost1 = NoPlace, Cost2 = NoPlace, Cost3 = NoPlace, Place1 = -1, Place2 = -1, Place3 = -1, Known = _moves };
        var time = _routePrice[route] - PriceOfLoad(_routeLoad[route]);
        var v = Start(route);
        do
        {
            var y = _next[v];
            var cost = (long)D(v, u) + D(u, y) - D(v, y);
            if (_timed && cost - time < best.Cost3)
            {
                cost += Close(TimeSegment.Join(_before[v], _own[u], T(v, u)), u, y) - time;
            }

            best.Offer((int)Math.Min(cost, NoPlace), v);
            v = y;
        }
        while (!IsDepot(v));
    }

    /// <summary>Recomputes the chosen exchange without shortcuts.</summary>
    private long ExactGain(int a, int b)
    {
        int u = _star.U, v = _star.V;
        var more = (v == 0 ? 0 : _demand[v]) - (u == 0 ? 0 : _demand[u]);
        return PriceOfLoad(_routeLoad[a] + more) - PriceOfLoad(_routeLoad[a])
            + PriceOfLoad(_routeLoad[b] - more) - PriceOfLoad(_routeLoad[b])
            + CostWith(a, u, v, _star.PlaceV) + CostWith(b, v, u, _star.PlaceU) - CostWith(a, 0, 0, 0) - CostWith(b, 0, 0, 0);
    }

    private long CostWith(int route, int leaving, int coming, int place)
    {
        int w = Start(route), last = w, cost = 0;
        var head = _own[w];
        while (true)
        {
            if (coming > 0 && w == place)
            {
                cost += D(last, coming);
                head = Go(head, ref last, coming, coming);
            }

            w = _next[w] == leaving ? _next[leaving] : _next[w];
            cost += D(last, w);
            if (IsDepot(w))
            {
                return cost + Close(head, last, w);
            }

            head = Go(head, ref last, w, w);
        }
    }

    private void MakeExchange()
    {
        if (_star.U > 0)
        {
            Link(_prev[_star.U], _next[_star.U]);
        }

        if (_star.V > 0)
        {
            Link(_prev[_star.V], _next[_star.V]);
        }

        if (_star.U > 0)
        {
            Link(_star.U, _next[_star.PlaceU]);
            Link(_star.PlaceU, _star.U);
        }

        if (_star.V > 0)
        {
            Link(_star.V, _next[_star.PlaceV]);
            Link(_star.PlaceV, _star.V);
        }
    }
}
