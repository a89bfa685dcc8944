using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>A second person agrees to putting hours above the limit into a pool; only then are they issued. 复核充入</summary>
public sealed class ApproveFilling(Workspace work)
{
    /// <param name="Filling">The request, as <see cref="FillPool"/> recorded it in the audit log.</param>
    public sealed record Command(Guid CommandId, Id<Transaction> Filling) : ICommand;

    public sealed record Receipt(Id<Transaction> Filling, AreaCode Pool, int Minutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Approve(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Approve(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var found = await AskedFilling.Of(unit, command.Filling, f => f.Agree(unit.Actor.Person), ct);
        if (!found.IsOk(out var asked, out var refusal)) return refusal;
        var filling = asked.Filling;
        var filled = await FillPool.Issue(unit, filling, asked.Bank, ct);
        return filled.IsOk(out _, out refusal) ? new Receipt(filling.Id, filling.Pool, (int)filling.Amount) : refusal;
    }
}
