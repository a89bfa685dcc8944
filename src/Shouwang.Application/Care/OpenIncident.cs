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
        Run(command, actor, null, ct);

    /// <summary>The same for a call that had to wait.</summary>
    /// <param name="calledAt">When help was called.</param>
    internal Task<Result<Receipt>> Run(Command command, Actor actor, DateTimeOffset? calledAt, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Open(unit, command, calledAt, ct), ct);

    private async Task<Result<Receipt>> Open(UnitOfWork unit, Command command, DateTimeOffset? calledAt, CancellationToken ct)
    {
        var elder = await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Elder, ct);
        if (elder?.Is(PersonRoles.Elder) != true) return PeopleRefusals.NotFound.On("elder");
        if (!unit.Actor.May(Permission.AnswerIncidents, elder.Area)) return CommonRefusals.Forbidden;
        var found = new IncidentBook.Found(elder, command.CommandId, CalledAt: calledAt);
        return new Receipt((await IncidentBook.Open(unit, rulebook, found, ct)).Id);
    }
}
