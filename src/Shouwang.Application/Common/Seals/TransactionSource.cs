using System.Data.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>Transactions of the ledger, each with its postings. 凭证与分录</summary>
internal sealed class TransactionSource(KeyRing keys) : RowSource
{
    private readonly MarkCheck _marks = new(keys, LedgerForm.TransactionMark);
    private readonly List<StoredPosting> _lines = [];

    /// <summary>The transaction that still takes postings, and what its mark is.</summary>
    private (long Seq, LedgerForm.Head Head)? _open;
    private (byte[] Bytes, int Length) _mark = (new byte[KeyRing.MarkBytes], 0);

    /// <summary>Codes as the last row had them.</summary>
    private (string Book, string Reason) _codes = ("", "");

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
        (var rows, var last, _open) = (new List<StoredRow>(), (long?)null, null);
        while (await reader.ReadAsync(ct))
        {
            var seq = Column.Number(reader, 0);
            if (seq != last) Close(rows);
            try
            {
                if (seq != last) Open(reader, seq);
                if (_open is not null && !Column.IsNull(reader, 7)) Line(reader);
            }
            catch (Exception garbled) when (IsGarbled(garbled))
            {
                // What follows of it says nothing either.
                _open = null;
                rows.Add(StoredRow.Unreadable(seq));
            }

            last = seq;
        }

        Close(rows);
        return rows;
    }

    private void Open(DbDataReader reader, long seq)
    {
        _codes = (Column.Text(reader, 2, _codes.Book), Column.Text(reader, 4, _codes.Reason));
        var head = new LedgerForm.Head(
            Column.Id(reader, 1), _codes.Book, Column.Number(reader, 3), _codes.Reason, StoredMoment.At(reader, 5),
            Column.IdIfAny(reader, 6), Column.IdIfAny(reader, 11));
        LedgerForm.Begin(Canonical, head);
        _mark.Length = Column.Bytes(reader, 12, _mark.Bytes);
        _lines.Clear();
        _open = (seq, head);
    }

    private void Line(DbDataReader reader)
    {
        var posting = new StoredPosting(Column.Id(reader, 8), Column.Id(reader, 9), Column.Number(reader, 10));
        LedgerForm.Add(Canonical, Column.Small(reader, 7), posting.From, posting.To, posting.Amount);
        _lines.Add(posting);
    }

    /// <summary>All its postings were read.</summary>
    private void Close(List<StoredRow> rows)
    {
        if (_open is not { } read) return;
        var isTrue = Canonical.IsMarked(_marks, _mark.Bytes.AsSpan(0, _mark.Length));
        rows.Add(new(read.Seq, read.Head.Id, new(read.Head.Area), read.Head.At, Canonical.Sha256(), isTrue)
        {
            Book = read.Head.Book, Postings = [.. _lines],
        });
        _open = null;
    }
}
