using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Ledger;

/// <summary>One movement of value between two accounts. Cannot be unbalanced: what leaves one enters the other. 分录</summary>
/// <param name="Line">1, 2, 3 … within its transaction.</param>
/// <param name="Amount">Minutes or fen; always above zero.</param>
public sealed record Posting(int Line, Id<Account> From, Id<Account> To, long Amount);

/// <summary>One movement asked for, before it has a line. 拟记分录</summary>
public readonly record struct Move(Account From, Account To, long Amount);

/// <summary>Postings that happen together or not at all. Never edited or deleted; a mistake is put right by <see cref="Reverse"/>.
/// 凭证</summary>
public sealed class Transaction
{
    private Transaction(Slip slip, Book book, Id<Transaction>? reverses, IReadOnlyList<Posting> postings) =>
        (Id, Book, Area, Reason, At, Reverses, Postings) = (slip.Id, book, slip.Area, slip.Reason, slip.At, reverses, postings);

    public Id<Transaction> Id { get; }

    public Book Book { get; }

    public AreaCode Area { get; }

    /// <summary>A code, never free text: "timebank.visit-credited".</summary>
    public string Reason { get; }

    public DateTimeOffset At { get; }

    /// <summary>The transaction this one mirrors.</summary>
    public Id<Transaction>? Reverses { get; }

    /// <summary>The first of the transactions that stand or fall together with this one, itself included; null when it stands
    /// alone.</summary>
    public Id<Transaction>? LinkedTo { get; private set; }

    public IReadOnlyList<Posting> Postings { get; }

    /// <summary>Moves value, or refuses and moves nothing.</summary>
    /// <exception cref="ArgumentException">There is nothing to move, or an amount is not above zero.</exception>
    /// <exception cref="InvalidOperationException">The accounts are of different books.</exception>
    public static Result<Transaction> Post(Slip slip, params ReadOnlySpan<Move> moves) => Write(slip, null, moves);

    /// <summary>Writes the mirror image of a transaction; what it put into a pool comes back from whichever stripes have it. 冲正</summary>
    /// <param name="slip">Id, area, reason and time of the reversal.</param>
    /// <param name="written">The postings of the transaction that was wrong.</param>
    /// <param name="accounts">Every account those postings name, and every stripe of the pools among them.</param>
    /// <param name="reverses">The id of the transaction that was wrong.</param>
    public static Result<Transaction> Reverse(
        Slip slip, Id<Transaction> reverses, IReadOnlyList<Posting> written, IReadOnlyDictionary<Id<Account>, Account> accounts)
    {
        var filled = written.Where(p => IsStripe(p.To) && !IsStripe(p.From)).ToList();
        var moves = written.Except(filled).Reverse().Select(p => new Move(accounts[p.To], accounts[p.From], p.Amount)).ToList();
        foreach (var part in filled.GroupBy(p => (p.From, Pool: accounts[p.To].Key with { Stripe = 0 })))
        {
            var stripes = accounts.Values.Where(a => a.Key with { Stripe = 0 } == part.Key.Pool).OrderBy(a => a.Key.Stripe).ToList();
            if (!Pool.TakeBack(stripes, accounts[part.Key.From], [.. part]).IsOk(out var back, out var refusal)) return refusal;
            moves.AddRange(back);
        }

        return Write(slip, reverses, [.. moves]);

        bool IsStripe(Id<Account> account) => accounts[account].Key.Kind == AccountKind.Pool;
    }

    /// <summary>Moves value in several books at once, a transaction in each, all of them or none. 关联凭证</summary>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static Result<IReadOnlyList<Transaction>> Link(params IReadOnlyList<(Slip Slip, Move Move)> legs)
    {
        if (legs.Count < 2) throw new ArgumentException("A link joins two transactions or more.", nameof(legs));
        var accounts = legs.SelectMany(l => new[] { l.Move.From, l.Move.To }).Distinct().ToDictionary(a => a.Id);
        return Together(legs.Select(l => Post(l.Slip, l.Move)), accounts);
    }

    /// <summary>Writes the mirror image of a transaction, or of all that are linked, linked as they are: all of them or none.
    /// 关联冲正</summary>
    /// <param name="wrong">Slip of the reversal, and id and postings of the transaction that was wrong: of one, or of each that is
    /// linked.</param>
    /// <param name="accounts">As for <see cref="Reverse"/>, of all of them.</param>
    public static Result<IReadOnlyList<Transaction>> ReverseLinked(
        IEnumerable<(Slip Slip, Id<Transaction> Of, IReadOnlyList<Posting> Written)> wrong,
        IReadOnlyDictionary<Id<Account>, Account> accounts) =>
        Together(wrong.Select(w => Reverse(w.Slip, w.Of, w.Written, accounts)), accounts);

    /// <summary>Links what is written one after the other, where it is more than one; a refusal undoes what was written before.</summary>
    private static Result<IReadOnlyList<Transaction>> Together(
        IEnumerable<Result<Transaction>> legs, IReadOnlyDictionary<Id<Account>, Account> accounts)
    {
        var written = new List<Transaction>();
        foreach (var leg in legs)
        {
            if (leg.IsOk(out var one, out var refusal))
            {
                written.Add(one);
                continue;
            }

            foreach (var (_, from, to, amount) in written.SelectMany(w => w.Postings))
            {
                accounts[from].Move(amount);
                accounts[to].Move(-amount);
            }

            return refusal;
        }

        if (written.Count > 1) written.ForEach(one => one.LinkedTo = written[0].Id);
        return written;
    }

    private static Result<Transaction> Write(Slip slip, Id<Transaction>? reverses, ReadOnlySpan<Move> moves)
    {
        if (moves.IsEmpty) throw new ArgumentException("A transaction moves something.", nameof(moves));
        var book = moves[0].From.Key.Book;
        var net = new Dictionary<Account, long>();
        var postings = new List<Posting>(moves.Length);

        foreach (var (from, to, amount) in moves)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
            if (from.Key.Book != book || to.Key.Book != book) throw new InvalidOperationException("A transaction stays in one book.");
            if (from.Id == to.Id) return LedgerRefusals.SameAccount;

            net[from] = net.GetValueOrDefault(from) - amount;
            net[to] = net.GetValueOrDefault(to) + amount;
            postings.Add(new(postings.Count + 1, from.Id, to.Id, amount));
        }

        if (Limit(net) is { } refusal) return refusal;

        // From here on the transaction succeeds.
        foreach (var (account, change) in net) account.Move(change);
        return new Transaction(slip, book, reverses, postings);
    }

    private static Refusal? Limit(Dictionary<Account, long> net)
    {
        foreach (var (account, change) in net)
        {
            var after = account.Balance + change;
            if (change < 0 && after - account.Held < account.Floor)
            {
                return LedgerRefusals.NotEnough.With("available", account.Free).With("wanted", -change);
            }

            if (change > 0 && after > account.Ceiling)
            {
                return LedgerRefusals.TooMuch.With("room", account.Ceiling.Value - account.Balance).With("wanted", change);
            }
        }

        return null;
    }
}

/// <summary>What every transaction says of itself. 凭证抬头</summary>
/// <param name="Reason">A code, never free text.</param>
public readonly record struct Slip(Id<Transaction> Id, AreaCode Area, string Reason, DateTimeOffset At);

/// <summary>What the ledger says no with.</summary>
public static class LedgerRefusals
{
    public static readonly Refusal NotEnough = new("ledger.not-enough");
    public static readonly Refusal TooMuch = new("ledger.too-much");
    public static readonly Refusal SameAccount = new("ledger.same-account", RefusalKind.Invalid);
    public static readonly Refusal TransactionNotFound = new("ledger.transaction-not-found", RefusalKind.NotFound);
    public static readonly Refusal SecondPersonNeeded = new("ledger.second-person-needed");
    public static readonly Refusal NotSealed = new("ledger.not-sealed", RefusalKind.NotFound);
    public static readonly Refusal NoCheckpoint = new("ledger.no-checkpoint");
    public static readonly Refusal AlreadyReversed = new("ledger.already-reversed", RefusalKind.Conflict);
    public static readonly Refusal LinkedElsewhere = new("ledger.linked-elsewhere");
    public static readonly Refusal HoldNotFound = new("ledger.hold-not-found", RefusalKind.NotFound);
    public static readonly Refusal HoldEnded = new("ledger.hold-ended", RefusalKind.Conflict);
    public static readonly Refusal HoldExpired = new("ledger.hold-expired");
    public static readonly Refusal BeyondHold = new("ledger.beyond-hold");
    public static readonly Refusal FillingNotFound = new("ledger.filling-not-found", RefusalKind.NotFound);
    public static readonly Refusal FillingNeedsAnother = new("ledger.filling-needs-another");
    public static readonly Refusal AlreadyFilled = new("ledger.already-filled", RefusalKind.Conflict);
    public static readonly Refusal FillingEnded = new("ledger.filling-ended", RefusalKind.Conflict);
    public static readonly Refusal OwnFilling = new("ledger.own-filling");
    public static readonly Refusal NotOwnFilling = new("ledger.not-own-filling");
    public static readonly Refusal DeclineNeedsReason = new("ledger.decline-needs-reason", RefusalKind.Invalid, "reason");
}
