using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R16: somebody else, an administrator's forgotten session for one, holds the lock without which nobody writes.</summary>
internal static class WriteLock
{
    /// <summary>Within this time everybody must have been answered.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to get the lock from a house that writes without pause.</summary>
    private const int PatienceSeconds = 120;

    /// <summary>Holds the lock for a time. Returns what was odd about it, if anything was; ask <see cref="Answered"/> when the house is
    /// back.</summary>
    public static async Task<string?> Hold(Arena arena, OperationLog log, TimeSpan time, CancellationToken ct)
    {
        var isSqlite = arena.Site.Connection is null;
        await using DbConnection connection = isSqlite
            ? new SqliteConnection($"Data Source={arena.DatabaseFile};Pooling=False") : new NpgsqlConnection(arena.Site.Connection);
        await connection.OpenAsync(ct);
        _ = log.TakeSlowest();
        await Execute(connection, isSqlite ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE ledger_account IN EXCLUSIVE MODE", ct);

        // What was committed just before may be answered in the first half.
        await Task.Delay(time / 2, ct);
        var granted = log.Granted;
        await Task.Delay(time / 2, ct);
        granted = log.Granted - granted;
        await Execute(connection, "ROLLBACK", ct);
        return granted == 0 ? null : $"{granted} gifts were acknowledged while the lock was held";
    }

    /// <summary>Returns what was odd about the answers since the lock was taken, if anything was.</summary>
    public static string? Answered(OperationLog log) => log.TakeSlowest() is var slowest && slowest > s_answer
        ? $"a caller waited {slowest.TotalSeconds:0.0} s, {s_answer.TotalSeconds:0} are allowed" : null;

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this file.")]
    private static async Task Execute(DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, PatienceSeconds);
        await command.ExecuteNonQueryAsync(ct);
    }
}
