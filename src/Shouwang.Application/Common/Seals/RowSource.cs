using System.Data.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>A row as it is sealed. 待封存行</summary>
/// <param name="Subject">The command's or transaction's id.</param>
/// <param name="Hash">Over every column that means something.</param>
/// <param name="IsTrue">Whether the row agrees with what it says of itself; an audit row carries its own keyed hash, a row of the
/// ledger or a security event its mark.</param>
internal sealed record StoredRow(long Seq, Guid Subject, AreaCode Area, DateTime At, byte[] Hash, bool IsTrue)
{
    public IReadOnlyList<PostingRow> Postings { get; init; } = [];

    /// <summary>The book of a transaction.</summary>
    public string Book { get; init; } = "";

    /// <summary>Whose chain it belongs to.</summary>
    public AreaCode County => Area.Level > AreaLevel.County ? Area.At(AreaLevel.County) : Area;

    /// <summary>Someone put into it what no column of its kind can hold.</summary>
    public static StoredRow Unreadable(long seq) => new(seq, Guid.Empty, AreaCode.Nation, DateTime.UnixEpoch, [], false);
}

/// <summary>How the rows of one kind are read and hashed. 封存来源</summary>
internal abstract class RowSource
{
    protected CanonicalRow Canonical { get; } = new();

    /// <summary>All kinds there are.</summary>
    public static IReadOnlyList<RowSource> All(KeyRing keys) =>
    [
        new AuditSource(keys), new TransactionSource(keys), new HoldSource(keys), new HoldEndSource(keys), new EventSource(keys),
    ];

    public abstract SealKind Kind { get; }

    /// <summary>The table whose numbers the links name.</summary>
    public abstract string Table { get; }

    /// <summary>The statement that reads rows in the order of their numbers.</summary>
    /// <param name="which">Which of them: a condition over the table, called x.</param>
    public abstract string Select(string which);

    /// <summary>Reads what <see cref="Select"/> gives.</summary>
    public virtual async Task<List<StoredRow>> Read(DbDataReader reader, CancellationToken ct)
    {
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(ct))
        {
            try
            {
                rows.Add(One(reader));
            }
            catch (Exception garbled) when (IsGarbled(garbled))
            {
                rows.Add(StoredRow.Unreadable(reader.GetInt64(0)));
            }
        }

        return rows;
    }

    protected abstract StoredRow One(DbDataReader reader);

    /// <summary>A column of bytes; none of them when it is empty.</summary>
    protected static byte[] Bytes(DbDataReader reader, int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    /// <summary>Whether reading failed because someone put into a column what the house never does.</summary>
    public static bool IsGarbled(Exception e) =>
        e is FormatException or InvalidCastException or OverflowException or ArgumentException or InvalidOperationException;
}

/// <summary>The audit log. 操作日志</summary>
internal sealed class AuditSource(KeyRing keys) : RowSource
{
    public override SealKind Kind => SealKind.Audit;

    public override string Table => "audit_entry";

    public override string Select(string which) =>
        $"""
        SELECT x."Seq", x."CommandId", x."Command", x."Asked", x."Answered", x."Actor", x."Role", x."Area", x."At", x."RowHash"
        FROM audit_entry x WHERE {which} ORDER BY x."Seq"
        """;

    protected override StoredRow One(DbDataReader reader)
    {
        var entry = new AuditEntry
        {
            Seq = reader.GetInt64(0), CommandId = reader.GetGuid(1), Command = reader.GetString(2), Asked = reader.GetString(3),
            Answered = reader.GetString(4), Actor = reader.GetGuid(5), Role = reader.GetString(6), Area = new(reader.GetInt64(7)),
            At = new(Moment.At(reader, 8)), RowHash = reader.GetString(9),
        };
        var hash = AuditRows.Digest(Canonical, entry, keys);
        return new(entry.Seq, entry.CommandId, entry.Area, entry.At.UtcDateTime, hash, Convert.ToHexStringLower(hash) == entry.RowHash);
    }
}

/// <summary>Refused, forbidden and failed attempts. 安全事件</summary>
internal sealed class EventSource(KeyRing keys) : RowSource
{
    public override SealKind Kind => SealKind.SecurityEvent;

    public override string Table => "audit_security_event";

    public override string Select(string which) =>
        $"""
        SELECT x."Seq", x."Id", x."Code", x."Command", x."Actor", x."Role", x."Area", x."At", x."Mark"
        FROM audit_security_event x WHERE {which} ORDER BY x."Seq"
        """;

    protected override StoredRow One(DbDataReader reader)
    {
        var happened = new SecurityEvent
        {
            Seq = reader.GetInt64(0), Id = reader.GetGuid(1), Code = reader.GetString(2), Command = reader.GetString(3),
            Actor = reader.GetGuid(4), Role = reader.GetString(5), Area = new(reader.GetInt64(6)), At = new(Moment.At(reader, 7)),
        };
        var row = EventForm.Of(Canonical, happened);
        var isTrue = row.IsMarked(keys, EventForm.EventMark, Bytes(reader, 8));
        return new(happened.Seq, happened.Id, happened.Area, happened.At.UtcDateTime, row.Sha256(), isTrue);
    }
}

/// <summary>Transactions of the ledger, each with its postings. 凭证与分录</summary>
internal sealed class TransactionSource(KeyRing keys) : RowSource
{
    /// <summary>Whether the last row still takes postings.</summary>
    private bool _open;
    private byte[] _mark = [];

    public override SealKind Kind => SealKind.Transaction;

    public override string Table => "ledger_transaction";

    public override string Select(string which) =>
        $"""
        SELECT x."Seq", x."Id", x."Book", x."Area", x."Reason", x."At", x."Reverses", p."Line", p."From", p."To", p."Amount", x."LinkedTo", x."Mark"
        FROM ledger_transaction x LEFT JOIN ledger_posting p ON p."TransactionId" = x."Id"
        WHERE {which} ORDER BY x."Seq", p."Line"
        """;

    public override async Task<List<StoredRow>> Read(DbDataReader reader, CancellationToken ct)
    {
        (var rows, _open) = (new List<StoredRow>(), false);
        while (await reader.ReadAsync(ct))
        {
            try
            {
                Take(reader, rows);
            }
            catch (Exception garbled) when (IsGarbled(garbled))
            {
                (rows[^1], _open) = (StoredRow.Unreadable(rows[^1].Seq), false);
            }
        }

        if (_open) rows[^1] = Closed(rows[^1]);
        return rows;
    }

    private void Take(DbDataReader reader, List<StoredRow> rows)
    {
        var seq = reader.GetInt64(0);
        if (rows.Count == 0 || rows[^1].Seq != seq)
        {
            if (_open) rows[^1] = Closed(rows[^1]);
            rows.Add(StoredRow.Unreadable(seq));
            rows[^1] = One(reader);
            _open = true;
        }

        if (_open && !reader.IsDBNull(7)) Line(reader, rows[^1]);
    }

    protected override StoredRow One(DbDataReader reader)
    {
        var (id, area, at, book) = (reader.GetGuid(1), reader.GetInt64(3), Moment.At(reader, 5), reader.GetString(2));
        LedgerForm.Begin(Canonical, new(
            id, book, area, reader.GetString(4), at, reader.IsDBNull(6) ? null : reader.GetGuid(6),
            reader.IsDBNull(11) ? null : reader.GetGuid(11)));
        _mark = Bytes(reader, 12);
        return new(reader.GetInt64(0), id, new(area), at, [], true) { Book = book, Postings = new List<PostingRow>(1) };
    }

    private StoredRow Closed(StoredRow row) => row with
    {
        Hash = Canonical.Sha256(), IsTrue = Canonical.IsMarked(keys, LedgerForm.TransactionMark, _mark),
    };

    private void Line(DbDataReader reader, StoredRow row)
    {
        var posting = new PostingRow
        {
            TransactionId = row.Subject, Line = reader.GetInt32(7), From = reader.GetGuid(8), To = reader.GetGuid(9),
            Amount = reader.GetInt64(10),
        };
        LedgerForm.Add(Canonical, posting.Line, posting.From, posting.To, posting.Amount);
        ((List<PostingRow>)row.Postings).Add(posting);
    }
}
