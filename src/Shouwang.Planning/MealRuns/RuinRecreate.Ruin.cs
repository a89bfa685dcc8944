namespace Shouwang.Planning.MealRuns;

/// <summary>Ruin: strings of stops out of neighbouring trips, whole or split (Christiaens and Vanden Berghe 2020, §5.2).</summary>
internal sealed unsafe partial class RuinRecreate
{
    private const double MeanRemoved = 10;
    private const double LongestString = 10;
    private const double SplitShare = 0.5;
    private const double SplitDeeper = 0.01;

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
}
