using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shouwang.Application.Common;

namespace Shouwang.Application.Keeping;

/// <summary>Reads and writes whole rows of tables on one connection, past entities and filters: for copies, never for use cases.
/// 整行读写</summary>
internal sealed class TableRows(DbConnection connection, DbTransaction? transaction) : IAsyncDisposable
{
    /// <summary>Ids named in one question at most.</summary>
    public const int AtOnce = 500;

    /// <summary>Everything as it is at one moment, while others go on writing.</summary>
    public static async Task<TableRows> Snapshot(ShouwangDb db, CancellationToken ct)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open) await db.Database.OpenConnectionAsync(ct);
        var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return new(connection, transaction);
    }

    /// <summary>One transaction that fills an empty database.</summary>
    public static async Task<TableRows> Filling(ShouwangDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var connection = db.Database.GetDbConnection();
        return new(connection, await connection.BeginTransactionAsync(ct));
    }

    /// <summary>Works inside a unit of work's own transaction.</summary>
    public static TableRows Within(ShouwangDb db) =>
        new(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction());

    /// <summary>The rows of a table; of those whose column names one of some ids, when ids are given.</summary>
    public async IAsyncEnumerable<object?[]> Of(
        StoredTable table, string? column, IReadOnlyList<Guid> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        var chunks = column is null ? [[]] : ids.Chunk(AtOnce);
        foreach (var chunk in chunks)
        {
            var where = column is null ? "" : $" WHERE \"{column}\" IN ({Marks(chunk.Length)})";
            await using var command = Command($"SELECT {Names(table)} FROM \"{table.Name}\"{where}");
            Bind(command, [.. chunk.Cast<object?>()]);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) yield return RowCodec.Read(reader, table);
        }
    }

    public async Task Insert(StoredTable table, IAsyncEnumerable<object?[]> rows, CancellationToken ct)
    {
        var sql = $"INSERT INTO \"{table.Name}\" ({Names(table)}) VALUES ({Marks(table.Columns.Count)})";
        await foreach (var row in rows.WithCancellation(ct))
        {
            await using var command = Command(sql);
            Bind(command, row);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Puts a row back as it was, found by its one key column.</summary>
    public async Task Update(StoredTable table, object?[] row, CancellationToken ct)
    {
        var key = table.Key.Single();
        var sets = string.Join(", ", table.Columns.Select((c, i) => $"\"{c.Name}\" = @p{i}"));
        await using var command = Command($"UPDATE \"{table.Name}\" SET {sets} WHERE \"{key}\" = @p{table.IndexOf(key)}");
        Bind(command, row);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task Delete(StoredTable table, string column, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var chunk in ids.Chunk(AtOnce))
        {
            await using var command = Command($"DELETE FROM \"{table.Name}\" WHERE \"{column}\" IN ({Marks(chunk.Length)})");
            Bind(command, [.. chunk.Cast<object?>()]);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public async Task<long> Count(StoredTable table, CancellationToken ct)
    {
        await using var command = Command($"SELECT count(*) FROM \"{table.Name}\"");
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Lets the database go on counting after the highest number that was brought along.</summary>
    public async Task GoOnCounting(StoredTable table, CancellationToken ct)
    {
        if (connection is SqliteConnection) return;
        foreach (var column in table.Columns.Where(c => c.IsCounted))
        {
            var next = $"coalesce((SELECT max(\"{column.Name}\") FROM \"{table.Name}\"), 0) + 1";
            await using var command = Command(
                $"SELECT setval(pg_get_serial_sequence('\"{table.Name}\"', '{column.Name}'), {next}, false)");
            await command.ExecuteScalarAsync(ct);
        }
    }

    public Task Commit(CancellationToken ct) => transaction!.CommitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null) await transaction.DisposeAsync();
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    private static void Bind(DbCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
    }

    private static string Names(StoredTable table) => string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));

    private static string Marks(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"@p{i}"));
}
