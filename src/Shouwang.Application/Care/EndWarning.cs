using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Ends a weather warning, or takes back one that was declared by mistake: nobody is owed a visit for it any more.
/// 解除天气预警</summary>
public sealed class EndWarning(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<WeatherWarning> Warning) : ICommand;

    public sealed record Receipt(Id<WeatherWarning> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => End(unit, command, ct), ct);

    private static async Task<Result<Receipt>> End(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await Find(unit, command.Warning, ct)).IsOk(out var warning, out var refusal)) return refusal;
        return warning.End(new(unit.Actor.Person, unit.Now)).IsOk(out _, out refusal) ? new Receipt(warning.Id) : refusal;
    }

    /// <summary>A warning the actor may end: what a county declared is not for its townships to end.</summary>
    internal static async Task<Result<WeatherWarning>> Find(UnitOfWork unit, Id<WeatherWarning> id, CancellationToken ct)
    {
        if (await unit.Db.Warnings.SingleOrDefaultAsync(w => w.Id == id, ct) is not { } warning) return WarningRefusals.NotFound;
        return unit.Actor.May(Permission.DeclareWarnings, warning.Area) ? warning : CommonRefusals.MayNot(unit.Actor, warning.Area);
    }
}
