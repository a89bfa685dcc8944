using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Takes the end of a weather warning back: it goes on as it was declared. 恢复天气预警</summary>
public sealed class ResumeWarning(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<WeatherWarning> Warning) : ICommand;

    public sealed record Receipt(Id<WeatherWarning> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Resume(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Resume(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await EndWarning.Find(unit, command.Warning, ct)).IsOk(out var warning, out var refusal)) return refusal;
        return warning.Resume(Days.Of(unit.Now)).IsOk(out _, out refusal) ? new Receipt(warning.Id) : refusal;
    }
}
