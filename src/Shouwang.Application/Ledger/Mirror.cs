using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Ledger;

/// <summary>A transaction that is to be put right, and those that stand or fall with it, their accounts taken for writing. </summary>
/// <param name="All">The transaction alone, or all that are linked, in the order in which they were written.</param>
internal sealed record Mirror(UnitOfWork Unit, IReadOnlyList<Written> All, IReadOnlyDictionary<Id<Account>, Account> Accounts)
{
    /// <summary>Finds it, if the actor may reverse where it stands; what lies outside their area is not found.</summary>
    public static async Task<Result<Mirror>> Of(UnitOfWork unit, Id<Transaction> id, CancellationToken ct)
    {
        var actor = unit.Actor;
        if (!actor.May(Permission.ReverseTransactions, actor.Scope)) return CommonRefusals.Forbidden;
        var written = await unit.Books.Find(id, ct);
        if (written is null || !actor.May(Permission.ReverseTransactions, written.Area)) return LedgerRefusals.TransactionNotFound;
        var all = await unit.Books.WithLinked(written, ct);
        if (all.Any(w => !actor.May(Permission.ReverseTransactions, w.Area))) return LedgerRefusals.LinkedElsewhere;
        return await Of(unit, all, ct);
    }

    /// <summary>Finds one that falls with the record it rests on; whoever may put the record right needs no other permission. What is
    /// linked rests on more than the record.</summary>
    public static async Task<Result<Mirror>> Following(UnitOfWork unit, Id<Transaction> id, CancellationToken ct)
    {
        if (await unit.Books.Find(id, ct) is not { } written) return LedgerRefusals.TransactionNotFound;
        return written.LinkedTo is null ? await Of(unit, [written], ct) : LedgerRefusals.LinkedElsewhere;
    }

    private static async Task<Result<Mirror>> Of(UnitOfWork unit, IReadOnlyList<Written> all, CancellationToken ct)
    {
        if (all.Any(w => w.IsReversal)) return LedgerRefusals.AlreadyReversed;
        var accounts = await unit.Books.TakeForMirror(all.SelectMany(w => w.Postings), ct);
        foreach (var written in all)
        {
            if (await unit.Books.IsReversed(written.Id, ct)) return LedgerRefusals.AlreadyReversed;
        }

        return new Mirror(unit, all, accounts);
    }

    /// <summary>Whether a second person must agree, by the rules of the day for each area and book.</summary>
    public bool NeedsTwo(Rulebook rulebook) => All.Any(w =>
    {
        var rules = rulebook.At(w.Area, Days.Of(Unit.Now));
        return Reversal.NeedsTwo(
            w.Postings, w.Book == Book.Hours ? rules.Minutes("ledger.reversal-alone") : rules.Fen("ledger.reversal-alone-money").Fen);
    });

    /// <summary>Writes the mirror image, unless what came in has been spent meanwhile.</summary>
    public Task<Refusal?> Post(Reversal asked, CancellationToken ct) => Post(asked.Id, asked.Of, asked.Code, ct);

    /// <summary>Writes the mirror image for a reason that another act gives. That of the transaction which was named bears the id that was
    /// given, those of the others follow from it.</summary>
    public async Task<Refusal?> Post(Id<Transaction> id, Id<Transaction> of, string reason, CancellationToken ct)
    {
        var wrong = All.Select(w => (SlipOf(w), w.Id, w.Postings));
        if (!Transaction.ReverseLinked(wrong, Accounts).IsOk(out var mirrors, out var refusal)) return refusal;
        foreach (var mirror in mirrors)
        {
            var moved = mirror.Postings.SelectMany(p => new[] { p.From, p.To }).Distinct();
            await Unit.Books.Write(mirror, [.. moved.Select(a => Accounts[a])], ct);
        }

        return null;

        Slip SlipOf(Written w) => new(w.Id == of ? id : new(DerivedId.Of(id.Value, $"{w.Id}")), w.Area, reason, Unit.Now);
    }
}
