namespace Shouwang.Planning.MealRuns;

/// <summary>Ruin: strings of neighbouring trips. Recreate: greedy insertion with blinks in a random choice of orders. Undo by
/// cart.</summary>
internal sealed unsafe partial class RuinRecreate
{
    private const double MeanRemoved = 10;
    private const double LongestString = 10;
    private const double SplitShare = 0.5;
    private const double SplitDeeper = 0.01;
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

    private void Ruin()
    {
        var used = 0;
        for (var c = 0; c < _carts; c++)
        {
            used += _tripsOf[c];
        }

        var inside = _n - _outsideCount;
        if (inside == 0)
        {
            return;
        }

        var longest = Math.Min(LongestString, (double)inside / Math.Max(used, 1));
        var mostStrings = (4 * MeanRemoved / (1 + longest)) - 1;
        var strings = (int)(1 + (_random.Unit() * mostStrings));
        var seed = 1 + _random.Below(_n);
        _ruinedCount = 0;
        RuinAround(seed, longest);
        foreach (var c in _near[seed])
        {
            if (_ruinedCount >= strings)
            {
                return;
            }

            RuinAround(c, longest);
        }
    }

    private void RuinAround(int stop, double longest)
    {
        var t = _trip[stop];
        if (t == Outside || Array.IndexOf(_ruined, t, 0, _ruinedCount) >= 0)
        {
            return;
        }

        _ruined[_ruinedCount++] = t;
        var length = (int)(1 + (_random.Unit() * Math.Min(_count[t], longest)));
        length = Math.Min(length, _count[t]);
        var keep = 0;
        if (length > 1 && length < _count[t] && _random.Unit() < SplitShare)
        {
            keep = 1;
            while (length + keep < _count[t] && _random.Unit() > SplitDeeper && _random.Unit() < 0.5)
            {
                keep++;
            }
        }

        RemoveString(t, stop, length, keep);
    }

    /// <summary>Takes a random window of length + keep stops around a stop out of its trip, all but keep stops in the middle.</summary>
    private void RemoveString(int t, int stop, int length, int keep)
    {
        Touch(t / _perCart);
        var window = length + keep;
        int ahead = 0, behind = 0;
        for (var v = _prev[stop]; !IsDepot(v) && ahead < window - 1; v = _prev[v])
        {
            ahead++;
        }

        for (var v = _next[stop]; !IsDepot(v) && behind < window - 1; v = _next[v])
        {
            behind++;
        }

        var least = Math.Max(0, window - 1 - behind);
        var back = least + _random.Below(ahead - least + 1);
        var first = stop;
        for (var k = 0; k < back; k++)
        {
            first = _prev[first];
        }

        var keepFrom = keep == 0 ? window : 1 + _random.Below(length - 1);
        var w = first;
        for (var k = 0; k < window; k++)
        {
            var following = _next[w];
            if (k < keepFrom || k >= keepFrom + keep)
            {
                Remove(w, t / _perCart);
            }

            w = following;
        }

        RefreshTrip(t);
        RefreshCart(t / _perCart);
    }

    private void Remove(int stop, int cart)
    {
        int p = _prev[stop], x = _next[stop];
        _cost += D(p, x) - D(p, stop) - D(stop, x) + _outsidePrice - PriceOfCart(stop, cart);
        Link(p, x);
        _trip[stop] = Outside;
        _outside[_outsideCount++] = stop;
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

    /// <summary>Writes down a cart as it is, the first time it is touched in an iteration.</summary>
    private void Touch(int cart)
    {
        if (_isTouched[cart])
        {
            return;
        }

        _isTouched[cart] = true;
        _touched[_touchedCount++] = cart;
        _undo[_undoLength++] = _tripsOf[cart];
        for (var k = 0; k < _tripsOf[cart]; k++)
        {
            var t = _turn[(cart * _perCart) + k];
            _undo[_undoLength++] = t;
            _undo[_undoLength++] = _count[t];
            for (var v = _next[First(t)]; !IsDepot(v); v = _next[v])
            {
                _undo[_undoLength++] = v;
            }
        }
    }

    private void Begin()
    {
        for (var i = 0; i < _touchedCount; i++)
        {
            _isTouched[_touched[i]] = false;
        }

        (_touchedCount, _undoLength, _undoOutside, _undoCost) = (0, 0, _outsideCount, _cost);
        _outside.AsSpan(0, _outsideCount).CopyTo(_wasOutside);
    }

    /// <summary>Puts every touched cart back as it was at <see cref="Begin"/>.</summary>
    private void Undo()
    {
        ClearTouched();
        var at = 0;
        for (var i = 0; i < _touchedCount; i++)
        {
            var cart = _touched[i];
            _tripsOf[cart] = _undo[at++];
            for (var k = 0; k < _tripsOf[cart]; k++)
            {
                var t = _undo[at++];
                _turn[(cart * _perCart) + k] = t;
                var v = First(t);
                for (var left = _undo[at++]; left > 0; left--)
                {
                    Link(v, _undo[at]);
                    v = _undo[at++];
                }

                Link(v, Last(t));
                RefreshTrip(t);
            }

            RefreshCart(cart);
        }

        (_outsideCount, _cost) = (_undoOutside, _undoCost);
        _wasOutside.AsSpan(0, _outsideCount).CopyTo(_outside);
        for (var k = 0; k < _outsideCount; k++)
        {
            _trip[_outside[k]] = Outside;
        }
    }

    private void ClearTouched()
    {
        for (var i = 0; i < _touchedCount; i++)
        {
            var cart = _touched[i];
            for (var t = cart * _perCart; t < (cart + 1) * _perCart; t++)
            {
                Link(First(t), Last(t));
                RefreshTrip(t);
            }
        }
    }
}
