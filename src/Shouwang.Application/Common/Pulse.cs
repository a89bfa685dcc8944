namespace Shouwang.Application.Common;

/// <summary>Whether the books can be written, as those noticed who tried: since when nobody could. 登记状况</summary>
internal sealed class Pulse
{
    /// <summary>So long somebody must have tried in vain before it is told: a restart of the database takes less.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private DateTimeOffset _lastDone = DateTimeOffset.MinValue;
    private DateTimeOffset? _firstInVain;

    /// <summary>Something was stored.</summary>
    /// <param name="now">When.</param>
    public void Done(DateTimeOffset now)
    {
        lock (_lock) (_lastDone, _firstInVain) = (now, null);
    }

    /// <summary>Something could not be stored.</summary>
    /// <param name="began">When that was begun; what was begun before the last success says nothing.</param>
    public void InVain(DateTimeOffset began)
    {
        lock (_lock)
        {
            if (began >= _lastDone && (_firstInVain is null || began < _firstInVain)) _firstInVain = began;
        }
    }

    /// <summary>Since when nothing could be stored, if it has been long enough to be told; a clock that went back begins anew.</summary>
    public DateTimeOffset? StuckSince(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _lastDone) (_lastDone, _firstInVain) = (now, null);
            return now - _firstInVain >= Patience ? _firstInVain : null;
        }
    }
}
