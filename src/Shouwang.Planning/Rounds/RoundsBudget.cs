namespace Shouwang.Planning.Rounds;

/// <summary>How long the search may go on: a number of moves (the same seed gives the same plan) or a time on a clock that is handed in.
/// 预算</summary>
public sealed class RoundsBudget
{
    private readonly long _iterations;
    private readonly double _seconds;
    private readonly Func<double>? _clock;

    private RoundsBudget(long iterations, double seconds, Func<double>? clock)
    {
        _iterations = iterations;
        _seconds = seconds;
        _clock = clock;
    }

    /// <summary>True if the budget counts moves, so that the result does not depend on the machine's load.</summary>
    public bool CountsMoves => _clock is null;

    /// <summary>A number of moves per thread.</summary>
    public static RoundsBudget OfIterations(long iterations) =>
        new(ArgumentIsPositive(iterations), 0, null);

    /// <summary>Seconds on a clock that starts now; the clock may be wall time or a thread's CPU time.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="clock">Seconds since some fixed moment.</param>
    public static RoundsBudget OfSeconds(double seconds, Func<double> clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        var start = clock();
        return new(long.MaxValue, seconds, () => clock() - start);
    }

    /// <summary>The part of the budget that is used, 0 to 1.</summary>
    public double Used(long iterations) =>
        _clock is null ? Math.Min(1.0, (double)iterations / _iterations) : Math.Min(1.0, _clock() / _seconds);

    private static long ArgumentIsPositive(long iterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        return iterations;
    }
}
