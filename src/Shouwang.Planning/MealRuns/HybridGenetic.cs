namespace Shouwang.Planning.MealRuns;

/// <summary>
/// Hybrid genetic search (Vidal 2022; with windows Vidal et al. 2013): parents by tournament, order crossover, Split, local search, repair,
/// and prices that steer towards a fifth of feasible children. One island of it; islands exchange their best at fixed points. 混合遗传搜索
/// </summary>
internal sealed class HybridGenetic : ISearcher
{
    private const double TargetFeasible = 0.2;
    private const int PriceEvery = 100;
    private const int RestartAfter = 20_000;
    private const int RepairFactor = 10;

    private readonly MealRunProblem _p;
    private readonly RandomStream _random;
    private readonly Population _population;
    private readonly LocalSearch _search;
    private readonly Split _split;
    private readonly Crossover _crossover;
    private readonly RouteSet _child;
    private readonly RouteSet _best;
    private readonly int[] _tour;
    private readonly int _initial;
    private long _loadPrice;
    private long _timePrice;
    private int _built;
    private int _stale;
    private int _seen;
    private int _loadOk;
    private int _timeOk;

    public HybridGenetic(MealRunProblem problem, ulong seed, GeneticSizes sizes)
    {
        _p = problem;
        _random = new RandomStream(seed);
        var n = problem.Stops;
        var routes = RoutesFor(problem);
        _population = new Population(n, routes, (sizes.Minimum, sizes.Generation, sizes.Elite));
        _search = new LocalSearch(problem, routes, Neighbourhood.Build(problem, sizes.Near, symmetric: true), _random);
        _split = new Split(problem, routes);
        _crossover = new Crossover(n);
        _child = new RouteSet(n, routes);
        _best = new RouteSet(n, routes) { Distance = long.MaxValue };
        _tour = [.. Enumerable.Range(1, n)];
        _initial = 4 * sizes.Minimum;
        var far = problem.Distance.Max();
        var perLoad = ((long)far << LocalSearch.PriceShift) / Math.Max(1, problem.Demand.Max());
        _loadPrice = Math.Clamp(perLoad, 1L << LocalSearch.PriceShift, 1000L << LocalSearch.PriceShift);
        _timePrice = 1L << LocalSearch.PriceShift;
    }

    /// <inheritdoc/>
    public long BestCost => _best.Distance;

    /// <inheritdoc/>
    public bool IsComplete => _best.Distance < long.MaxValue;

    /// <summary>One child: build, cross, improve, keep.</summary>
    public void Step(double spent)
    {
        if (_built < _initial)
        {
            _built++;
            _random.Shuffle(_tour);
        }
        else
        {
            _crossover.Mix(_population.Parent(_random), _population.Parent(_random), _tour, _random);
        }

        _split.Run(_tour, _child, _loadPrice, _timePrice);
        _stale++;
        Improve(_loadPrice, _timePrice);
        Count();
        if (!_child.IsFeasible && _random.Below(2) == 0)
        {
            Improve(_loadPrice * RepairFactor, _timePrice * RepairFactor, onlyFeasible: true);
        }

        if (_stale > RestartAfter)
        {
            _population.Clear();
            (_built, _stale) = (0, 0);
        }
    }

    /// <inheritdoc/>
    public List<(int Cart, int[] Stops)> BestTrips()
    {
        var trips = new List<(int Cart, int[] Stops)>();
        for (var r = 0; IsComplete && r < _best.Count; r++)
        {
            trips.Add((r, _best.Route(r).ToArray()));
        }

        return trips;
    }

    /// <inheritdoc/>
    public void Receive(IReadOnlyList<(int Cart, int[] Stops)> trips, long cost)
    {
        if (trips.Count >= _child.Starts.Length)
        {
            return;
        }

        _child.Clear();
        foreach (var (_, stops) in trips)
        {
            foreach (var stop in stops)
            {
                _child.Append(stop);
            }

            _child.CloseRoute();
        }

        _child.Measure(_p);
        _population.Add(_child, _loadPrice, _timePrice);
        Note(_child);
    }

    private void Improve(long loadPrice, long timePrice, bool onlyFeasible = false)
    {
        _search.Load(_child, loadPrice, timePrice);
        _search.Run();
        _search.Save(_child);
        if (!onlyFeasible || _child.IsFeasible)
        {
            _population.Add(_child, _loadPrice, _timePrice);
            Note(_child);
        }
    }

    private void Note(RouteSet set)
    {
        if (set.IsFeasible && set.Distance < _best.Distance)
        {
            _best.CopyFrom(set);
            _stale = 0;
        }
    }

    private void Count()
    {
        _loadOk += _child.OverLoad == 0 ? 1 : 0;
        _timeOk += _child.OverTime == 0 ? 1 : 0;
        if (++_seen == PriceEvery)
        {
            _loadPrice = Steer(_loadPrice, _loadOk);
            _timePrice = Steer(_timePrice, _timeOk);
            _population.Reprice(_loadPrice, _timePrice);
            (_seen, _loadOk, _timeOk) = (0, 0, 0);
        }
    }

    private static long Steer(long price, int ok)
    {
        var share = (double)ok / PriceEvery;
        var factor = share < TargetFeasible - 0.05 ? 1.2 : share > TargetFeasible + 0.05 ? 0.85 : 1;
        return Math.Clamp((long)(price * factor), 1L << (LocalSearch.PriceShift - 3), 100_000L << LocalSearch.PriceShift);
    }

    /// <summary>
    /// How many routes are worth keeping in memory: all carts, or a good third more than the load needs when nothing else binds.
    /// </summary>
    private static int RoutesFor(MealRunProblem p)
    {
        var most = Math.Min(p.Carts, p.Stops);
        if (p.IsTimed)
        {
            return most;
        }

        var needed = (p.Demand.Sum(d => (long)d) + p.Capacity - 1) / p.Capacity;
        return (int)Math.Min(most, (needed * 13 / 10) + 3);
    }
}

/// <summary>Sizes of the search: population, neighbours. The defaults come from the papers and hold for all problems.</summary>
internal sealed record GeneticSizes(int Minimum = 25, int Generation = 40, int Elite = 4, int Near = 20);
