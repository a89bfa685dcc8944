using System.Collections.Concurrent;
using Shouwang.Application.Common;

namespace Shouwang.Application.SignIn;

/// <summary>Stores when a session was last seen, and keeps it in mind where the database cannot store it now: whoever only reads goes on
/// reading while the disk is full or locked. 会话最近使用</summary>
internal sealed class SessionTouches(TimeProvider clock)
{
    /// <summary>How long a request waits for it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>After it could not be stored, nobody waits for the next try for so long.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _unstored = new();
    private Failure? _failed;

    /// <summary>When a session was last seen, as far as that is not stored.</summary>
    public DateTimeOffset? Of(Guid session) => _unstored.TryGetValue(session, out var seen) ? seen : null;

    /// <summary>Stores it, or keeps it in mind for later. Returns whether it is stored.</summary>
    /// <param name="store">Writes it down.</param>
    public async Task<bool> Try(Guid session, Func<Task> store)
    {
        var now = clock.GetUtcNow();
        if (_failed is { } failed && failed.At <= now && now < failed.At + s_rest)
        {
            _unstored[session] = now;
            return false;
        }

        try
        {
            await store().WaitAsync(s_patience);
            _failed = null;
            _unstored.TryRemove(session, out _);
            return true;
        }
        catch (Exception notNow) when (notNow is StorageUnavailable or TimeoutException)
        {
            _failed = new(now);
            _unstored[session] = now;
            return false;
        }
    }

    private sealed record Failure(DateTimeOffset At);
}
