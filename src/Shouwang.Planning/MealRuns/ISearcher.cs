namespace Shouwang.Planning.MealRuns;

/// <summary>
/// One search with its own random numbers: stepped by the solver, exchanging its best with the others at fixed points. 搜索
/// </summary>
internal interface ISearcher
{
    /// <summary>Cost of the best state so far, with prices for stops outside and changed carts.</summary>
    long BestCost { get; }

    /// <summary>True when the best state serves every stop within every rule.</summary>
    bool IsComplete { get; }

    /// <summary>One iteration; <paramref name="spent"/> is the part of the budget used so far.</summary>
    void Step(double spent);

    /// <summary>The trips of the best state, each cart's in its order.</summary>
    List<(int Cart, int[] Stops)> BestTrips();

    /// <summary>Takes in trips found by another search of the same problem.</summary>
    void Receive(IReadOnlyList<(int Cart, int[] Stops)> trips, long cost);
}
