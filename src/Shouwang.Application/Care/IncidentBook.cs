using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Emergencies as they are opened: one at a time for each elder. 紧急情况登记</summary>
internal static class IncidentBook
{
    /// <param name="Source">The command or visit that tells of it; its id follows from this.</param>
    /// <param name="CalledAt">When help was called, where that was before now.</param>
    public readonly record struct Found(Person Elder, Guid Source, Id<Visit>? Visit = null, DateTimeOffset? CalledAt = null);

    /// <summary>The sheet that a command or visit opens, unless one is open.</summary>
    public static Id<Incident> IdOf(Guid source) => new(DerivedId.Of(source, "care.incident"));

    /// <summary>The open emergency of an elder, or a new one, in somebody's hands from the first minute.</summary>
    public static async Task<Incident> Open(UnitOfWork unit, Rulebook rulebook, Found found, CancellationToken ct)
    {
        var elder = found.Elder;
        await unit.Books.OneAtATime(DerivedId.Of(elder.Id.Value, "care.incident"), ct);
        if (await unit.Db.Incidents.SingleOrDefaultAsync(i => i.Elder == elder.Id && i.ClosedAt == null, ct) is { } open) return open;
        var told = new Told(unit.Actor.Person, found.CalledAt ?? unit.Now);
        var incident = Incident.Open(IdOf(found.Source), elder.Area, elder.Id, found.Visit, told);
        unit.Db.Add(incident);
        _ = await IncidentDuties.Open(unit, rulebook, incident, ct);
        return incident;
    }

    /// <summary>An emergency the actor may answer.</summary>
    public static async Task<Result<Incident>> Find(UnitOfWork unit, Id<Incident> id, CancellationToken ct)
    {
        if (await unit.Db.Incidents.SingleOrDefaultAsync(i => i.Id == id, ct) is not { } incident) return IncidentRefusals.NotFound;
        return unit.Actor.May(Permission.AnswerIncidents, incident.Area) ? incident : CommonRefusals.Forbidden;
    }
}
