using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Shouwang.Application.Common;

/// <summary>The books on SQLite: one writer, so nothing needs a lock; statements stay prepared for the life of the connection.</summary>
internal sealed class SqliteBooks(SqliteConnection connection) : Books
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    protected override string LockRow => "";

    public override Task OneAtATime(Guid commandId, CancellationToken ct) => Task.CompletedTask;

    internal override Task<Repeat?> Meet(Guid commandId, CancellationToken ct) => Earlier(commandId, ct);

    protected override async Task ExecuteAll(IEnumerable<DbCommand> statements, CancellationToken ct)
    {
        foreach (var statement in statements) await statement.ExecuteNonQueryAsync(ct);
    }

    public override Task Record(AuditEntry entry, CancellationToken ct) => EntryOf(entry).ExecuteNonQueryAsync(ct);

    protected override DbCommand Command(string sql)
    {
        if (_prepared.TryGetValue(sql, out var command)) return command;
        command = connection.CreateCommand();
        command.CommandText = sql;
        return _prepared[sql] = command;
    }

    protected override void Bind(DbCommand command, string name, object value)
    {
        var parameters = ((SqliteCommand)command).Parameters;
        var at = parameters.IndexOf("@" + name);
        if (at < 0) parameters.AddWithValue("@" + name, value);
        else parameters[at].Value = value;
    }
}
