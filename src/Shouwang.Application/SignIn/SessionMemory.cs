using System.Collections.Concurrent;
using Shouwang.Application.Common;

namespace Shouwang.Application.SignIn;

/// <summary>Remembers for a few seconds who stands behind a session. Nothing is remembered beyond a change stored by this process that
/// may decide who may do what; a change made by another process counts after <see cref="Life"/> at the latest. 会话记忆</summary>
internal sealed class SessionMemory(AccessMark access, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    /// <summary>More sessions than this are not remembered at once.</summary>
    private const int Most = 20_000;

    /// <summary>A mark that no change bears.</summary>
    private const long Never = -1;

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>Who stands behind a session and when it was last seen, remembered or looked up.</summary>
    public async Task<(SignedIn? Found, DateTimeOffset Seen)> Find(Guid session, Func<Task<(SignedIn? Found, DateTimeOffset Seen)>> look)
    {
        // Read before looking: a change that is stored meanwhile makes what was found stale at once.
        var (mark, now) = (access.Current, clock.GetUtcNow());
        if (_known.TryGetValue(session, out var known) && known.Holds(mark, now)) return (known.Found, known.Seen);
        var (found, seen) = await look();
        if (found is null)
        {
            _known.TryRemove(session, out _);
            return (null, seen);
        }

        if (_known.Count >= Most) _known.Clear();
        _known[session] = new(found, seen, mark, now);
        return (found, seen);
    }

    /// <summary>Who stood behind a session when that was last known, if it was not longer ago; a new day ends posts and pairs, but not
    /// this.</summary>
    public SignedIn? Last(Guid session, TimeSpan within) =>
        _known.TryGetValue(session, out var known) && clock.GetUtcNow() - known.At < within ? known.Found : null;

    /// <summary>The sessions that are remembered, however long ago they were looked up.</summary>
    public IReadOnlyList<Guid> All => [.. _known.Keys];

    /// <summary>Remembers nothing of a session any more.</summary>
    public void Drop(Guid session) => _known.TryRemove(session, out _);

    /// <summary>Looks this one session up anew next time; the others stay.</summary>
    public void Forget(Guid session)
    {
        if (_known.TryGetValue(session, out var known)) _known[session] = known with { Mark = Never };
    }

    private sealed record Known(SignedIn Found, DateTimeOffset Seen, long Mark, DateTimeOffset At)
    {
        /// <summary>A clock that goes back, or a new day, ends it too: posts and pairs begin and end with the day.</summary>
        public bool Holds(long mark, DateTimeOffset now) =>
            mark == Mark && now >= At && now < At + Life && Domain.Kernel.Days.Of(now) == Domain.Kernel.Days.Of(At);
    }
}
