using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>The emergency sheet of an elder: what was done, whom to call, who is coming, how it ended. 紧急情况单</summary>
public sealed class IncidentSheet(Workspace work)
{
    /// <param name="WhomName">Who was called.</param>
    public sealed record Step(IncidentEvent What, string ByName, DateTimeOffset At, string? WhomName);

    /// <param name="PhoneMask">The number with its middle hidden; empty where none is known.</param>
    public sealed record Contact(Id<Person> Person, string Name, RelationKind Kind, string PhoneMask);

    public sealed record View(
        Id<Incident> Id, Id<Person> Elder, string ElderName, DateTimeOffset OpenedAt, IncidentResult? Result, bool MayAct,
        IReadOnlyList<Step> Steps, IReadOnlyList<Contact> Contacts);

    public async Task<Result<View>> Run(Id<Incident> incident, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewVisits, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, incident, actor, ct));
    }

    private static async Task<Result<View>> Show(ShouwangDb db, Id<Incident> id, Actor actor, CancellationToken ct)
    {
        var known = (await KinView.Of(db, ct)).Known(db.Incidents);
        if (await known.SingleOrDefaultAsync(i => i.Id == id, ct) is not { } incident) return IncidentRefusals.NotFound;
        var people = incident.Steps.Select(s => s.By).Concat(incident.Steps.Select(s => s.Whom).OfType<Id<Person>>());
        var names = await KnownNames.Of(db, people.Append(incident.Elder), ct);
        var mayAct = incident.IsOpen && actor.May(Permission.AnswerIncidents, incident.Area);
        var contacts = mayAct ? await IncidentContacts.Of(db, incident.Elder, ct) : [];
        return new View(
            incident.Id, incident.Elder, names[incident.Elder], incident.OpenedAt, incident.Result, mayAct,
            [.. incident.Steps.Select(s => new Step(s.What, names[s.By], s.At, s.Whom is { } whom ? names[whom] : null))],
            [.. contacts.Select(c => new Contact(c.Person.Id, c.Person.Name, c.Kind, c.Person.Secrets.PhoneMask))]);
    }
}

/// <summary>Whom to call for an elder in an emergency: those named for it in their order, then other relatives, whom a helper otherwise
/// does not see.</summary>
internal static class IncidentContacts
{
    public static async Task<IReadOnlyList<(Person Person, RelationKind Kind)>> Of(ShouwangDb db, Id<Person> elder, CancellationToken ct)
    {
        var found = await (
            from relation in db.Relations.IgnoreQueryFilters(["reach"]).AsNoTracking()
            where relation.Elder == elder && relation.EndedOn == null
            join person in db.People.IgnoreQueryFilters(["reach"]).AsNoTracking() on relation.Relative equals person.Id
            orderby relation.Contact == 0, relation.Contact, relation.Kind, relation.Id
            select new { person, relation.Kind }).ToListAsync(ct);
        return [.. found.Select(f => (f.person, f.Kind))];
    }
}
