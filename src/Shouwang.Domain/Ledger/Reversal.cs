using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Ledger;

/// <summary>Why a transaction is put right. 冲正原因</summary>
public enum ReversalReason { WrongPerson = 1, WrongAmount = 2, EnteredTwice = 3, NotDone = 4 }

/// <summary>A request to put a transaction right by its mirror image, and who must agree to it. 冲正申请</summary>
/// <param name="Id">Of the request; the mirror image bears the same id.</param>
/// <param name="Of">The transaction that was wrong.</param>
/// <param name="AskedBy">Who asks.</param>
public sealed record Reversal(Id<Transaction> Id, Id<Transaction> Of, ReversalReason Reason, Id<Person> AskedBy)
{
    /// <summary>The reason as the mirror image carries it.</summary>
    public string Code => Reason switch
    {
        ReversalReason.WrongPerson => "ledger.reversed-wrong-person",
        ReversalReason.WrongAmount => "ledger.reversed-wrong-amount",
        ReversalReason.EnteredTwice => "ledger.reversed-entered-twice",
        ReversalReason.NotDone => "ledger.reversed-not-done",
        _ => throw new InvalidOperationException($"{Reason} is no reason."),
    };

    /// <summary>Whether a second person must agree: the transaction moved more than one person may reverse alone.</summary>
    public static bool NeedsTwo(IEnumerable<Posting> written, long alone) => NeedsTwo(written.Sum(p => p.Amount), alone);

    /// <summary>Whether a second person must agree to moving so much back.</summary>
    public static bool NeedsTwo(long amount, long alone) => amount > alone;

    /// <summary>Nobody agrees to what they asked for themselves.</summary>
    public Refusal? Agree(Id<Person> person) => person == AskedBy ? LedgerRefusals.SecondPersonNeeded : null;
}
