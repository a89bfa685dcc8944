using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Shows the phone number of an elder's relative while an emergency is open; the look and the call are recorded. 联系家属</summary>
public sealed class CallContact(Workspace work, PersonVault vault, NoteIncident note)
{
    /// <param name="CommandId">The look's id.</param>
    public sealed record Command(Guid CommandId, Id<Incident> Incident, Id<Person> Contact);

    /// <summary>The number to dial; lives as long as the page.</summary>
    public sealed record View(Id<Person> Contact, string Phone)
    {
        /// <summary>Prints nothing of what it holds.</summary>
        public override string ToString() => nameof(View);
    }

    public async Task<Result<View>> Run(Command command, Actor actor, CancellationToken ct)
    {
        var open = await work.Read(actor, db => db.Incidents.SingleOrDefaultAsync(i => i.Id == command.Incident, ct));
        if (open is null) return IncidentRefusals.NotFound;
        if (!actor.May(Permission.AnswerIncidents, open.Area)) return CommonRefusals.Forbidden;
        if (!open.IsOpen) return IncidentRefusals.Closed;

        var look = new RevealCommand(command.CommandId, command.Contact, SensitiveField.Phone, RevealPurpose.Emergency);
        var seen = await work.Reveal(look, actor, db => Phone(db, open.Elder, command.Contact, ct), ct);
        if (!seen.IsOk(out var view, out var refusal)) return refusal;
        var called = DerivedId.Of(command.CommandId, "care.called");
        refusal = (await note.Run(new(called, open.Id, IncidentEvent.CalledContact), actor, ct)).Refusal;
        return refusal is null ? view : refusal;
    }

    private async Task<Result<View>> Phone(ShouwangDb db, Id<Person> elder, Id<Person> contact, CancellationToken ct)
    {
        var contacts = await IncidentContacts.Of(db, elder, ct);
        if (contacts.FirstOrDefault(c => c.Person.Id == contact).Person is not { } person) return IncidentRefusals.NoContact;
        return vault.OpenPhone(person.Id, person.Secrets) is { } phone ? new View(person.Id, phone.Text) : IncidentRefusals.NoContact;
    }
}
