using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>The rows of the ledger as bytes: what their marks and their seals are made of. 账簿规范字节</summary>
internal static class LedgerForm
{
    /// <summary>What the marks of transactions are derived for.</summary>
    public const string TransactionMark = "ledger.transaction";

    /// <summary>What the marks of holds are derived for.</summary>
    public const string HoldMark = "ledger.hold";

    /// <summary>What the marks of the ends of holds are derived for.</summary>
    public const string HoldEndMark = "ledger.hold-end";

    /// <summary>A transaction without its postings.</summary>
    public readonly record struct Head(
        Guid Id, string Book, long Area, string Reason, DateTime At, Guid? Reverses, Guid? LinkedTo);

    public static CanonicalRow Begin(CanonicalRow row, in Head head) => row.Begin("shouwang-transaction-1")
        .Add(head.Id).Add(head.Book).Add(head.Area).Add(head.Reason).Add(head.At).Add(head.Reverses).Add(head.LinkedTo);

    public static CanonicalRow Add(CanonicalRow row, int line, Guid from, Guid to, long amount) =>
        row.Add(line).Add(from).Add(to).Add(amount);

    /// <summary>A transaction with its postings.</summary>
    public static CanonicalRow Of(CanonicalRow row, Transaction written)
    {
        Begin(row, new(
            written.Id.Value, NameOf(written.Book), written.Area.Value, written.Reason, written.At.UtcDateTime, written.Reverses?.Value,
            written.LinkedTo?.Value));
        foreach (var posting in written.Postings) Add(row, posting.Line, posting.From.Value, posting.To.Value, posting.Amount);
        return row;
    }

    /// <summary>A hold.</summary>
    public static CanonicalRow Of(CanonicalRow row, HoldRow hold) => row.Begin("shouwang-hold-1")
        .Add(hold.Id).Add(NameOf(hold.Book)).Add(hold.Area.Value).Add(hold.Reason).Add(hold.From).Add(hold.To).Add(hold.Amount)
        .Add(hold.At.UtcDateTime).Add(hold.Until.UtcDateTime);

    /// <summary>The end of a hold.</summary>
    public static CanonicalRow Of(CanonicalRow row, HoldEndRow end) => row.Begin("shouwang-hold-end-1")
        .Add(end.HoldId).Add((int)end.Outcome).Add(end.Amount).Add(end.At.UtcDateTime).Add(end.PaidBy);

    /// <summary>The book as it is stored.</summary>
    public static string NameOf(Book book) => book == Book.Hours ? nameof(Book.Hours) : nameof(Book.Money);
}
