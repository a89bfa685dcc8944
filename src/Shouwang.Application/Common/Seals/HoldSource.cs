using System.Data.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>Holds of the ledger. 预留</summary>
internal sealed class HoldSource(KeyRing keys) : PlainSource
{
    private readonly MarkCheck _marks = new(keys, LedgerForm.HoldMark);

    public override SealKind Kind => SealKind.Hold;

    public override string Table => "ledger_hold";

    public override string Select(string which) =>
        $"""
        SELECT x."Seq", x."Id", x."Book", x."Area", x."Reason", x."From", x."To", x."Amount", x."At", x."Until", x."Mark"
        FROM ledger_hold x WHERE {which} ORDER BY x."Seq"
        """;

    protected override StoredRow One(DbDataReader reader)
    {
        var hold = new HoldRow
        {
            Id = Column.Id(reader, 1), Book = Column.Named<Book>(reader, 2), Area = new(Column.Number(reader, 3)),
            Reason = reader.GetString(4), From = Column.Id(reader, 5), To = Column.Id(reader, 6), Amount = Column.Number(reader, 7),
            At = new(StoredMoment.At(reader, 8)), Until = new(StoredMoment.At(reader, 9)),
        };
        var row = LedgerForm.Of(Canonical, hold);
        var isTrue = row.IsMarked(_marks, MarkAt(reader, 10));
        return new(Column.Number(reader, 0), hold.Id, hold.Area, hold.At.UtcDateTime, row.Sha256(), isTrue);
    }
}

/// <summary>How holds ended. 预留终结</summary>
internal sealed class HoldEndSource(KeyRing keys) : PlainSource
{
    private readonly MarkCheck _marks = new(keys, LedgerForm.HoldEndMark);

    public override SealKind Kind => SealKind.HoldEnd;

    public override string Table => "ledger_hold_end";

    public override string Select(string which) =>
        $"""
        SELECT x."Seq", x."HoldId", x."Outcome", x."Amount", x."At", x."PaidBy", x."Mark", coalesce(h."Area", 0)
        FROM ledger_hold_end x LEFT JOIN ledger_hold h ON h."Id" = x."HoldId" WHERE {which} ORDER BY x."Seq"
        """;

    protected override StoredRow One(DbDataReader reader)
    {
        var end = new HoldEndRow
        {
            HoldId = Column.Id(reader, 1), Outcome = Column.Named<HoldOutcome>(reader, 2), Amount = Column.Number(reader, 3),
            At = new(StoredMoment.At(reader, 4)), PaidBy = Column.IdIfAny(reader, 5),
        };
        var row = LedgerForm.Of(Canonical, end);
        var isTrue = row.IsMarked(_marks, MarkAt(reader, 6));
        return new(Column.Number(reader, 0), end.HoldId, new(Column.Number(reader, 7)), end.At.UtcDateTime, row.Sha256(), isTrue);
    }
}
