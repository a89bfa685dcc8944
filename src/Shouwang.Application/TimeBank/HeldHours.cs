using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>A hold with its accounts taken, for whoever may end it: the payer, or the village that looks after the books. 预留中的时长</summary>
internal sealed record HeldHours(Hold Hold, Account From, Account To)
{
    /// <summary>Finds it; somebody else's, or one outside the actor's area, is not found.</summary>
    public static async Task<Result<HeldHours>> Of(UnitOfWork unit, Id<Hold> id, CancellationToken ct)
    {
        var found = await unit.Books.FindHold(id, ct);
        if (found is null) return LedgerRefusals.HoldNotFound;
        var accounts = await unit.Books.TakeById([found.From, found.To], ct);
        var (from, actor) = (accounts[found.From], unit.Actor);
        var isOwn = from.Key.Holder == actor.Person.Value && actor.May(Permission.TransferHours, from.Key.Area);
        if (!isOwn && !actor.May(Permission.VoidHolds, found.Slip.Area)) return LedgerRefusals.HoldNotFound;

        // Once more: only now that the accounts are taken can nobody else end it.
        return new HeldHours((await unit.Books.FindHold(id, ct))!, from, accounts[found.To]);
    }
}
