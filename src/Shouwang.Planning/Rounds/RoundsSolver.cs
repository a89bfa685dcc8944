namespace Shouwang.Planning.Rounds;

/// <summary>How to search. 求解选项</summary>
/// <param name="Budget">When to stop.</param>
/// <param name="Seed">Same seed, same number of threads and a budget of moves: the same plan.</param>
public sealed record RoundsSearch(RoundsBudget Budget, ulong Seed = 1)
{
    /// <summary>Searches that run beside each other and meet at fixed points.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Called with the cost of the best plan at the meetings.</summary>
    public Action<double, double>? Progress { get; init; }
}

/// <summary>Plans rounds by simulated annealing. 排班求解器</summary>
public static class RoundsSolver
{
    /// <summary>Plans; the best plan so far when the token is cancelled. The problem must be free of <see
    /// cref="RoundsProblem.Fault"/>.</summary>
    public static RoundsPlan Solve(RoundsProblem problem, RoundsSearch search, CancellationToken cancel = default)
    {
        if (problem.Fault() is { } fault) throw new ArgumentException(fault, nameof(problem));
        var tables = new RoundsTables(problem);
        var cooling = new Cooling(tables, search, cancel);
        return cooling.Run();
    }
}
