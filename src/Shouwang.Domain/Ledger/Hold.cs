using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Ledger;

/// <summary>How a hold ended. 预留结果</summary>
public enum HoldOutcome { Committed = 1, Voided = 2, Expired = 3 }

/// <summary>That a hold ended, when, and how much of it was paid. 预留终结</summary>
/// <param name="Amount">What was paid; nothing unless committed.</param>
public sealed record HoldEnd(Id<Hold> Hold, HoldOutcome Outcome, long Amount, DateTimeOffset At);

/// <summary>What every hold says of itself. 预留抬头</summary>
/// <param name="Reason">A code, never free text.</param>
/// <param name="Until">From then on it counts no more, whether anybody has looked or not.</param>
public readonly record struct HoldSlip(Id<Hold> Id, AreaCode Area, string Reason, DateTimeOffset At, DateTimeOffset Until);

/// <summary>Minutes or fen set aside for somebody: still the payer's, but not to be spent otherwise. It is paid in whole or in part,
/// given back, or free again when its time is over; each hold ends once. 预留</summary>
public sealed class Hold
{
    /// <summary>A hold as the books have it.</summary>
    /// <param name="ways">From whom to whom; how much.</param>
    /// <param name="end">How it ended; null while it is open.</param>
    public Hold(HoldSlip slip, (Id<Account> From, Id<Account> To) ways, long amount, HoldEnd? end) =>
        (Slip, From, To, Amount, End) = (slip, ways.From, ways.To, amount, end);

    public Id<Hold> Id => Slip.Id;

    public HoldSlip Slip { get; }

    public Id<Account> From { get; }

    public Id<Account> To { get; }

    public long Amount { get; }

    public HoldEnd? End { get; private set; }

    /// <summary>Sets value aside, or refuses and sets nothing aside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above zero, or the hold would be over before it begins.</exception>
    /// <exception cref="InvalidOperationException">The accounts are of different books.</exception>
    public static Result<Hold> Reserve(HoldSlip slip, Account from, Account to, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slip.Until, slip.At);
        if (from.Key.Book != to.Key.Book) throw new InvalidOperationException("A hold stays in one book.");
        if (from.Id == to.Id) return LedgerRefusals.SameAccount;
        if (from.Free < amount) return LedgerRefusals.NotEnough.With("available", from.Free).With("wanted", amount);

        // From here on the hold succeeds.
        from.Hold(amount);
        return new Hold(slip, (from.Id, to.Id), amount, null);
    }

    /// <summary>Pays the hold, in whole or in part; what is left of it is free again.</summary>
    /// <param name="slip">Of the transaction that pays.</param>
    public Result<Transaction> Commit(Slip slip, Account from, Account to, long amount)
    {
        if (Over(slip.At) is { } over) return over;
        if (amount <= 0 || amount > Amount) return LedgerRefusals.BeyondHold.With("held", Amount).With("wanted", amount);

        from.Hold(-Amount);
        var posted = Transaction.Post(slip, new Move(from, to, amount));
        if (posted.Refusal is not null) from.Hold(Amount);
        else End = new(Id, HoldOutcome.Committed, amount, slip.At);
        return posted;
    }

    /// <summary>Gives the whole hold back.</summary>
    public Result<HoldEnd> Void(Account from, DateTimeOffset now)
    {
        if (Over(now) is { } over) return over;
        from.Hold(-Amount);
        return End = new(Id, HoldOutcome.Voided, 0, now);
    }

    /// <summary>Writes down that its time is over; null while it is not, or when it ended before.</summary>
    public HoldEnd? Expire(Account from, DateTimeOffset now)
    {
        if (End is not null || now < Slip.Until) return null;
        from.Hold(-Amount);
        return End = new(Id, HoldOutcome.Expired, 0, now);
    }

    private Refusal? Over(DateTimeOffset now) =>
        End is { Outcome: not HoldOutcome.Expired } ? LedgerRefusals.HoldEnded
        : End is not null || now >= Slip.Until ? LedgerRefusals.HoldExpired
        : null;
}
