using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Takes a statement that was handed in, which locks it, or gives it back. 接收或退回月报</summary>
public sealed class DecideStatement(Workspace work)
{
    /// <param name="Accept">True takes it, false gives it back.</param>
    public sealed record Command(Guid CommandId, Id<MonthClose> Statement, bool Accept) : ICommand;

    public sealed record Receipt(Id<MonthClose> Statement, StatementState State);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Decide(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Decide(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var close = await unit.Db.MonthCloses.SingleOrDefaultAsync(c => c.Id == command.Statement, ct);
        if (close is null) return StatementRefusals.NotFound;
        if (!unit.Actor.May(Permission.DecideStatements, close.Area)) return CommonRefusals.Forbidden;
        var decided = command.Accept ? close.Accept(unit.Actor.Person, unit.Now) : close.Return(unit.Actor.Person, unit.Now);
        return decided.IsOk(out _, out var refusal) ? new Receipt(close.Id, close.State) : refusal;
    }
}
