using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>Gives an area another name from a day on; the earlier name stays in its history. 更名</summary>
public sealed class RenameArea(Workspace work)
{
    public sealed record Command(Guid CommandId, AreaCode Area, string Name, DateOnly From) : ICommand;

    public sealed record Receipt(AreaCode Area, DateOnly From);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Rename(unit, command, actor, ct), ct);

    private static async Task<Result<Receipt>> Rename(UnitOfWork unit, Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.Scope.Contains(command.Area)) return AreaRefusals.NotFound;
        if (!actor.May(Permission.ImportAreas, command.Area)) return CommonRefusals.Forbidden;

        var latest = await unit.Db.Areas.Where(a => a.Area == command.Area).OrderByDescending(a => a.ValidFrom).FirstOrDefaultAsync(ct);
        if (latest is null) return AreaRefusals.NotFound;
        if (!latest.Rename(command.Name, command.From).IsOk(out var entry, out var refusal)) return refusal;

        if (!ReferenceEquals(entry, latest)) unit.Db.Add(entry);
        return new Receipt(command.Area, command.From);
    }
}
