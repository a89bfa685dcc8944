using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shouwang.Application.Common;

/// <summary>One commit per command; the server groups them. Lost races are run again here, so a caller sees one only when the tries are
/// spent.</summary>
internal sealed class PostgresWriter(NpgsqlDataSource source, TimeProvider clock) : Writer
{
    private const int Tries = 8;

    public override async Task<T> Run<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(work, ct);
            }
            catch (Exception lost) when (attempt < Tries && LostRace(lost))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * attempt * 3), ct);
            }
            catch (Exception broken) when (IsGone(broken))
            {
                throw new StorageUnavailable("The database could not store the change.", broken);
            }
        }
    }

    private async Task<T> Once<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        await using var unit =
            new UnitOfWork(new PostgresBooks(connection, transaction), () => Open(connection, transaction), clock.GetUtcNow());

        var verdict = await work(unit);
        if (verdict.Keep) await transaction.CommitAsync(CancellationToken.None);
        return verdict.Answer;
    }

    private static PostgresShouwangDb Open(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var db = new PostgresShouwangDb(new DbContextOptionsBuilder<PostgresShouwangDb>().UseNpgsql(connection).Options);
        db.Database.UseTransaction(transaction);
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    /// <summary>Whether another writer got there first: serialisation failure, deadlock, the same key, a stale version.</summary>
    private static bool LostRace(Exception e) => e switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException { InnerException: { } inner } => LostRace(inner),
        InvalidOperationException { InnerException: { } inner } => LostRace(inner),
        PostgresException
            { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    // Entity Framework wraps what the driver calls passing ("transient") into an InvalidOperationException.

    /// <summary>Whether the server is full, shutting down, unreachable or too slow.</summary>
    internal static bool IsGone(Exception e) => e switch
    {
        DbUpdateException { InnerException: { } inner } => IsGone(inner),
        InvalidOperationException { InnerException: { } inner } => IsGone(inner),
        PostgresException { SqlState: [ '5', '3' or '7' or '8', ..] } => true,
        PostgresException => false,
        NpgsqlException => true,
        TimeoutException => true,
        _ => false,
    };

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
