using System.Runtime.CompilerServices;

namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because a move's many shared terms stay in registers; kernels take the nodes they work on as parameters.
/// <summary>
/// The nine classic moves of Vidal 2022, §4.1: relocate one or two, swap one or two with one or two, 2-opt, 2-opt*. A move is priced
/// in three
/// steps, each only if the last left hope: distance, load, time. The kernels are longer than forty lines so that the many shared
/// terms stay in registers.
/// </summary>
internal sealed unsafe partial class LocalSearch
{
    /// <summary>All moves that put u (and x) beside stop v.</summary>
    private bool TryBeside(int v)
    {
        var rv = _route[v];
        var same = rv == _ru;
        var hope = same ? _routePrice[_ru] : _routePrice[_ru] + _routePrice[rv];
        return TryRelocate(v, rv, same, hope) || TrySwap(v, rv, same, hope) || (same ? TryTwoOpt(v, hope) : TryTails(v, rv, hope));
    }

    /// <summary>All moves that put u (and x) first on the trip that starts at this canteen node.</summary>
    private bool TryBehindDepot(int v)
    {
        var rv = _route[v];
        var same = rv == _ru;
        var hope = same ? _routePrice[_ru] : _routePrice[_ru] + _routePrice[rv];
        return TryRelocate(v, rv, same, hope) || (!same && TryTails(v, rv, hope));
    }

    private bool TryRelocate(int v, int rv, bool same, long hope)
    {
        int u = _u, x = _x, p = _p, y = _next[v];
        if (v == p)
        {
            return false;
        }

        var dvy = D(v, y);
        var dvu = D(v, u);
        var gain = _takeU + dvu + D(u, y) - dvy;
        if (gain < hope && gain + PriceOfRelocate(u, u, x, v, y, rv, same, hope - gain, false) < hope)
        {
            Link(p, x);
            Link(v, u);
            Link(u, y);
            return Changed(rv);
        }

        if (IsDepot(x) || v == x)
        {
            return false;
        }

        gain = _takeUx + dvu + D(x, y) - dvy;
        if (gain < hope && gain + PriceOfRelocate(u, x, _xx, v, y, rv, same, hope - gain, false) < hope)
        {
            Link(p, _xx);
            Link(v, u);
            Link(x, y);
            return Changed(rv);
        }

        gain = _takeUx - D(u, x) + D(v, x) + D(x, u) + D(u, y) - dvy;
        if (gain < hope && gain + PriceOfRelocate(u, x, _xx, v, y, rv, same, hope - gain, true) < hope)
        {
            Link(p, _xx);
            Link(v, x);
            Link(x, u);
            Link(u, y);
            return Changed(rv);
        }

        return false;
    }

    /// <summary>Price of what is broken after [u..w] went behind v; anything at or above the limit means no.</summary>
    private long PriceOfRelocate(int u, int w, int tail, int v, int y, int rv, bool same, long limit, bool turned)
    {
        if (same)
        {
            return PriceOfLoad(_routeLoad[_ru]) + (_timed ? TimeOfRelocateWithin(u, w, tail, v, y, turned) : 0);
        }

        var moved = _demand[u] + (w == u ? 0 : _demand[w]);
        var price = PriceOfLoad(_routeLoad[_ru] - moved) + PriceOfLoad(_routeLoad[rv] + moved);
        if (!_timed || price >= limit)
        {
            return price;
        }

        price += Close(_before[_p], _p, tail);
        if (price >= limit)
        {
            return price;
        }

        var last = v;
        var head = turned ? Go(Go(_before[v], ref last, w, w), ref last, u, u) : Go(_before[v], ref last, u, w);
        return price + Close(head, last, y);
    }

    private long TimeOfRelocateWithin(int u, int w, int tail, int v, int y, bool turned)
    {
        var ahead = _position[u] < _position[v];
        var last = ahead ? _p : v;
        var head = _before[last];
        if (ahead)
        {
            head = Go(head, ref last, tail, v);
        }

        head = turned ? Go(Go(head, ref last, w, w), ref last, u, u) : Go(head, ref last, u, w);
        if (!ahead)
        {
            head = Go(head, ref last, y, _p);
        }

        return Close(head, last, ahead ? y : tail);
    }

    private bool TrySwap(int v, int rv, bool same, long hope)
    {
        int u = _u, x = _x, p = _p, y = _next[v], q = _prev[v];
        if (v == p || v == x)
        {
            return false;
        }

        var dqv = D(q, v);
        var dqu = D(q, u);
        var dpv = D(p, v);
        var dvy = D(v, y);
        if (u < v)
        {
            var gain = dpv + D(v, x) - D(p, u) - D(u, x) + dqu + D(u, y) - dqv - dvy;
            if (gain < hope && gain + PriceOfSwap(u, x, v, v, y, rv, same, hope - gain) < hope)
            {
                Link(p, v);
                Link(v, x);
                Link(q, u);
                Link(u, y);
                return Changed(rv);
            }
        }

        return !IsDepot(x) && v != _xx && TrySwapTwo(v, rv, same, hope);
    }

    private bool TrySwapTwo(int v, int rv, bool same, long hope)
    {
        int u = _u, x = _x, xx = _xx, p = _p, y = _next[v], q = _prev[v];
        var shared = D(p, v) - D(p, u) - D(x, xx) + D(q, u) - D(q, v);
        var gain = shared + D(v, xx) + D(x, y) - D(v, y);
        if (gain < hope && gain + PriceOfSwap(x, xx, v, v, y, rv, same, hope - gain) < hope)
        {
            Link(p, v);
            Link(v, xx);
            Link(q, u);
            Link(x, y);
            return Changed(rv);
        }

        if (u > v || IsDepot(y) || y == p)
        {
            return false;
        }

        var yy = _next[y];
        gain = shared + D(y, xx) + D(x, yy) - D(y, yy);
        if (gain < hope && gain + PriceOfSwap(x, xx, v, y, yy, rv, same, hope - gain) < hope)
        {
            Link(p, v);
            Link(y, xx);
            Link(q, u);
            Link(x, yy);
            return Changed(rv);
        }

        return false;
    }

    /// <summary>Price after [u..w] and [v..z] changed places; tailU follows w, tailV follows z.</summary>
    private long PriceOfSwap(int w, int tailU, int v, int z, int tailV, int rv, bool same, long limit)
    {
        int u = _u, q = _prev[v];
        if (same)
        {
            return PriceOfLoad(_routeLoad[_ru]) + (_timed ? TimeOfSwapWithin(w, tailU, v, z, tailV) : 0);
        }

        var more = _demand[v] + (z == v ? 0 : _demand[z]) - _demand[u] - (w == u ? 0 : _demand[w]);
        var price = PriceOfLoad(_routeLoad[_ru] + more) + PriceOfLoad(_routeLoad[rv] - more);
        if (!_timed || price >= limit)
        {
            return price;
        }

        var last = _p;
        var head = Go(_before[_p], ref last, v, z);
        price += Close(head, last, tailU);
        if (price >= limit)
        {
            return price;
        }

        last = q;
        head = Go(_before[q], ref last, u, w);
        return price + Close(head, last, tailV);
    }

    private long TimeOfSwapWithin(int w, int tailU, int v, int z, int tailV)
    {
        int u = _u, last;
        if (_position[u] < _position[v])
        {
            last = _p;
            var head = Go(_before[_p], ref last, v, z);
            head = Go(head, ref last, tailU, _prev[v]);
            return Close(Go(head, ref last, u, w), last, tailV);
        }

        last = _prev[v];
        var other = Go(_before[last], ref last, u, w);
        other = Go(other, ref last, tailV, _p);
        return Close(Go(other, ref last, v, z), last, tailU);
    }

    /// <summary>Joins the stops from..to, as they are linked now, behind a head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TimeSegment Go(TimeSegment head, ref int last, int from, int to)
    {
        var w = from;
        while (true)
        {
            head = TimeSegment.Join(head, _own[w], T(last, w));
            last = w;
            if (w == to)
            {
                return head;
            }

            w = _next[w];
        }
    }
}
