using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>A second person says no to putting hours above the limit into a pool, and why; nothing is issued. 不同意充入</summary>
public sealed class DeclineFilling(Workspace work)
{
    /// <param name="Filling">The request, as <see cref="FillPool"/> recorded it in the audit log.</param>
    public sealed record Command(Guid CommandId, Id<Transaction> Filling, DeclineReason Reason) : ICommand;

    public sealed record Receipt(Id<Transaction> Filling, DeclineReason Reason);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Decline(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Decline(UnitOfWork unit, Command command, CancellationToken ct)
    {
        Result<FillingEnd> Said(Filling f) => f.Decline(unit.Actor.Person, command.Reason, unit.Now);
        var found = await AskedFilling.Of(unit, command.Filling, f => Said(f).Refusal, ct);
        if (!found.IsOk(out var asked, out var refusal)) return refusal;
        unit.Db.Add(Said(asked.Filling).Value);
        return new Receipt(command.Filling, command.Reason);
    }
}
