using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Declares a weather warning for an area: every elder there is owed an extra visit. 发布天气预警</summary>
public sealed class DeclareWarning(Workspace work, Rulebook rulebook)
{
    public sealed record Command(Id<WeatherWarning> Id, AreaCode Area, Weather Weather) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<WeatherWarning> Id);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!Enum.IsDefined(command.Weather.Kind)) return CommonRefusals.BadInput.On("kind");
        if (!Enum.IsDefined(command.Weather.Level)) return CommonRefusals.BadInput.On("level");
        return await work.Write<Receipt>(command, actor, unit => Declare(unit, command, ct), ct);
    }

    private async Task<Result<Receipt>> Declare(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var (area, weather) = (command.Area, command.Weather);
        if (!unit.Actor.May(Permission.DeclareWarnings, area)) return CommonRefusals.MayNot(unit.Actor, area);
        var longest = rulebook.At(area, Days.Of(unit.Now)).Int("visits.warning-longest");
        var declared = WeatherWarning.Declare(command.Id, area, weather, new(unit.Actor.Person, unit.Now), longest);
        if (!declared.IsOk(out var warning, out var refusal)) return refusal;

        await unit.Books.OneAtATime(DerivedId.Of(Guid.Empty, $"care.warning/{area}"), ct);
        var standing = await unit.Db.Warnings.AsNoTracking().Where(w => w.Area == area && w.EndedAt == null).ToListAsync(ct);
        if (standing.Exists(w => w.Repeats(weather))) return WarningRefusals.Already;
        unit.Db.Add(warning);
        return new Receipt(warning.Id);
    }
}
