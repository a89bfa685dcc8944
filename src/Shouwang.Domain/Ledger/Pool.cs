using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Ledger;

/// <summary>How an area's stock of value is kept in stripes: whoever is paid touches one of them, and the limit is the sum of all.
/// 时间池</summary>
public static class Pool
{
    /// <summary>How many stripes: as many payments at once wait for nobody.</summary>
    public const int Stripes = 16;

    /// <summary>Where a payment looks first; payments spread evenly.</summary>
    public static int StripeOf(Guid payment) => payment.ToByteArray()[15] % Stripes;

    /// <summary>Takes an amount from the stripes, one after the other, or refuses when all of them together have too little.</summary>
    public static Result<IReadOnlyList<Move>> Draw(IReadOnlyList<Account> stripes, Account to, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        var free = stripes.Sum(s => s.Free);
        if (free < amount) return LedgerRefusals.NotEnough.With("available", free).With("wanted", amount);

        var (moves, left) = (new List<Move>(), amount);
        foreach (var stripe in stripes.Where(s => s.Free > 0))
        {
            var part = Math.Min(left, stripe.Free);
            if (part > 0) moves.Add(new(stripe, to, part));
            left -= part;
        }

        return moves;
    }

    /// <summary>Takes back what was put in: from each stripe what it got as far as it still has it, the rest from the others; refuses when
    /// all of them together have too little. Stripes are emptied unevenly, so what counts is the sum.</summary>
    /// <param name="to">Where the value goes back to.</param>
    /// <param name="filled">What each stripe got.</param>
    public static Result<IReadOnlyList<Move>> TakeBack(IReadOnlyList<Account> stripes, Account to, IReadOnlyList<Posting> filled)
    {
        var (free, left) = (stripes.Sum(s => s.Free), filled.Sum(p => p.Amount));
        if (free < left) return LedgerRefusals.NotEnough.With("available", free).With("wanted", left);

        var got = filled.ToLookup(p => p.To, p => p.Amount);
        var parts = stripes.ToDictionary(s => s, s => Math.Min(s.Free, got[s.Id].Sum()));
        left -= parts.Values.Sum();
        foreach (var stripe in stripes)
        {
            var more = Math.Min(left, stripe.Free - parts[stripe]);
            (parts[stripe], left) = (parts[stripe] + more, left - more);
        }

        return parts.Where(p => p.Value > 0).Select(p => new Move(p.Key, to, p.Value)).ToArray();
    }

    /// <summary>Spreads an amount over the stripes as evenly as whole units allow; nothing is lost.</summary>
    public static IReadOnlyList<Move> Fill(Account from, IReadOnlyList<Account> stripes, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        var (each, more) = Math.DivRem(amount, stripes.Count);
        return [.. stripes.Select((s, i) => new Move(from, s, each + (i < more ? 1 : 0))).Where(m => m.Amount > 0)];
    }
}

/// <summary>A request to put issued value into a pool, and who must agree to it. 充入申请</summary>
/// <param name="Id">Of the request; the transaction that fills the pool bears the same id.</param>
/// <param name="AskedBy">Who asks.</param>
public sealed record Filling(Id<Transaction> Id, AreaCode Pool, long Amount, Id<Person> AskedBy)
{
    /// <summary>Whether a second person must agree: with what they put in alone on the same day it is more than one person may issue
    /// alone, so that a large amount cannot be put in by many small ones.</summary>
    /// <param name="today">What the same person has put into the pool today without anybody else.</param>
    public bool NeedsTwo(long today, long alone) => Amount > alone - today;

    /// <summary>Nobody agrees to what they asked for themselves.</summary>
    public Refusal? Agree(Id<Person> person) => person == AskedBy ? LedgerRefusals.FillingNeedsAnother : null;

    /// <summary>A second person says no, and why. Who asked takes it back instead.</summary>
    public Result<FillingEnd> Decline(Id<Person> person, DeclineReason reason, DateTimeOffset now)
    {
        if (!Enum.IsDefined(reason)) return LedgerRefusals.DeclineNeedsReason;
        return person == AskedBy ? LedgerRefusals.OwnFilling : new FillingEnd(this, person, reason, now);
    }

    /// <summary>Who asked takes it back; nobody else can.</summary>
    public Result<FillingEnd> Withdraw(Id<Person> person, DateTimeOffset now) =>
        person == AskedBy ? new FillingEnd(this, person, null, now) : LedgerRefusals.NotOwnFilling;
}

/// <summary>Why a filling is not agreed to. 不同意原因</summary>
public enum DeclineReason { TooMuch = 1, WrongPool = 2, NotPlanned = 3, AskedTwice = 4 }

/// <summary>That a request to fill a pool came to nothing: a second person declined it, or who asked took it back. 充入申请终结</summary>
public sealed class FillingEnd : Entity
{
    private FillingEnd() { }

    internal FillingEnd(Filling asked, Id<Person> by, DeclineReason? reason, DateTimeOffset at) =>
        (Filling, Area, Minutes, AskedBy, By, Reason, At) = (asked.Id.Value, asked.Pool, asked.Amount, asked.AskedBy, by, reason, at);

    /// <summary>The request's own id: it ends once.</summary>
    public Guid Filling { get; private init; }

    public long Minutes { get; private init; }

    public Id<Person> AskedBy { get; private init; }

    public Id<Person> By { get; private init; }

    /// <summary>Why it was declined; none when it was taken back.</summary>
    public DeclineReason? Reason { get; private init; }

    public DateTimeOffset At { get; private init; }
}
