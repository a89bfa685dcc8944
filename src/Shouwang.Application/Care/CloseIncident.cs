using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Says how an emergency ended. 了结紧急情况</summary>
public sealed class CloseIncident(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Incident> Incident, IncidentResult Result) : ICommand;

    public sealed record Receipt(Id<Incident> Id, IncidentResult Result);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) => Enum.IsDefined(command.Result)
        ? await work.Write<Receipt>(command, actor, unit => Close(unit, command, ct), ct) : IncidentRefusals.ResultNeeded;

    private static async Task<Result<Receipt>> Close(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await IncidentBook.Find(unit, command.Incident, ct)).IsOk(out var incident, out var refusal)) return refusal;
        if (!incident.Close(command.Result, new(unit.Actor.Person, unit.Now)).IsOk(out _, out refusal)) return refusal;
        await IncidentDuties.Finish(unit, incident.Id, ct);
        return new Receipt(incident.Id, command.Result);
    }
}
