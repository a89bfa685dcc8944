using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Gives hours that were set aside back to their payer. 取消预留</summary>
public sealed class VoidHold(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Hold> Hold) : ICommand;

    public sealed record Receipt(Id<Hold> Hold, long FreedMinutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Void(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Void(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await HeldHours.Of(unit, command.Hold, ct)).IsOk(out var held, out var refusal)) return refusal;
        if (!held.Hold.Void(held.From, unit.Now).IsOk(out var end, out refusal)) return refusal;
        await unit.Books.Write(end, null, ct);
        return new Receipt(command.Hold, held.Hold.Amount);
    }
}
