using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;

namespace Shouwang.Chaos.Harness;

/// <summary>Someone who may write the database but has none of the keys: every guard in it is taken away, and everything they do is undone
/// afterwards.</summary>
internal sealed class Tamperer(DbConnection connection, Random random) : IAsyncDisposable
{
    private DbTransaction? _transaction;

    public Random Random { get; } = random;

    /// <summary>The field of which a bit was turned last, for who reads what was missed.</summary>
    public string Turned { get; set; } = "";

    /// <summary>The books as they stand in the middle of the tampering.</summary>
    public SealSql View => SealSql.On(connection, _transaction);

    /// <summary>Drops triggers and checks, as an owner of the database can.</summary>
    public async Task Unguard()
    {
        if (connection is SqliteConnection)
        {
            await Do("PRAGMA ignore_check_constraints = ON");
            foreach (var table in AppendOnly.Tables)
            {
                await Do($"DROP TRIGGER \"{table}_no_UPDATE\"");
                await Do($"DROP TRIGGER \"{table}_no_DELETE\"");
            }

            return;
        }

        foreach (var table in AppendOnly.Tables) await Do($"ALTER TABLE {table} DISABLE TRIGGER ALL");
        await Do("ALTER TABLE ledger_account DROP CONSTRAINT ck_ledger_account_floor, DROP CONSTRAINT ck_ledger_account_ceiling");
        await Do("ALTER TABLE ledger_posting DROP CONSTRAINT ck_ledger_posting_positive");
        await Do("ALTER TABLE ledger_hold DROP CONSTRAINT ck_ledger_hold_positive");
    }

    public async Task Begin() => _transaction = await connection.BeginTransactionAsync();

    public async Task Undo()
    {
        await _transaction!.RollbackAsync();
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>Runs a statement; @0, @1 … are the values. Returns how many rows it touched.</summary>
    public async Task<int> Do(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value; null for none.</summary>
    public async Task<object?> Ask(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync() is { } found and not DBNull ? found : null;
    }

    public async Task<long> Number(string sql, params object[] values) =>
        Convert.ToInt64(await Ask(sql, values) ?? 0L, CultureInfo.InvariantCulture);

    public async Task<Guid> Id(string sql, params object[] values) =>
        await Ask(sql, values) switch { Guid id => id, string text => Guid.Parse(text), _ => Guid.Empty };

    /// <summary>The number in one column of a row somewhere in a table; minus one for an empty table.</summary>
    public async Task<long> Pick(string table, string column, string which = "1 = 1")
    {
        var count = await Number($"SELECT count(*) FROM {table} WHERE {which}");
        if (count == 0) return -1;
        return await Number(
            $"SELECT \"{column}\" FROM {table} WHERE {which} ORDER BY \"{column}\" LIMIT 1 OFFSET {Random.NextInt64(count)}");
    }

    /// <summary>The id in one column of a row somewhere in a table.</summary>
    public async Task<Guid> PickId(string table, string column)
    {
        var count = await Number($"SELECT count(*) FROM {table}");
        return await Id($"SELECT \"{column}\" FROM {table} ORDER BY \"{column}\" LIMIT 1 OFFSET {Random.NextInt64(Math.Max(1, count))}");
    }

    /// <summary>Whether a text may be any bytes, as somebody writes them who has the file.</summary>
    public bool HoldsAnything => connection is SqliteConnection;

    /// <summary>A row somewhere in a table, column by column; nothing of an empty table.</summary>
    public async Task<Dictionary<string, object?>> PickRow(string table, string order)
    {
        var row = new Dictionary<string, object?>();
        var count = await Number($"SELECT count(*) FROM {table}");
        var which = Random.NextInt64(Math.Max(1, count));
        await using var command = Command($"SELECT * FROM {table} ORDER BY {order} LIMIT 1 OFFSET {which}", []);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return row;
        for (var i = 0; i < reader.FieldCount; i++)
            row[reader.GetName(i)] = reader.GetValue(i) is var value and not DBNull ? value : null;
        return row;
    }

    /// <summary>Turns one bit of a stored hash.</summary>
    public async Task<int> Flip(string table, string column, string which, params object[] values)
    {
        if (await Ask($"SELECT \"{column}\" FROM {table} WHERE {which}", values) is not byte[] bytes || bytes.Length == 0) return 0;
        bytes[Random.Next(bytes.Length)] ^= (byte)(1 << Random.Next(8));
        return await Do($"UPDATE {table} SET \"{column}\" = @{values.Length} WHERE {which}", [.. values, bytes]);
    }

    /// <summary>Lets two rows change places in their order.</summary>
    public async Task<bool> Swap(string table, string column, long one, long other)
    {
        if (one == other || one < 0 || other < 0) return false;
        await Do($"UPDATE {table} SET \"{column}\" = -77 WHERE \"{column}\" = @0", one);
        await Do($"UPDATE {table} SET \"{column}\" = @0 WHERE \"{column}\" = @1", one, other);
        return await Do($"UPDATE {table} SET \"{column}\" = @0 WHERE \"{column}\" = -77", other) == 1;
    }

    public ValueTask DisposeAsync() => _transaction?.DisposeAsync() ?? ValueTask.CompletedTask;

    private DbCommand Command(string sql, object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements stand in the code; what is put into them are numbers of rows.
        (command.CommandText, command.Transaction) = (sql.Replace("@", "@p", StringComparison.Ordinal), _transaction);
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
