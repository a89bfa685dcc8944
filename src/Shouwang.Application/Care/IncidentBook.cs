using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Emergencies as they are opened: one at a time for each elder. 紧急情况登记</summary>
internal static class IncidentBook
{
    /// <summary>The open emergency of an elder, or a new one.</summary>
    public static async Task<Incident> Open(UnitOfWork unit, Person elder, Id<Visit>? visit, Guid source, CancellationToken ct)
    {
        await unit.Books.OneAtATime(DerivedId.Of(elder.Id.Value, "care.incident"), ct);
        if (await unit.Db.Incidents.SingleOrDefaultAsync(i => i.Elder == elder.Id && i.ClosedAt == null, ct) is { } open) return open;
        var id = new Id<Incident>(DerivedId.Of(source, "care.incident"));
        var incident = Incident.Open(id, elder.Area, elder.Id, visit, new(unit.Actor.Person, unit.Now));
        unit.Db.Add(incident);
        return incident;
    }

    /// <summary>An emergency the actor may answer.</summary>
    public static async Task<Result<Incident>> Find(UnitOfWork unit, Id<Incident> id, CancellationToken ct)
    {
        if (await unit.Db.Incidents.SingleOrDefaultAsync(i => i.Id == id, ct) is not { } incident) return IncidentRefusals.NotFound;
        return unit.Actor.May(Permission.AnswerIncidents, incident.Area) ? incident : CommonRefusals.Forbidden;
    }
}
