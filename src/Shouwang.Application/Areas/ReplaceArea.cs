using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>Ends an area on a day and names what stands for it: one area after a merger, several after a split. 撤并行政区划</summary>
public sealed class ReplaceArea(Workspace work)
{
    /// <param name="Day">The first day on which the successors stand for it.</param>
    public sealed record Command(Guid CommandId, AreaCode Area, DateOnly Day, IReadOnlyList<AreaCode> Successors) : ICommand;

    public sealed record Receipt(AreaCode Area, DateOnly Day, int Successors);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Replace(unit, command, actor, ct), ct);

    private static async Task<Result<Receipt>> Replace(UnitOfWork unit, Command command, Actor actor, CancellationToken ct)
    {
        Patience.Lift();
        if (!actor.Scope.Contains(command.Area)) return AreaRefusals.NotFound;
        if (!actor.May(Permission.ImportAreas, command.Area)) return CommonRefusals.Forbidden;

        AreaCode[] codes = [command.Area, .. command.Successors];
        var entries = await unit.Db.Areas.Where(a => codes.Contains(a.Area)).OrderBy(a => a.ValidFrom).ToListAsync(ct);
        if (entries.FindLast(a => a.Code == command.Area) is not { } area) return AreaRefusals.NotFound;
        foreach (var successor in command.Successors)
        {
            if (!entries.Exists(a => a.Code == successor && a.Period.Holds(command.Day)))
            {
                return AreaRefusals.SuccessorUnknown.With("code", successor.ToString());
            }
        }

        return area.Replace(command.Day, command.Successors).IsOk(out var ended, out var refusal)
            ? new Receipt(command.Area, command.Day, ended.Successors.Count)
            : refusal;
    }
}
