namespace Shouwang.Planning.MealRuns;

/// <summary>
/// Three legs of one search: a few short annealings with ruin and recreate become parents, the hybrid genetic search crosses them, and a
/// last annealing at low heat starts from its best. Which part of the budget each leg gets is fixed. 接力
/// </summary>
internal sealed class Relay : ISearcher
{
    /// <summary>How many ruin-and-recreate steps count as one iteration, to weigh about as much as one child.</summary>
    private const int StepsPerIteration = 100;

    private readonly HybridGenetic _genetic;
    private readonly RuinRecreate _ruin;
    private readonly RelayLegs _legs;
    private int _annealing = -1;
    private bool _last;

    public Relay(MealRunProblem problem, ulong seed, RelayLegs legs)
    {
        _genetic = new HybridGenetic(problem, seed, new GeneticSizes());
        _ruin = new RuinRecreate(problem, seed, null);
        _legs = legs;
        Hand(_ruin, _genetic);
    }

    /// <inheritdoc/>
    public long BestCost => _genetic.BestCost;

    /// <inheritdoc/>
    public bool IsComplete => _genetic.IsComplete;

    /// <inheritdoc/>
    public List<(int Cart, int[] Stops)> BestTrips() => _genetic.BestTrips();

    /// <inheritdoc/>
    public void Receive(IReadOnlyList<(int Cart, int[] Stops)> trips, long cost) => _genetic.Receive(trips, cost);

    /// <inheritdoc/>
    public void Step(double spent)
    {
        if (spent < _legs.First)
        {
            var share = spent / _legs.First * _legs.Annealings;
            if ((int)share != _annealing)
            {
                Hand(_ruin, _genetic);
                _annealing = (int)share;
                _ruin.BeginAgain();
            }

            Anneal(share - _annealing);
        }
        else if (spent < 1 - _legs.Last)
        {
            if (_annealing >= 0)
            {
                Hand(_ruin, _genetic);
                _annealing = -1;
            }

            _genetic.Step(spent);
        }
        else
        {
            if (!_last)
            {
                _last = true;
                _ruin.StartHeat = _legs.LastHeat;
                Hand(_genetic, _ruin);
            }

            Anneal((spent - 1 + _legs.Last) / _legs.Last);
            if (_ruin.BestCost < _genetic.BestCost)
            {
                Hand(_ruin, _genetic);
            }
        }
    }

    private void Anneal(double spent)
    {
        for (var i = 0; i < StepsPerIteration; i++)
        {
            _ruin.Step(spent);
        }
    }

    private static void Hand(ISearcher from, ISearcher to)
    {
        if (from.IsComplete)
        {
            to.Receive(from.BestTrips(), from.BestCost);
        }
    }
}

/// <summary>The parts of the budget: short annealings first and how many, one annealing last and how hot it begins.</summary>
internal sealed record RelayLegs(double First, int Annealings, double Last, double LastHeat);
