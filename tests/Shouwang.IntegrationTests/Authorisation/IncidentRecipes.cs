using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>How to ask the endpoints of emergencies and signature lists.</summary>
internal static class IncidentRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["IncidentSheet"] = new(async (w, r, p) => new($"/api/v1/incidents/{(await NewIncident(w, r, p)).Id}")),
        ["/incidents/{Incident}"] = new(async (w, r, p) => new($"/incidents/{(await NewIncident(w, r, p)).Id}")),
        ["OpenIncident"] = new(
            (w, r, p) => Task.FromResult(new Asked($"/api/v1/elders/{w.Subject(r, p).Person.Id}/incidents/{w.House.NewId()}")),
            (r, p) => p != Position.Self && World.Sees(r, p)),
        ["/elders/{Elder}/emergency"] = new(
            (w, r, p) => Task.FromResult(new Asked($"/elders/{w.Subject(r, p).Person.Id}/emergency")),
            (r, p) => p != Position.Self && World.Sees(r, p)),
        ["NoteIncident"] = new(async (w, r, p) => new(
            $"/api/v1/incidents/{(await NewIncident(w, r, p)).Id}/steps/{w.House.NewId()}", new { what = "Coming" })),
        ["CloseIncident"] = new(async (w, r, p) => new(
            $"/api/v1/incidents/{(await NewIncident(w, r, p)).Id}/closings/{w.House.NewId()}", new { result = "Settled" })),
        ["CallContact"] = new(NewCall),
        ["SignatureList"] = new((w, r, p) => Task.FromResult(new Asked("/api/v1/signature-lists/2026-03")), (_, _) => true),
        ["ExportSignatures"] = new((w, r, p) => Task.FromResult(new Asked("/api/v1/signature-lists/2026-03/workbook")), (_, _) => true),
        ["VerifyList"] = new(async (w, r, p) => new(
            $"/api/v1/signature-lists/2026-03/saves/{w.House.NewId()}",
            new { visits = new[] { (await CareRecipes.NewVisit(w, r, p)).Id.Value } })),
    };

    private static async Task<Incident> NewIncident(World world, Role role, Position position)
    {
        var (house, elder) = (world.House, world.Subject(role, position).Person);
        var incident = Incident.Open(
            Id<Incident>.New(house.Clock), elder.Area, elder.Id, null, new(world.Actor(role).Person.Id, house.Clock.GetUtcNow()));
        await house.Add(incident);
        return incident;
    }

    private static async Task<Asked> NewCall(World world, Role role, Position position)
    {
        var (house, incident) = (world.House, await NewIncident(world, role, position));
        var relative = house.NewPerson(incident.Area, PersonRoles.Family);
        relative.Seal(house.Get<PersonVault>().Seal(relative.Id, new(null, PhoneNumber.Of("13800001234"), null)));
        await house.Add(relative, new Relation(
            Id<Relation>.New(house.Clock), incident.Area, incident.Elder, relative.Id, RelationKind.Child));
        return new($"/api/v1/incidents/{incident.Id}/calls/{house.NewId()}", new { contact = relative.Id.Value });
    }
}
