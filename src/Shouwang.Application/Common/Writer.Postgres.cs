using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common;

/// <summary>One commit per command; the server groups them. Lost races are run again here, so a caller sees one only when the tries are
/// spent.</summary>
internal sealed class PostgresWriter(NpgsqlDataSource source, AccessMark access, Lazy<KeyRing> keys, TimeProvider clock) : Writer
{
    private const int Tries = 8;

    /// <summary>Commands that are at work at once, for each processor. More of them only wait for each other's rows, in the server instead
    /// of here, and keep readers and the sealer waiting for a connection.</summary>
    private const int AtOncePerProcessor = 8;

    /// <summary>How many may wait before further callers are turned away.</summary>
    private const int QueueSize = 4096;

    /// <summary>How long a command waits for its turn.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(4);

    /// <summary>After so long a statement that still waits is broken off: whoever asked must hear within fifteen seconds.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(12);

    /// <summary>What a statement may take in any case.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _room = new(AtOncePerProcessor * Environment.ProcessorCount);
    private int _waiting;

    /// <summary>Contexts that wait for their next command; making one costs more than most commands.</summary>
    private readonly ConcurrentBag<PostgresShouwangDb> _idle = [];

    public override async Task<T> Run<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct)
    {
        var asked = Stopwatch.GetTimestamp();
        await Enter(ct);
        try
        {
            return await Persist(work, asked, ct);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task Enter(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > QueueSize)
        {
            Interlocked.Decrement(ref _waiting);
            throw new StorageUnavailable("Too many commands are waiting.");
        }

        try
        {
            using var wait = Patience.Waiting();
            if (!await _room.WaitAsync(Patience.Within(s_turn), ct)) throw new StorageUnavailable("The commands before it take too long.");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Runs it again as long as somebody else was faster.</summary>
    /// <param name="asked">When the caller came, for the deadline.</param>
    private async Task<T> Persist<T>(Func<UnitOfWork, Task<Verdict<T>>> work, long asked, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                return await Once(work, asked, () => isCommitting = true, ct);
            }
            catch (Exception lost) when (attempt < Tries && LostRace(lost))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * attempt * 3), ct);
            }
            catch (Exception broken) when (IsGone(broken))
            {
                // A server that had no room says so, and then it has stored nothing.
                var isKnown = !isCommitting || broken is PostgresException { SqlState: ['5', '3', ..] };
                throw new StorageUnavailable("The database could not store the change.", broken) { MayBeStored = !isKnown };
            }
        }
    }

    /// <param name="committing">Called when what follows decides whether it is stored.</param>
    private async Task<T> Once<T>(Func<UnitOfWork, Task<Verdict<T>>> work, long asked, Action committing, CancellationToken ct)
    {
        await using var connection = await Connect(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        var patience = PatienceFor(connection, asked);
        var books = new PostgresBooks(connection, transaction, keys, patience);
        var unit = new UnitOfWork(books, () => Lend(connection, transaction, patience), clock.GetUtcNow());
        try
        {
            var verdict = await work(unit);
            if (!verdict.Keep) return verdict.Answer;

            // Nothing is committed any more for somebody who has waited too long.
            _ = Patience.SecondsToCommit(patience);
            committing();
            await books.Commit();
            if (unit.Opened is { ChangesAccess: true }) access.Change();
            return verdict.Answer;
        }
        finally
        {
            if (unit.Opened is PostgresShouwangDb db) TakeBack(db);
        }
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken ct)
    {
        Patience.Demand();
        using var wait = Patience.Waiting();
        return await source.OpenConnectionAsync(ct);
    }

    /// <summary>Seconds that a statement may take, of a caller who came at a time.</summary>
    private static int PatienceFor(NpgsqlConnection connection, long asked)
    {
        var left = s_answer - Stopwatch.GetElapsedTime(asked);
        return Math.Min(connection.CommandTimeout, (int)(left < s_least ? s_least : left).TotalSeconds);
    }

    private PostgresShouwangDb Lend(NpgsqlConnection connection, NpgsqlTransaction transaction, int patience)
    {
        if (!_idle.TryTake(out var db)) db = new(s_options);
        db.Database.SetDbConnection(connection);
        db.Database.SetCommandTimeout(patience);
        db.Database.UseTransaction(transaction);
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    private void TakeBack(PostgresShouwangDb db)
    {
        db.Database.UseTransaction(null);
        db.Database.SetDbConnection(null);
        db.Forget();
        _idle.Add(db);
    }

    private static readonly DbContextOptions<PostgresShouwangDb> s_options =
        new DbContextOptionsBuilder<PostgresShouwangDb>().UseNpgsql().AddInterceptors(AccessWatch.Over, TimedReading.Over).Options;

    /// <summary>Whether another writer got there first: serialisation failure, deadlock, the same key, a stale version.</summary>
    private static bool LostRace(Exception e) => e switch
    {
        DbUpdateConcurrencyException or LostRaceException => true,
        DbUpdateException { InnerException: { } inner } => LostRace(inner),
        InvalidOperationException { InnerException: { } inner } => LostRace(inner),
        PostgresException
            { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    // Entity Framework wraps what the driver calls passing ("transient") into an InvalidOperationException.

    /// <summary>Whether the server is full, shutting down, only readable, unreachable, locked or too slow.</summary>
    internal static bool IsGone(Exception e) => e switch
    {
        DbUpdateException { InnerException: { } inner } => IsGone(inner),
        InvalidOperationException { InnerException: { } inner } => IsGone(inner),
        PostgresException
            { SqlState: ['5', '3' or '7' or '8', ..] or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable }
            => true,
        PostgresException => false,
        NpgsqlException => true,
        TimeoutException => true,
        _ => false,
    };

    public override ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var db)) db.Dispose();
        _room.Dispose();
        return ValueTask.CompletedTask;
    }
}
