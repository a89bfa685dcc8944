using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Who asked to put hours into a pool takes the request back, while nobody has answered it. 撤回充入申请</summary>
public sealed class WithdrawFilling(Workspace work)
{
    /// <param name="Filling">The request, as <see cref="FillPool"/> recorded it in the audit log.</param>
    public sealed record Command(Guid CommandId, Id<Transaction> Filling) : ICommand;

    public sealed record Receipt(Id<Transaction> Filling);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Withdraw(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Withdraw(UnitOfWork unit, Command command, CancellationToken ct)
    {
        Result<FillingEnd> Said(Filling f) => f.Withdraw(unit.Actor.Person, unit.Now);
        var found = await AskedFilling.Of(unit, command.Filling, f => Said(f).Refusal, ct);
        if (!found.IsOk(out var asked, out var refusal)) return refusal;
        unit.Db.Add(Said(asked.Filling).Value);
        return new Receipt(command.Filling);
    }
}
