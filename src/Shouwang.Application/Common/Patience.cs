using System.Diagnostics;

namespace Shouwang.Application.Common;

/// <summary>How long whoever asked can still be kept waiting for the database server: all that is read and written for one request shares
/// it, and when it is used up the answer is "not now". Where nobody waits, as on the command line, there is none. 等待时限</summary>
public sealed class Patience
{
    /// <summary>Who has waited so long begins nothing more: it is used up.</summary>
    private static readonly TimeSpan s_begins = TimeSpan.FromSeconds(5.5);

    /// <summary>Who has waited so long does not even commit.</summary>
    private static readonly TimeSpan s_commits = TimeSpan.FromSeconds(7.5);

    /// <summary>What is under way then is broken off. On a slow line that takes four seconds more, because the driver opens a connection of
    /// its own for it; with them whoever asked hears within fifteen.</summary>
    private static readonly TimeSpan s_ends = TimeSpan.FromSeconds(8);

    /// <summary>Seconds that a statement may take once it is begun.</summary>
    private const int Least = 2;

    private static readonly AsyncLocal<Patience?> s_current = new();

    private long _waited;
    private volatile bool _isLifted;

    private static Patience? Current => s_current.Value is { _isLifted: false } own ? own : null;

    private TimeSpan SoFar => TimeSpan.FromTicks(Interlocked.Read(ref _waited));

    /// <summary>A request begins.</summary>
    public static void Begin() => s_current.Value = new();

    /// <summary>What is done now takes the time it takes: an import and its undoing, a month of signatures, an export, a plan, a check of
    /// the books.</summary>
    public static void Lift()
    {
        if (s_current.Value is { } own) own._isLifted = true;
    }

    /// <summary>Seconds for which a statement that begins now may be waited for.</summary>
    /// <param name="most">What it may take in any case.</param>
    /// <exception cref="TimeoutException">It is used up.</exception>
    internal static int Seconds(int most) => Left(most, s_begins);

    /// <summary>The same for a commit, which may begin a little later.</summary>
    /// <exception cref="TimeoutException">It is used up.</exception>
    internal static int SecondsToCommit(int most) => Left(most, s_commits);

    /// <summary>Lets nothing begin that is too late, such as opening a connection; how long that may take is set elsewhere.</summary>
    /// <exception cref="TimeoutException">It is used up.</exception>
    internal static void Demand() => _ = Left(Least, s_begins);

    private static int Left(int most, TimeSpan until)
    {
        if (Current is not { SoFar: var waited }) return most;
        if (waited >= until) throw new TimeoutException("The database server takes too long.");
        return Math.Min(most, Math.Max(Least, (int)Math.Ceiling((s_ends - waited).TotalSeconds)));
    }

    /// <summary>How long something may be waited for; nothing when it is used up.</summary>
    internal static TimeSpan Within(TimeSpan most)
    {
        if (Current is not { SoFar: var waited } || s_begins - waited > most) return most;
        return waited < s_begins ? s_begins - waited : TimeSpan.Zero;
    }

    /// <summary>Keeps the time until it is disposed.</summary>
    internal static Wait Waiting() => new(Current, Stopwatch.GetTimestamp());

    /// <summary>Somebody waited.</summary>
    internal static void Waited(TimeSpan time)
    {
        if (Current is { } own) Interlocked.Add(ref own._waited, time.Ticks);
    }

    /// <summary>A wait that is under way.</summary>
    internal readonly struct Wait(Patience? own, long since) : IDisposable
    {
        public void Dispose()
        {
            if (own is not null) Interlocked.Add(ref own._waited, Stopwatch.GetElapsedTime(since).Ticks);
        }
    }
}
