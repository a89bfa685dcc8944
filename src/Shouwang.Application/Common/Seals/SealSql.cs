using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>Makes a statement ready on a connection that is already inside its transaction.</summary>
internal delegate DbCommand Asking(string sql, params (string Name, object Value)[] values);

/// <summary>The sealed log as it stands in the database, read in pages, past entities and filters. 封存日志读取</summary>
internal sealed partial class SealSql(Asking ask)
{
    /// <summary>Rows read at once; few enough to be gone before they are old.</summary>
    public const int Page = 1000;

    private const string Columns =
        "\"Position\", \"Kind\", \"Seq\", \"Subject\", \"County\", \"At\", \"Algorithm\", \"RowHash\", \"Chain\"";

    /// <summary>Reads inside whatever transaction a context has open.</summary>
    public static SealSql On(ShouwangDb db) => On(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction());

    public static SealSql On(DbConnection connection, DbTransaction? transaction) => new((sql, values) =>
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    });

    /// <summary>One number: a count, a maximum. Null for none.</summary>
    public async Task<long?> Number(string sql, CancellationToken ct, params (string Name, object Value)[] values) =>
        await ask(sql, values).ExecuteScalarAsync(ct) is { } found and not DBNull
            ? Convert.ToInt64(found, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Which transactions are open on the database server at this moment, besides this one.</summary>
    public async Task<HashSet<string>> OpenTransactions(CancellationToken ct)
    {
        var open = new HashSet<string>();
        await using var reader = await ask(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'virtualxid' AND pid <> pg_backend_pid()").ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) open.Add(reader.GetString(0));
        return open;
    }

    /// <summary>How the sealing of each kind stands, all of them in one journey to the database.</summary>
    /// <param name="known">Of a kind: the number up to which everything is sealed, where it is known, and the one to ask about.</param>
    /// <param name="back">How far behind the last sealed row one must look where nothing is known.</param>
    public async Task<List<SealStand>> Stands(
        IReadOnlyList<RowSource> sources, Func<SealKind, (long? Safe, long Below)> known, long back, CancellationToken ct)
    {
        var values = new List<(string, object)> { ("back", back) };
        var parts = sources.Select((source, i) =>
        {
            var (safe, below) = known(source.Kind);
            values.Add(($"b{i}", below));
            if (safe is { } number) values.Add(($"a{i}", number));
            var last = $"(SELECT coalesce(max(\"Seq\"), 0) FROM seal_link WHERE \"Kind\" = '{source.Kind}')";
            var open =
                $"""
                EXISTS (SELECT 1 FROM {source.Table} x WHERE x."Seq" > {(safe is null ? $"{last} - @back" : $"@a{i}")} AND
                {SealHorizon.NoLink} s."Kind" = '{source.Kind}' AND s."Seq" = x."Seq" {SealHorizon.RowByRow}
                """;
            return $"SELECT {i}, {last}, CASE WHEN {open} AND x.\"Seq\" <= @b{i}) THEN 1 ELSE 0 END, CASE WHEN {open}) THEN 1 ELSE 0 END";
        });
        var stands = new SealStand[sources.Count];
        await using var reader = await ask(string.Join(" UNION ALL ", parts), [.. values]).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            stands[reader.GetInt32(0)] = new(reader.GetInt64(1), reader.GetInt32(2) == 1, reader.GetInt32(3) == 1);
        return [.. stands];
    }

    /// <summary>How many links there are, by the last one.</summary>
    public async Task<long> Size(CancellationToken ct) => await Number("SELECT max(\"Position\") FROM seal_link", ct) + 1 ?? 0;

    /// <summary>Some rows of a kind, the first by their numbers that meet a condition.</summary>
    /// <param name="values">What the condition names, and "most": how many.</param>
    public async Task<List<StoredRow>> Rows(
        RowSource source, string which, CancellationToken ct, params (string Name, object Value)[] values)
    {
        // The end first: a LIMIT beside a join makes SQLite sort every page anew.
        var end = await Number(
            $"SELECT max(s) FROM (SELECT x.\"Seq\" AS s FROM {source.Table} x WHERE {which} ORDER BY x.\"Seq\" LIMIT @most) y", ct, values);
        if (end is null) return [];
        await using var reader = await ask(
            source.Select($"{which} AND x.\"Seq\" <= @end"), [.. values.Where(v => v.Name != "most"), ("end", end)]).ExecuteReaderAsync(ct);
        return await source.Read(reader, ct);
    }

    /// <summary>A page of the rows of a kind, in the order of their numbers.</summary>
    public Task<List<StoredRow>> RowsAfter(RowSource source, long after, CancellationToken ct) =>
        Rows(source, "x.\"Seq\" > @after", ct, ("after", after), ("most", Page));

    /// <summary>Every link of the log in order.</summary>
    public async IAsyncEnumerable<SealLink> Links([EnumeratorCancellation] CancellationToken ct)
    {
        var (after, page) = (long.MinValue, new List<SealLink>());
        do
        {
            page = await Read(
                ask($"SELECT {Columns} FROM seal_link WHERE \"Position\" > @after ORDER BY \"Position\" LIMIT @most",
                    ("after", after), ("most", Page)), ct);
            foreach (var link in page) yield return link;
            if (page.Count > 0) after = page[^1].Position;
        }
        while (page.Count == Page);
    }

    /// <summary>A page of what the links of a kind say of their rows, in the order of the rows' numbers.</summary>
    public async Task<List<SealedRow>> SealedAfter(SealKind kind, long after, CancellationToken ct)
    {
        var page = new List<SealedRow>(Page);
        await using var reader = await ask(
            """
            SELECT "Seq", "Position", "Subject", "County", "RowHash" FROM seal_link
            WHERE "Kind" = @kind AND "Seq" > @after ORDER BY "Seq" LIMIT @most
            """,
            ("kind", kind.ToString()), ("after", after), ("most", Page)).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            try
            {
                page.Add(new(Column.Number(reader, 0), Column.Number(reader, 1), Column.Id(reader, 2), new(Column.Number(reader, 3)),
                    Column.Hash(reader, 4)));
            }
            catch (Exception garbled) when (RowSource.IsGarbled(garbled))
            {
                // The chain says which link it is. What is no number stands behind all numbers.
                if (reader.GetValue(0) is long seq) page.Add(new(seq, Column.Number(reader, 1), Guid.Empty, AreaCode.Nation, []));
            }
        }

        return page;
    }

    /// <summary>When the house last did anything that leaves a trace: wrote, refused, sealed or signed. The beginning of time before that.
    /// </summary>
    public async Task<DateTimeOffset> LastStir(CancellationToken ct)
    {
        await using var reader = await ask(
            """
            SELECT * FROM (SELECT "At" FROM audit_entry ORDER BY "Seq" DESC LIMIT 1) a
            UNION ALL SELECT * FROM (SELECT "At" FROM audit_security_event ORDER BY "Seq" DESC LIMIT 1) e
            UNION ALL SELECT * FROM (SELECT "At" FROM ledger_transaction ORDER BY "Seq" DESC LIMIT 1) t
            UNION ALL SELECT * FROM (SELECT "At" FROM seal_link ORDER BY "Position" DESC LIMIT 1) l
            UNION ALL SELECT * FROM (SELECT "At" FROM seal_checkpoint ORDER BY "Number" DESC LIMIT 1) c
            """).ExecuteReaderAsync(ct);
        var last = DateTime.UnixEpoch;
        while (await reader.ReadAsync(ct))
        {
            try
            {
                if (StoredMoment.At(reader, 0) is var at && at > last) last = at;
            }
            catch (Exception garbled) when (RowSource.IsGarbled(garbled))
            {
                // Whoever checks that row says so; here the others count.
                continue;
            }
        }

        return new(last);
    }

    /// <summary>When a link was made; the end of time where nobody can tell any more.</summary>
    public async Task<DateTime> SealedAt(long position, CancellationToken ct)
    {
        await using var reader = await ask("SELECT \"At\" FROM seal_link WHERE \"Position\" = @position", ("position", position))
            .ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        try
        {
            return StoredMoment.At(reader, 0);
        }
        catch (Exception garbled) when (RowSource.IsGarbled(garbled))
        {
            return DateTime.MaxValue;
        }
    }

    /// <summary>The link of a transaction or a command; null while it is not sealed.</summary>
    public async Task<SealLink?> LinkOf(SealKind kind, Guid subject, CancellationToken ct) => (await Read(
        ask($"SELECT {Columns} FROM seal_link WHERE \"Subject\" = @subject AND \"Kind\" = @kind ORDER BY \"Position\" LIMIT 1",
            ("subject", subject), ("kind", kind.ToString())), ct)).FirstOrDefault();

    /// <summary>The last link of a county's chain before a position; null at its beginning.</summary>
    public async Task<SealLink?> Before(AreaCode county, long position, CancellationToken ct) => (await Read(
        ask($"SELECT {Columns} FROM seal_link WHERE \"County\" = @county AND \"Position\" < @position ORDER BY \"Position\" DESC LIMIT 1",
            ("county", county.Value), ("position", position)), ct)).FirstOrDefault();

    /// <summary>Hashes side by side: of links for step 0, of tiles above it.</summary>
    public async Task<List<byte[]>> Hashes(int step, LeafRange range, CancellationToken ct)
    {
        var sql = step == 0
            ? "SELECT \"Chain\" FROM seal_link WHERE \"Position\" >= @from AND \"Position\" < @to ORDER BY \"Position\""
            : "SELECT \"Hash\" FROM seal_tile WHERE \"Step\" = @step AND \"Number\" >= @from AND \"Number\" < @to ORDER BY \"Number\"";
        var command = step == 0 ? ask(sql, ("from", range.From), ("to", range.To))
            : ask(sql, ("step", step), ("from", range.From), ("to", range.To));
        var hashes = new List<byte[]>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) hashes.Add(reader.GetFieldValue<byte[]>(0));
        return hashes;
    }

    /// <summary>The newest checkpoint that meets a condition; null for none.</summary>
    public async Task<SealCheckpoint?> Checkpoint(string which, CancellationToken ct, params (string Name, object Value)[] values)
    {
        var command = ask(
            $"""
            SELECT "Number", "Origin", "Size", "Root", "At", "Algorithm", "KeyId", "Signature" FROM seal_checkpoint
            WHERE {which} ORDER BY "Number" DESC LIMIT 1
            """,
            values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? CheckpointAt(reader) : null;
    }

    /// <summary>The checkpoint in a row; one that nobody signed where someone put into it what no column can hold.</summary>
    private static SealCheckpoint CheckpointAt(DbDataReader reader)
    {
        try
        {
            return new()
            {
                Number = Column.Number(reader, 0), Origin = reader.GetString(1), Size = Column.Number(reader, 2),
                Root = reader.GetFieldValue<byte[]>(3), At = new(StoredMoment.At(reader, 4)), Algorithm = Column.Small(reader, 5),
                KeyId = reader.GetString(6), Signature = reader.GetFieldValue<byte[]>(7),
            };
        }
        catch (Exception garbled) when (RowSource.IsGarbled(garbled))
        {
            return new() { Number = Column.Number(reader, 0), Size = long.MinValue };
        }
    }

    private static async Task<List<SealLink>> Read(DbCommand command, CancellationToken ct)
    {
        var (links, kind) = (new List<SealLink>(), ("", default(SealKind)));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            try
            {
                links.Add(LinkAt(reader, ref kind));
            }
            catch (Exception garbled) when (RowSource.IsGarbled(garbled))
            {
                // So much as can be read, so that the chain goes on behind it.
                links.Add(new()
                {
                    Position = Column.Number(reader, 0), County = new(reader.GetValue(4) as long? ?? 0),
                    Chain = reader.GetValue(8) as byte[] ?? [],
                });
            }
        }

        return links;
    }

    /// <param name="kind">As the last row had it.</param>
    private static SealLink LinkAt(DbDataReader reader, ref (string Name, SealKind Kind) kind)
    {
        var name = Column.Text(reader, 1, kind.Name);
        if (!ReferenceEquals(name, kind.Name)) kind = (name, Column.NameOf<SealKind>(name));
        return new()
        {
            Position = Column.Number(reader, 0), Kind = kind.Kind, Seq = Column.Number(reader, 2), Subject = Column.Id(reader, 3),
            County = new(Column.Number(reader, 4)), At = new(StoredMoment.At(reader, 5)), Algorithm = Column.Small(reader, 6),
            RowHash = Column.Hash(reader, 7), Chain = Column.Hash(reader, 8),
        };
    }
}

/// <summary>What a link says of the row it seals. 已封存行</summary>
internal sealed record SealedRow(long Seq, long Position, Guid Subject, AreaCode County, byte[] Hash);
