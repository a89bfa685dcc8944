using System.Data.Common;
using Microsoft.Data.Sqlite;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using SQLitePCL;

namespace Shouwang.Application.Common;

/// <summary>The books on SQLite: one writer, so nothing needs a lock; statements stay prepared for the life of the connection, and an
/// account that several commands of one commit move is read and written once.</summary>
internal sealed class SqliteBooks(SqliteConnection connection, Lazy<KeyRing> keys) : Books(keys)
{
    /// <summary>Rows of one INSERT.</summary>
    private const int RowsAtOnce = 50;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    private readonly HotAccounts _hot = new();
    private bool _writeThrough;
    private int _changesBefore;

    protected override string LockRow => "";

    /// <summary>Whether the command that is being decided has changed any row, besides those written for commands before it.</summary>
    public bool HasWritten => raw.sqlite3_total_changes(connection.Handle) != _changesBefore + _hot.WrittenForOthers;

    /// <summary>A command begins.</summary>
    public void Begin() => _changesBefore = raw.sqlite3_total_changes(connection.Handle);

    /// <summary>The command is decided.</summary>
    /// <param name="keep">Whether what it did stays.</param>
    public void Decided(bool keep)
    {
        if (keep) _hot.Keep();
        else _hot.Undo();
        _writeThrough = false;
    }

    /// <summary>What is in memory goes to the tables, and the books know nothing by heart any more.</summary>
    public void Finish()
    {
        Settle();
        _hot.Clear();
    }

    /// <summary>The transaction is undone, and so is what was in memory.</summary>
    public void Drop()
    {
        _hot.Clear();
        _writeThrough = false;
    }

    protected override async Task<Account?> Find(AccountKey key, Id<Account> id, CancellationToken ct)
    {
        if (_hot.Find(id) is { } known) return known;
        var found = await base.Find(key, id, ct);
        if (found is not null) _hot.Learn(found);
        return found;
    }

    private protected override IEnumerable<DbCommand> Stored(IEnumerable<Account> accounts)
    {
        foreach (var account in accounts)
        {
            if (!_hot.Move(account.Id, account.Balance)) yield return BalanceOf(account);
        }

        if (_writeThrough) Settle();
    }

    protected override void Settle() => _hot.Settle((id, balance, writes) => With(
        """UPDATE ledger_account SET "Balance" = @balance, "Version" = "Version" + @writes WHERE "Id" = @id""",
        ("balance", balance), ("writes", writes), ("id", id.Value)).ExecuteNonQuery());

    protected override void SettleForHold()
    {
        Settle();
        _hot.Forget();
    }

    internal override void WriteThrough()
    {
        Settle();
        _writeThrough = true;
    }

    public override Task OneAtATime(Guid commandId, CancellationToken ct) => Task.CompletedTask;

    internal override Task<Repeat?> Meet(Guid commandId, CancellationToken ct) => Earlier(commandId, ct);

    /// <summary>One file on one disk: what can be read was synced.</summary>
    internal override bool Reassure() => false;

    protected override async Task ExecuteAll(IEnumerable<DbCommand> statements, CancellationToken ct)
    {
        foreach (var statement in statements) await statement.ExecuteNonQueryAsync(ct);
    }

    public override Task Record(AuditEntry entry, CancellationToken ct) => EntryOf(entry).ExecuteNonQueryAsync(ct);

    internal override async Task InsertAll(string table, IReadOnlyList<(string Column, Array Values)> columns, CancellationToken ct)
    {
        foreach (var some in Enumerable.Range(0, columns[0].Values.Length).Chunk(RowsAtOnce))
        {
            var places = some.Select((_, n) => $"({string.Join(", ", columns.Select((_, c) => $"@c{c}r{n}"))})");
            var sql = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c.Column}\""))}) VALUES {string.Join(", ", places)}";
            await Execute(
                sql, ct, [.. some.SelectMany((row, n) => columns.Select((c, i) => ($"c{i}r{n}", c.Values.GetValue(row)!)))]);
        }
    }

    protected override DbCommand Command(string sql)
    {
        if (_prepared.TryGetValue(sql, out var command)) return command;
        command = connection.CreateCommand();
        command.CommandText = sql;
        return _prepared[sql] = command;
    }

    protected override void Bind(DbCommand command, int at, string name, object value)
    {
        var parameters = ((SqliteCommand)command).Parameters;
        if (at == parameters.Count) parameters.AddWithValue("@" + name, value);
        else parameters[at].Value = value;
    }
}
