namespace Shouwang.Chaos.Trials;

/// <summary>R16: whatever ails the database, everybody hears in time.</summary>
internal static class Answers
{
    /// <summary>Within this time everybody must have been answered.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(15);

    /// <summary>Returns what was odd about the slowest answer, if anything was.</summary>
    /// <param name="slowest">How long it took.</param>
    /// <param name="what">What it answered.</param>
    /// <param name="atLeast">So long somebody must have waited, or the fault was none.</param>
    public static string? Odd(TimeSpan slowest, string what, TimeSpan atLeast) =>
        slowest > s_answer ? $"a caller waited {slowest.TotalSeconds:0.0} s for {what}, {s_answer.TotalSeconds:0} are allowed"
        : slowest < atLeast ? $"nobody waited longer than {slowest.TotalSeconds:0.0} s" : null;
}
