namespace Shouwang.Planning.MealRuns;

/// <summary>
/// How long a search may go on: a number of iterations (the plan then depends on seed and budget alone), a time on a given clock, or both.
/// The clock is handed in, so a benchmark may count processor seconds and a test may count nothing. 预算
/// </summary>
public sealed class RunBudget
{
    private readonly Func<double> _clock;
    private readonly double _start;

    /// <summary>At most so many iterations and so many seconds; null seconds means iterations alone count.</summary>
    public RunBudget(long iterations, double? seconds, Func<double> clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        Iterations = iterations;
        Seconds = seconds;
        _clock = clock;
        _start = clock();
    }

    /// <summary>Iterations over all threads together.</summary>
    public long Iterations { get; }

    /// <summary>Seconds on the clock, or null.</summary>
    public double? Seconds { get; }

    /// <summary>Exactly so many iterations, no clock.</summary>
    public static RunBudget OfIterations(long iterations) => new(iterations, null, static () => 0);

    /// <summary>So many seconds on the given clock.</summary>
    public static RunBudget OfSeconds(double seconds, Func<double> clock) => new(long.MaxValue, seconds, clock);

    /// <summary>Seconds since the start on the clock of this budget.</summary>
    public double Elapsed => _clock() - _start;

    /// <summary>Which part is spent after so many iterations, from 0 to 1 and beyond.</summary>
    public double Spent(long iterations)
    {
        var byCount = (double)iterations / Iterations;
        return Seconds is { } s ? Math.Max(byCount, Elapsed / s) : byCount;
    }
}
