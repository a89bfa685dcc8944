using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>An emergency is somebody's duty until its sheet is closed. 紧急情况值守</summary>
internal static class IncidentDuties
{
    public const string ClimbAfter = "incidents.climb-after";

    /// <summary>Puts an open emergency into somebody's hands; says whether there was anybody.</summary>
    public static async Task<bool> Open(UnitOfWork unit, Rulebook rulebook, Incident incident, CancellationToken ct)
    {
        var rungs = await Rungs.Of(unit.Db, incident.Elder, incident.Area, Days.Of(unit.Now), ct);
        if (await new DutyLadder(unit, rulebook, ClimbAfter).Next(rungs, null, ct) is not { } turn) return false;
        unit.Db.Add(Duty.Open(IdOf(incident.Id), incident.Area, new(DutyKind.Incident, incident.Elder, incident.Id.Value), turn, unit.Now));
        return true;
    }

    /// <summary>Ends the duty with the emergency.</summary>
    public static async Task Finish(UnitOfWork unit, Id<Incident> incident, CancellationToken ct)
    {
        var id = IdOf(incident);
        if (await unit.Db.Duties.SingleOrDefaultAsync(d => d.Id == id && d.State == DutyState.Open, ct) is { } duty)
            _ = duty.Finish(unit.Actor.Person, unit.Now).Value;
    }

    private static Id<Duty> IdOf(Id<Incident> incident) => new(DerivedId.Of(incident.Value, "care.incident-duty"));
}
