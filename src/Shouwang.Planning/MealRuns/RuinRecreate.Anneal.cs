namespace Shouwang.Planning.MealRuns;

// Longer than 40 lines because taking in a whole plan rebuilds every sum in one place.
/// <summary>The annealing around ruin and recreate, the start from a present plan, and the best plan so far.</summary>
internal sealed unsafe partial class RuinRecreate : ISearcher
{
    // Temperatures relative to the mean leg of the first plan: the paper's 100 and 1 on maps of about that scale.
    private const double Hot = 0.5;
    private const double Cold = 0.005;

    private readonly int[] _wasOutside;
    private readonly int[] _bestStops;
    private readonly int[] _bestTrips;
    private readonly int[] _bestCarts;
    private double _meanLeg;
    private int _bestOutside;
    private int _bestTripCount;

    /// <inheritdoc/>
    public long BestCost { get; private set; } = long.MaxValue;

    /// <inheritdoc/>
    public bool IsComplete => _bestOutside == 0;

    private void Start(PresentPlan? present)
    {
        if (present is not null)
        {
            TakeOver(present);
        }

        Recreate(blink: false);
        _meanLeg = Math.Max(1.0, (double)(_cost - (_outsideCount * _outsidePrice)) / Math.Max(1, _n - _outsideCount));
        Note();
    }

    /// <summary>Every stop of the present plan goes behind its present neighbour if its cart goes today and all rules still hold.</summary>
    private void TakeOver(PresentPlan present)
    {
        foreach (var cart in present.CartsOut)
        {
            if (cart >= 0 && cart < _carts)
            {
                _cartOut[cart] = true;
            }
        }

        foreach (var trip in present.Trips)
        {
            foreach (var stop in trip.Stops)
            {
                _wantedCart[stop] = trip.Cart;
            }

            if (trip.Cart < _carts && !_cartOut[trip.Cart])
            {
                TakeOver(trip);
            }
        }

        var left = 0;
        for (var k = 0; k < _n; k++)
        {
            if (_trip[k + 1] == Outside)
            {
                _outside[left++] = k + 1;
            }
        }

        _outsideCount = left;
    }

    private void TakeOver(MealTrip trip)
    {
        var behind = Outside;
        foreach (var stop in trip.Stops)
        {
            var place = new Place { Cost = long.MaxValue };
            if (behind == Outside)
            {
                ConsiderLastTrip(stop, trip.Cart, ref place);
            }
            else if (_load[_trip[behind]] + _demand[stop] <= _p.Capacity)
            {
                Consider(stop, behind, false, ref place);
            }

            if (place.Cost < long.MaxValue)
            {
                Insert(stop, place);
                behind = stop;
            }
        }
    }

    private void ConsiderLastTrip(int stop, int cart, ref Place place)
    {
        var used = _tripsOf[cart];
        var whole = TimeSegment.Join(TimeSegment.Join(_own[0], _own[stop], _travel[stop]), _own[0], _travel[stop * _size]);
        var ready = used == 0 ? _p.Earliest[0] : EndOf(_turn[(cart * _perCart) + used - 1]) + _p.ReloadTime;
        if (used < _perCart && Fits(whole, stop, ready, _p.Latest[0]))
        {
            place = new Place { Cost = (long)_distance[stop] + _distance[stop * _size], Behind = Outside, Cart = cart, Turn = used };
        }
    }

    /// <summary>Forgets everything and begins again with a new first plan.</summary>
    public void BeginAgain()
    {
        new Span<int>(_tripsOf, _carts).Clear();
        for (var c = 0; c < _carts; c++)
        {
            _isTouched[c] = false;
        }

        _touchedCount = 0;
        BestCost = long.MaxValue;
        Reset();
        Start(null);
    }

    /// <inheritdoc/>
    public void Step(double spent)
    {
        Begin();
        Ruin();
        Recreate(blink: true);
        var heat = _meanLeg * Hot * Math.Pow(Cold / Hot, Math.Min(1, spent));
        if (_cost >= _undoCost - (heat * Math.Log(1 - _random.Unit())))
        {
            Undo();
        }
        else if (_cost < BestCost)
        {
            Note();
        }
    }

    private void Note()
    {
        (BestCost, _bestOutside, _bestTripCount) = (_cost, _outsideCount, 0);
        var at = 0;
        for (var c = 0; c < _carts; c++)
        {
            for (var k = 0; k < _tripsOf[c]; k++)
            {
                var t = _turn[(c * _perCart) + k];
                for (var v = _next[First(t)]; !IsDepot(v); v = _next[v])
                {
                    _bestStops[at++] = v;
                }

                (_bestTrips[_bestTripCount], _bestCarts[_bestTripCount]) = (at, c);
                _bestTripCount++;
            }
        }
    }

    /// <inheritdoc/>
    public List<(int Cart, int[] Stops)> BestTrips()
    {
        var trips = new List<(int Cart, int[] Stops)>();
        for (int i = 0, from = 0; i < _bestTripCount; from = _bestTrips[i++])
        {
            trips.Add((_bestCarts[i], _bestStops[from.._bestTrips[i]]));
        }

        return trips;
    }

    /// <inheritdoc/>
    public void Receive(IReadOnlyList<(int Cart, int[] Stops)> trips, long cost)
    {
        if (cost >= BestCost)
        {
            return;
        }

        Begin();
        for (var c = 0; c < _carts; c++)
        {
            Touch(c);
        }

        ClearTouched();
        new Span<int>(_tripsOf, _carts).Clear();
        new Span<int>(_trip + 1, _n).Fill(Outside);
        foreach (var (cart, stops) in trips)
        {
            var t = OpenTrip(cart, _tripsOf[cart]);
            var v = First(t);
            foreach (var stop in stops)
            {
                Link(v, stop);
                v = stop;
            }

            Link(v, Last(t));
            RefreshTrip(t);
        }

        _outsideCount = 0;
        for (var i = 1; i <= _n; i++)
        {
            if (_trip[i] == Outside)
            {
                _outside[_outsideCount++] = i;
            }
        }

        for (var c = 0; c < _carts; c++)
        {
            RefreshCart(c);
        }

        _cost = cost;
        Note();
    }
}
