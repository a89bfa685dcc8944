namespace Shouwang.Application.Common;

/// <summary>The house has more to do than it can now; whoever asked is told when to come again. 繁忙</summary>
public sealed class HouseBusy(TimeSpan retryAfter) : Exception("Too many are waiting.")
{
    /// <summary>When to ask again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
