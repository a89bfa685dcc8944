namespace Shouwang.Planning.MealRuns;

/// <summary>
/// Two legs of one search: a few short annealings with ruin and recreate become parents, then the hybrid genetic search crosses them.
/// Either alone
/// is worse: annealing finds good trips fast, crossing finds out which of them go together. 接力
/// </summary>
internal sealed class Relay : ISearcher
{
    /// <summary>How many ruin-and-recreate steps count as one iteration, to weigh about as much as one child.</summary>
    private const int StepsPerIteration = 100;

    private const double FirstLeg = 0.5;
    private const int Annealings = 8;

    private readonly HybridGenetic _genetic;
    private readonly RuinRecreate _ruin;
    private int _annealing;

    /// <summary>Takes over a ruin-and-recreate search that stands at its first plan.</summary>
    public Relay(MealRunProblem problem, ulong seed, RuinRecreate ruin)
    {
        _genetic = new HybridGenetic(problem, seed, new GeneticSizes());
        _ruin = ruin;
        HandOver();
    }

    private ISearcher Leader => _ruin.IsComplete && _ruin.BestCost < _genetic.BestCost ? _ruin : _genetic;

    /// <inheritdoc/>
    public long BestCost => Leader.IsComplete ? Leader.BestCost : _ruin.BestCost;

    /// <inheritdoc/>
    public bool IsComplete => Leader.IsComplete;

    /// <inheritdoc/>
    public List<(int Cart, int[] Stops)> BestTrips() => Leader.IsComplete ? Leader.BestTrips() : _ruin.BestTrips();

    /// <summary>While annealing, parents stay different: what others found comes in with the second leg.</summary>
    public void Receive(IReadOnlyList<(int Cart, int[] Stops)> trips, long cost)
    {
        if (_annealing == Annealings)
        {
            _genetic.Receive(trips, cost);
        }
    }

    /// <inheritdoc/>
    public void Step(double spent)
    {
        var share = spent / FirstLeg * Annealings;
        var annealing = Math.Min((int)share, Annealings);
        if (annealing != _annealing)
        {
            HandOver();
            _annealing = annealing;
            if (annealing < Annealings)
            {
                _ruin.BeginAgain();
            }
        }

        if (annealing == Annealings)
        {
            _genetic.Step(spent);
            return;
        }

        for (var i = 0; i < StepsPerIteration; i++)
        {
            _ruin.Step(share - annealing);
        }
    }

    private void HandOver()
    {
        if (_ruin.IsComplete)
        {
            _genetic.Receive(_ruin.BestTrips(), _ruin.BestCost);
        }
    }
}
