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
    public StoredPosting[] Postings { get; init; } = [];

    /// <summary>The book of a transaction.</summary>
    public string Book { get; init; } = "";

    /// <summary>Whose chain it belongs to.</summary>
    public AreaCode County => Area.Level > AreaLevel.County ? Area.At(AreaLevel.County) : Area;

    /// <summary>Someone put into it what no column of its kind can hold.</summary>
    public static StoredRow Unreadable(long seq) => new(seq, Guid.Empty, AreaCode.Nation, DateTime.UnixEpoch, [], false);
}

/// <summary>What moves in a transaction that is sealed. 待封存分录</summary>
internal readonly record struct StoredPosting(Guid From, Guid To, long Amount);

/// <summary>How the rows of one kind are read and hashed. 封存来源</summary>
internal abstract class RowSource
{
    private readonly byte[] _mark = new byte[KeyRing.MarkBytes];

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
    public abstract Task<List<StoredRow>> Read(DbDataReader reader, CancellationToken ct);

    /// <summary>The mark in a column, until the next one is asked for; nothing for what is not as long as a mark.</summary>
    protected ReadOnlySpan<byte> MarkAt(DbDataReader reader, int column) => _mark.AsSpan(0, Column.Bytes(reader, column, _mark));

    /// <summary>Whether reading failed because someone put into a column what the house never does.</summary>
    public static bool IsGarbled(Exception e) =>
        e is FormatException or InvalidCastException or OverflowException or ArgumentException or InvalidOperationException;
}

/// <summary>How rows that stand alone are read: one of the table is one that is sealed. 单行封存来源</summary>
internal abstract class PlainSource : RowSource
{
    public override async Task<List<StoredRow>> Read(DbDataReader reader, CancellationToken ct)
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
                rows.Add(StoredRow.Unreadable(Column.Number(reader, 0)));
            }
        }

        return rows;
    }

    protected abstract StoredRow One(DbDataReader reader);
}

/// <summary>The audit log. 操作日志</summary>
internal sealed class AuditSource(KeyRing keys) : PlainSource
{
    public override SealKind Kind => SealKind.Audit;

    public override string Table => "audit_entry";

    public override string Select(string which) =>
        $"""
        SELECT x."Seq", x."CommandId", x."Command", x."Asked", x."Answered", x."Actor", x."Role", x."Area", x."At", x."RowHash",
            x."Announced"
        FROM audit_entry x WHERE {which} ORDER BY x."Seq"
        """;

    protected override StoredRow One(DbDataReader reader)
    {
        var entry = new AuditEntry
        {
            Seq = Column.Number(reader, 0), CommandId = Column.Id(reader, 1), Command = reader.GetString(2), Asked = reader.GetString(3),
            Answered = reader.GetString(4), Actor = Column.Id(reader, 5), Role = reader.GetString(6), Area = new(Column.Number(reader, 7)),
            At = new(StoredMoment.At(reader, 8)), RowHash = reader.GetString(9), Announced = Column.Small(reader, 10),
        };
        var hash = AuditRows.Digest(Canonical, entry, keys);
        return new(entry.Seq, entry.CommandId, entry.Area, entry.At.UtcDateTime, hash, Convert.ToHexStringLower(hash) == entry.RowHash);
    }
}

/// <summary>Refused, forbidden and failed attempts. 安全事件</summary>
internal sealed class EventSource(KeyRing keys) : PlainSource
{
    private readonly MarkCheck _marks = new(keys, EventForm.EventMark);

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
            Seq = Column.Number(reader, 0), Id = Column.Id(reader, 1), Code = reader.GetString(2), Command = reader.GetString(3),
            Actor = Column.Id(reader, 4), Role = reader.GetString(5), Area = new(Column.Number(reader, 6)),
            At = new(StoredMoment.At(reader, 7)),
        };
        var row = EventForm.Of(Canonical, happened);
        var isTrue = row.IsMarked(_marks, MarkAt(reader, 8));
        return new(happened.Seq, happened.Id, happened.Area, happened.At.UtcDateTime, row.Sha256(), isTrue);
    }
}
