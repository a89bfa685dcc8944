using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Writes down what was done in an emergency: 120 called, a relative called, somebody on the way. 记录处置</summary>
public sealed class NoteIncident(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Incident> Incident, IncidentEvent What) : ICommand;

    public sealed record Receipt(Id<Incident> Id, int Steps);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        command.What is IncidentEvent.CalledAmbulance or IncidentEvent.CalledContact or IncidentEvent.Coming
            ? await work.Write<Receipt>(command, actor, unit => Note(unit, command, ct), ct) : IncidentRefusals.NotANote;

    private static async Task<Result<Receipt>> Note(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await IncidentBook.Find(unit, command.Incident, ct)).IsOk(out var incident, out var refusal)) return refusal;
        return incident.Note(command.What, new(unit.Actor.Person, unit.Now)).IsOk(out _, out refusal)
            ? new Receipt(incident.Id, incident.Steps.Count) : refusal;
    }
}
