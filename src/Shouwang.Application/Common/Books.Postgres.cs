using System.Data.Common;
using Npgsql;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common;

/// <summary>The books on PostgreSQL: READ COMMITTED with rows locked in id order; the driver prepares what recurs.</summary>
/// <param name="connection">Of this command alone.</param>
/// <param name="transaction">What everything is written in.</param>
/// <param name="keys">What rows are marked with.</param>
/// <param name="patience">Seconds that a statement may take.</param>
internal sealed class PostgresBooks(NpgsqlConnection connection, NpgsqlTransaction transaction, Lazy<KeyRing> keys, int patience)
    : Books(keys)
{
    /// <summary>Written, but for the journey that brings it there: nobody has read since.</summary>
    private readonly List<DbCommand> _waiting = [];

    private bool _writeThrough;
    private AuditEntry? _last;

    protected override string LockRow => " FOR UPDATE";

    public override Task OneAtATime(Guid commandId, CancellationToken ct) => Waiting(commandId).ExecuteNonQueryAsync(ct);

    /// <summary>Both in one journey. Under READ COMMITTED each statement sees what is committed when it begins, so the second one sees
    /// whatever the first had to wait for.</summary>
    internal override async Task<Repeat?> Meet(Guid commandId, CancellationToken ct)
    {
        using var wait = Patience.Waiting();
        await using var batch = Batch([Waiting(commandId), RepeatOf(commandId)]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await RepeatAt(reader, ct);
    }

    private protected override async Task<bool> AskAndRead(
        DbCommand question, DbCommand rows, Func<DbDataReader, Task> read, CancellationToken ct)
    {
        using var wait = Patience.Waiting();
        await using var batch = Batch([question, rows]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        await read(reader);
        return found;
    }

    /// <summary>Where commits wait for a standby, one that broke its wait off can be read and is on one machine alone. A commit that writes
    /// anything after it waits for both.</summary>
    internal override bool Reassure()
    {
        _waiting.Add(Command("SELECT pg_logical_emit_message(true, '', '') WHERE current_setting('synchronous_standby_names') <> ''"));
        return true;
    }

    public override Task Record(AuditEntry entry, CancellationToken ct)
    {
        if (_last is not null) throw new InvalidOperationException("A command is recorded once, when all else is written.");
        _last = entry;
        return Task.CompletedTask;
    }

    /// <summary>Makes what was written durable: what still waits and the audit log's row in the same journey.</summary>
    /// <exception cref="TimeoutException">The standby that it waits for does not answer. When such a wait is broken off, the server commits
    /// on one machine alone and only warns of it: that must not be acknowledged, or the next machine to lead would not know it.</exception>
    public async Task Commit()
    {
        var isAlone = false;
        void Hear(object? sender, NpgsqlNoticeEventArgs said) => isAlone |= said.Notice.SqlState is PostgresErrorCodes.Warning;

        connection.Notice += Hear;
        try
        {
            await CommitWaiting();
        }
        finally
        {
            connection.Notice -= Hear;
        }

        if (isAlone) throw new TimeoutException("The standby takes too long.");
    }

    private async Task CommitWaiting()
    {
        if (_last is not null) _waiting.Add(EntryOf(_last));
        if (_waiting.Count == 0)
        {
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }

        using var wait = Patience.Waiting();
        await using var batch = Batch([.. _waiting, Command("COMMIT")], Patience.SecondsToCommit(patience));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAll(IEnumerable<DbCommand> statements, CancellationToken ct)
    {
        _waiting.AddRange(statements);
        if (!_writeThrough) return;
        using var wait = Patience.Waiting();
        await using var batch = TakeWaiting();
        await batch.ExecuteNonQueryAsync(ct);
    }

    protected override void Deliver()
    {
        if (_waiting.Count == 0) return;
        using var wait = Patience.Waiting();
        using var batch = TakeWaiting();
        batch.ExecuteNonQuery();
    }

    internal override void WriteThrough()
    {
        Deliver();
        _writeThrough = true;
    }

    private NpgsqlBatch TakeWaiting()
    {
        var batch = Batch(_waiting);
        _waiting.Clear();
        return batch;
    }

    /// <summary>One statement however many rows there are: each column travels as an array.</summary>
    internal override async Task InsertAll(string table, IReadOnlyList<(string Column, Array Values)> columns, CancellationToken ct)
    {
        if (columns[0].Values.Length == 0) return;
        await Execute(
            $"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c.Column}\""))})
            SELECT * FROM unnest({string.Join(", ", columns.Select(c => $"@{c.Column}"))})
            """,
            ct,
            [.. columns.Select(c => (c.Column, (object)c.Values))]);
    }

    protected override DbCommand Command(string sql) =>
        new TimedCommand(new(sql, connection, transaction) { CommandTimeout = patience });

    protected override void Bind(DbCommand command, int at, string name, object value) =>
        ((TimedCommand)command).Inner.Parameters.AddWithValue(name, value);

    private DbCommand Waiting(Guid commandId) => Statement(
        "SELECT pg_advisory_xact_lock(@key)", ("key", BitConverter.ToInt64(commandId.ToByteArray(), 8)));

    /// <param name="seconds">For how long it may be waited for, where that is not what it is for any statement.</param>
    private NpgsqlBatch Batch(IEnumerable<DbCommand> statements, int? seconds = null)
    {
        var batch = new NpgsqlBatch(connection, transaction) { Timeout = seconds ?? Patience.Seconds(patience) };
        foreach (var statement in statements.Cast<TimedCommand>())
        {
            var step = new NpgsqlBatchCommand(statement.CommandText);
            foreach (NpgsqlParameter parameter in statement.Inner.Parameters) step.Parameters.Add(parameter.Clone());
            batch.BatchCommands.Add(step);
        }

        return batch;
    }
}
