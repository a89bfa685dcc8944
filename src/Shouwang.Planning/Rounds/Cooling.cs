namespace Shouwang.Planning.Rounds;

/// <summary>
/// The schedule of one solve. Half of the budget goes to separate anneals from the first plan, because the basin an anneal ends in is luck;
/// the other half heats the best of them mildly, twice. Searches on several threads meet after every anneal.
/// </summary>
internal sealed class Cooling
{
    private const int Batch = 512;
    private const int Probes = 400;

    /// <summary>Start and end temperature, as parts of the mean rise in cost of a random move.</summary>
    private const double Hot = 0.3;
    private const double Cold = 0.002;

    /// <summary>Start temperature of the later anneals, as a part of the first ones'.</summary>
    private const double Reheat = 0.12;
    private const int Reheats = 2;
    private const double StartShare = 0.5;

    /// <summary>The first anneals begin at different heats: plans full of lateness need more, punctual ones less.</summary>
    private static readonly double[] s_starts = [1, 2, 0.7, 1.4];

    private readonly RoundsSearch _search;
    private readonly CancellationToken _cancel;
    private readonly Annealer[] _annealers;
    private readonly Annealer _champion;
    private readonly double _scale;
    private readonly bool _replan;

    public Cooling(RoundsTables tables, RoundsSearch search, CancellationToken cancel)
    {
        (_search, _cancel) = (search, cancel);
        var prices = tables.Problem.Prices;
        _replan = tables.Problem.Requests.Any(request => request.Present is not null);
        _annealers = [.. Enumerable.Range(0, Math.Max(1, search.Threads))
            .Select(t => new Annealer(tables, prices, search.Seed * 1000003 + (ulong)t))];
        _champion = new Annealer(tables, prices, search.Seed);
        Begin(_champion);
        Report();
        var probe = new Annealer(tables, prices.Softened(), search.Seed);
        Begin(probe);
        _scale = probe.Roughness(Probes);
    }

    /// <summary>Runs the whole schedule; whatever happens, a plan comes back.</summary>
    public RoundsPlan Run()
    {
        var from = 0.0;
        for (var i = 0; i < s_starts.Length && !_replan; i++)
        {
            Stage(Begin, s_starts[i], from, from += StartShare / s_starts.Length);
        }
        var share = (1 - from) / Reheats;
        for (var i = 0; i < Reheats; i++)
        {
            Stage(annealer => annealer.Adopt(_champion), Reheat, from, i == Reheats - 1 ? 1 : from += share);
        }
        var plan = _champion.Best();
        return plan with { Iterations = _annealers.Sum(annealer => annealer.Iterations) };
    }

    private void Begin(Annealer annealer)
    {
        if (_replan) annealer.FirstFromPresent();
        else annealer.First();
    }

    private void Stage(Action<Annealer> prepare, double heat, double from, double to)
    {
        foreach (var annealer in _annealers) prepare(annealer);
        if (_annealers.Length == 1) Anneal(_annealers[0], heat, from, to);
        else Parallel.For(0, _annealers.Length, new ParallelOptions { MaxDegreeOfParallelism = _annealers.Length }, t =>
            Anneal(_annealers[t], heat, from, to));
        foreach (var annealer in _annealers)
        {
            if (annealer.BestCost < _champion.BestCost) _champion.Adopt(annealer);
        }
        Report();
    }

    private void Anneal(Annealer annealer, double heat, double from, double to)
    {
        var (hot, cold) = (_scale * Hot * heat, _scale * Cold);
        while (!_cancel.IsCancellationRequested)
        {
            var used = _search.Budget.Used(annealer.Iterations);
            if (used >= to) return;
            var part = Math.Clamp((used - from) / (to - from), 0, 1);
            annealer.Step(hot * Math.Pow(cold / hot, part), Batch);
        }
    }

    private void Report() => _search.Progress?.Invoke(
        _search.Budget.Used(_annealers[0].Iterations), _champion.BestCost * _champion.CostFactor);
}
