using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R16: somebody else, an administrator's forgotten session for one, holds the lock without which nobody writes.</summary>
internal static class WriteLock
{
    /// <summary>How long it may take to get the lock from a house that writes without pause.</summary>
    private const int PatienceSeconds = 120;

    /// <summary>Holds the lock for a time. Returns what was odd about it, if anything was; ask <see cref="Answers"/> when the house is
    /// back.</summary>
    public static async Task<string?> Hold(Arena arena, OperationLog log, TimeSpan time, CancellationToken ct)
    {
        var isSqlite = arena.Site.Connection is null;
        await using DbConnection connection = isSqlite
            ? new SqliteConnection($"Data Source={arena.DatabaseFile};Pooling=False") : new NpgsqlConnection(arena.AtLeader().ToString());
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

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this file.")]
    private static async Task Execute(DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, PatienceSeconds);
        await command.ExecuteNonQueryAsync(ct);
    }
}
