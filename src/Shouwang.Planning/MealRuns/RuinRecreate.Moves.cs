namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because the insertion kernels keep their nodes in registers.
/// <summary>Recreate: greedy insertion with blinks in a random choice of orders.</summary>
internal sealed unsafe partial class RuinRecreate
{
    private const int BlinkOneIn = 100;

    private readonly int[] _undo;
    private readonly int[] _touched;
    private readonly bool[] _isTouched;
    private readonly int[] _ruined;
    private readonly long[] _keys;
    private int _undoLength;
    private int _touchedCount;
    private int _ruinedCount;
    private int _undoOutside;
    private long _undoCost;

    /// <summary>Where a stop would go: behind a node of a trip, or alone as the k-th trip of a cart.</summary>
    private struct Place
    {
        public long Cost;
        public int Behind;
        public int Cart;
        public int Turn;
    }

    private void Recreate(bool blink)
    {
        SortOutside();
        var left = 0;
        for (var k = 0; k < _outsideCount; k++)
        {
            var stop = _outside[k];
            var place = FindPlace(stop, blink);
            if (place.Cost == long.MaxValue)
            {
                _outside[left++] = stop;
            }
            else
            {
                Insert(stop, place);
            }
        }

        _outsideCount = left;
    }

    private void SortOutside()
    {
        var choice = _random.Below(_timed ? 17 : 11);
        for (var k = 0; k < _outsideCount; k++)
        {
            var c = _outside[k];
            _keys[k] = choice switch
            {
                < 4 => (long)(_random.Bits() >> 1),
                < 8 => -_demand[c],
                < 10 => -_distance[c],
                < 11 => _distance[c],
                < 13 => (long)_own[c].Late - _own[c].Early,
                < 15 => _own[c].Early,
                _ => -_own[c].Late,
            };
        }

        Array.Sort(_keys, _outside, 0, _outsideCount);
    }

    private Place FindPlace(int stop, bool blink)
    {
        var best = new Place { Cost = long.MaxValue };
        foreach (var v in _near[stop])
        {
            if (_trip[v] == Outside || _load[_trip[v]] + _demand[stop] > _p.Capacity)
            {
                continue;
            }

            Consider(stop, v, blink, ref best);
            if (IsDepot(_prev[v]))
            {
                Consider(stop, _prev[v], blink, ref best);
            }
        }

        ConsiderNewTrips(stop, blink, ref best);
        if (best.Cost == long.MaxValue && _near[stop].Length < _n - 1)
        {
            ConsiderEverywhere(stop, ref best);
        }

        return best;
    }

    private void ConsiderEverywhere(int stop, ref Place best)
    {
        for (var v = 1; v <= _n; v++)
        {
            if (_trip[v] != Outside && _load[_trip[v]] + _demand[stop] <= _p.Capacity)
            {
                Consider(stop, v, false, ref best);
                Consider(stop, _prev[v], false, ref best);
            }
        }
    }

    private void Consider(int stop, int v, bool blink, ref Place best)
    {
        int y = _next[v], t = _trip[v];
        var cost = D(v, stop) + D(stop, y) - D(v, y) + PriceOfCart(stop, t / _perCart);
        if (cost >= best.Cost || (blink && _random.Below(BlinkOneIn) == 0))
        {
            return;
        }

        if (_timed)
        {
            var whole = TimeSegment.Join(TimeSegment.Join(_before[v], _own[stop], T(v, stop)), _after[y], T(stop, y));
            if (!Fits(whole, IsDepot(y) ? stop : _prev[Last(t)], _ready[t], _due[t]))
            {
                return;
            }
        }

        best = new Place { Cost = cost, Behind = v };
    }

    private void ConsiderNewTrips(int stop, bool blink, ref Place best)
    {
        var there = _own[0];
        var whole = TimeSegment.Join(TimeSegment.Join(there, _own[stop], _travel[stop]), there, _travel[stop * _size]);
        var distance = (long)_distance[stop] + _distance[stop * _size];
        var seenEmpty = false;
        for (var c = 0; c < _carts && distance < best.Cost; c++)
        {
            var cost = distance + PriceOfCart(stop, c);
            var used = _tripsOf[c];
            if (used == 0 && seenEmpty && !_several)
            {
                return;
            }

            if (_cartOut[c] || used == _perCart || cost >= best.Cost || (used == 0 && seenEmpty)
                || (blink && _random.Below(BlinkOneIn) == 0))
            {
                continue;
            }

            seenEmpty |= used == 0 && _changePrice == 0;
            for (var k = 0; k <= used; k++)
            {
                var turn = _turn + (c * _perCart);
                var ready = k == 0 ? _p.Earliest[0] : EndOf(turn[k - 1]) + _p.ReloadTime;
                var due = k == used ? _p.Latest[0] : StartBy(turn[k]) - _p.ReloadTime;
                if (!_timed || Fits(whole, stop, ready, due))
                {
                    best = new Place { Cost = cost, Behind = Outside, Cart = c, Turn = k };
                    break;
                }
            }
        }
    }

    private int EndOf(int t) => Math.Max(_ready[t], _before[Last(t)].Early) + _before[Last(t)].Length;

    private int StartBy(int t) => Math.Min(_before[Last(t)].Late, _due[t] - _before[Last(t)].Length);

    private void Insert(int stop, in Place place)
    {
        var behind = place.Behind;
        if (behind == Outside)
        {
            Touch(place.Cart);
            behind = First(OpenTrip(place.Cart, place.Turn));
        }

        var t = _trip[behind];
        Touch(t / _perCart);
        var y = _next[behind];
        _cost += place.Cost - _outsidePrice;
        Link(behind, stop);
        Link(stop, y);
        RefreshTrip(t);
        RefreshCart(t / _perCart);
    }

    /// <summary>Makes an unused trip of the cart its k-th.</summary>
    private int OpenTrip(int cart, int k)
    {
        var turn = _turn + (cart * _perCart);
        var free = cart * _perCart;
        while (_count[free] > 0)
        {
            free++;
        }

        for (var i = _tripsOf[cart]++; i > k; i--)
        {
            turn[i] = turn[i - 1];
        }

        turn[k] = free;
        _trip[First(free)] = free;
        return free;
    }
}
