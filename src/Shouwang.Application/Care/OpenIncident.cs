using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Opens the emergency sheet of an elder; one that is open already is gone on with. 报告紧急情况</summary>
public sealed class OpenIncident(Workspace work, Rulebook rulebook)
{
    public sealed record Command(Guid CommandId, Id<Person> Elder) : ICommand;

    public sealed record Receipt(Id<Incident> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Open(unit, command, ct), ct);

    private async Task<Result<Receipt>> Open(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var elder = await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Elder, ct);
        if (elder?.Is(PersonRoles.Elder) != true) return PeopleRefusals.NotFound.On("elder");
        if (!unit.Actor.May(Permission.AnswerIncidents, elder.Area)) return CommonRefusals.Forbidden;
        return new Receipt((await IncidentBook.Open(unit, rulebook, new(elder, command.CommandId), ct)).Id);
    }
}
