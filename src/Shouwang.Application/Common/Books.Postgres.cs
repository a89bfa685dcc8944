using System.Data.Common;
using Npgsql;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common;

/// <summary>The books on PostgreSQL: READ COMMITTED with rows locked in id order; the driver prepares what recurs.</summary>
internal sealed class PostgresBooks(NpgsqlConnection connection, NpgsqlTransaction transaction, Lazy<KeyRing> keys) : Books(keys)
{
    protected override string LockRow => " FOR UPDATE";

    public override async Task OneAtATime(Guid commandId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(@key)", connection, transaction);
        command.Parameters.AddWithValue("key", BitConverter.ToInt64(commandId.ToByteArray(), 8));
        await command.ExecuteNonQueryAsync(ct);
    }

    protected override DbCommand Command(string sql) => new NpgsqlCommand(sql, connection, transaction);

    protected override void Bind(DbCommand command, int at, string name, object value) =>
        ((NpgsqlCommand)command).Parameters.AddWithValue(name, value);
}
