using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Ledger;

/// <summary>A transaction that is to be put right, with its accounts taken for writing. </summary>
internal sealed record Mirror(UnitOfWork Unit, Written Written, IReadOnlyDictionary<Id<Account>, Account> Accounts)
{
    /// <summary>Finds it, if the actor may reverse where it stands; what lies outside their area is not found.</summary>
    public static async Task<Result<Mirror>> Of(UnitOfWork unit, Id<Transaction> id, CancellationToken ct)
    {
        var actor = unit.Actor;
        if (!actor.May(Permission.ReverseTransactions, actor.Scope)) return CommonRefusals.Forbidden;
        var written = await unit.Books.Find(id, ct);
        if (written is null || !actor.May(Permission.ReverseTransactions, written.Area)) return LedgerRefusals.TransactionNotFound;
        return await Of(unit, id, written, ct);
    }

    /// <summary>Finds one that falls with the record it rests on; whoever may put the record right needs no other permission.</summary>
    public static async Task<Result<Mirror>> Following(UnitOfWork unit, Id<Transaction> id, CancellationToken ct) =>
        await unit.Books.Find(id, ct) is { } written ? await Of(unit, id, written, ct) : LedgerRefusals.TransactionNotFound;

    private static async Task<Result<Mirror>> Of(UnitOfWork unit, Id<Transaction> id, Written written, CancellationToken ct)
    {
        if (written.IsReversal) return LedgerRefusals.AlreadyReversed;
        if (written.IsLinked) return LedgerRefusals.LinkedElsewhere;

        var accounts = await unit.Books.TakeForMirror(written.Postings, ct);
        return await unit.Books.IsReversed(id, ct) ? LedgerRefusals.AlreadyReversed : new Mirror(unit, written, accounts);
    }

    /// <summary>Writes the mirror image, unless what came in has been spent meanwhile.</summary>
    public Task<Result<Transaction>> Post(Reversal asked, CancellationToken ct) => Post(asked.Id, asked.Of, asked.Code, ct);

    /// <summary>Writes the mirror image for a reason that another act gives.</summary>
    public async Task<Result<Transaction>> Post(Id<Transaction> id, Id<Transaction> of, string reason, CancellationToken ct)
    {
        var posted = Transaction.Reverse(new(id, Written.Area, reason, Unit.Now), of, Written.Postings, Accounts);
        if (!posted.IsOk(out var transaction, out _)) return posted;
        var moved = transaction.Postings.SelectMany(p => new[] { p.From, p.To }).Distinct();
        await Unit.Books.Write(transaction, [.. moved.Select(a => Accounts[a])], ct);
        return posted;
    }
}
