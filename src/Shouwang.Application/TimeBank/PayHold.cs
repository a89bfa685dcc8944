using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Pays hours that were set aside, in whole or in part; what is left of them is free again. 兑付预留</summary>
public sealed class PayHold(Workspace work)
{
    /// <param name="Id">Made where it is paid; also the ledger transaction's id.</param>
    public sealed record Command(Id<Transaction> Id, Id<Hold> Hold, int Minutes) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="FreedMinutes">What was set aside and not paid.</param>
    public sealed record Receipt(Id<Transaction> Id, Id<Hold> Hold, long FreedMinutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Pay(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Pay(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await HeldHours.Of(unit, command.Hold, ct)).IsOk(out var held, out var refusal)) return refusal;
        if (held.From.Key.Holder != unit.Actor.Person.Value && !unit.Actor.IsSystem) return LedgerRefusals.HoldNotFound;
        var paid = await unit.Pay(held.Hold, command.Id, (held.From, held.To), command.Minutes, ct);
        return paid.IsOk(out _, out refusal) ? new Receipt(command.Id, command.Hold, held.Hold.Amount - command.Minutes) : refusal;
    }
}
