using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>How to ask the endpoints of visits and readings.</summary>
internal static class CareRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["RecordVisit"] = new((w, r, p) => Done($"/api/v1/visits/{w.House.NewId()}", BodyOf(w, r, w.Subject(r, p).Person)), NotOneself),
        ["/elders/{Elder}/visit"] = new((w, r, p) => Done($"/elders/{w.Subject(r, p).Person.Id}/visit"), NotOneself),
        ["VisitSheet"] = new(async (w, r, p) => new($"/api/v1/visits/{(await NewVisit(w, r, p)).Id}")),
        ["/visits/{Visit}"] = new(async (w, r, p) => new($"/visits/{(await NewVisit(w, r, p)).Id}")),
        ["/visits/{Visit}/correct"] = new(async (w, r, p) => new($"/visits/{(await NewVisit(w, r, p)).Id}/correct")),
        ["VerifyVisit"] = new(async (w, r, p) => new(
            $"/api/v1/visits/{(await NewVisit(w, r, p)).Id}/verification", new { id = w.House.NewId(), how = "SecondPerson" })),
        ["CorrectVisit"] = new(async (w, r, p) => new(
            $"/api/v1/visits/{(await NewVisit(w, r, p, byActor: true)).Id}/corrections/{w.House.NewId()}", BodyOf(w, r, ElderOf(w, r, p)))),
        ["ReadRemarks"] = new(async (w, r, p) => new(
            $"/api/v1/visits/{(await NewVisit(w, r, p, byActor: true)).Id}/remarks/{w.House.NewId()}", new { purpose = "VisitTheHome" })),
        ["ElderSheet"] = new((w, r, p) => Done($"/api/v1/elders/{w.Subject(r, p).Person.Id}/sheet"), NotOneself),
        ["/elders/{Elder}/sheet"] = new((w, r, p) => Done($"/elders/{w.Subject(r, p).Person.Id}/sheet"), NotOneself),
        ["PrintSheets"] = new((w, r, p) => Done(
            $"/api/v1/sheet-prints/{w.House.NewId()}", new { elder = w.Subject(r, p).Person.Id.Value }), NotOneself),
        ["/people/{Person}/readings"] = new((w, r, p) => Done($"/people/{w.Subject(r, p).Person.Id}/readings")),
        ["ReadingsOf"] = new((w, r, p) => Done($"/api/v1/people/{w.Subject(r, p).Person.Id}/readings")),
    };

    private static bool NotOneself(Role role, Position position) => position != Position.Self && World.Sees(role, position);

    private static Task<Asked> Done(string path, object? body = null) => Task.FromResult(new Asked(path, body));

    /// <summary>The elder of a record at a position; a record of one's own is about someone one sees.</summary>
    private static Person ElderOf(World world, Role role, Position position) => world.Subject(role, position != Position.Self ? position
        : Roles.ReachOf(role) switch
        {
            ReachKind.Point => Position.OwnPoint,
            ReachKind.Kin => Position.Kin,
            _ => Position.Pair,
        }).Person;

    private static object BodyOf(World world, Role role, Person elder)
    {
        var now = world.House.Clock.GetUtcNow();
        return new
        {
            elder = elder.Id.Value, volunteer = world.Actor(role).Person.Id.Value, startedAt = now.AddMinutes(-30), endedAt = now,
            way = "Door", outcome = "Done", items = new[] { "Visit" }, condition = "Well",
        };
    }

    public static async Task<Visit> NewVisit(World world, Role role, Position position, bool byActor = false)
    {
        var (house, elder, now) = (world.House, ElderOf(world, role, position), world.House.Clock.GetUtcNow());
        var volunteer = byActor ? world.Actor(role).Person : house.NewPerson(elder.Area, PersonRoles.Volunteer);
        if (!byActor) await house.Add(volunteer);
        var (id, call) = (Id<Visit>.New(house.Clock), new Call(volunteer.Id, [elder.Id], now.AddMinutes(-30), now));
        var visit = Visit.Record(
            new(id, volunteer.Id, now, _ => id), call, new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well),
            new Dictionary<Id<Person>, Seat> { [elder.Id] = new(elder.Area, null) }, new(720, ServiceItems.Visit, 7)).Value[0];
        visit.Remark(house.Get<RemarkVault>().Seal(elder, id, "都好"));
        await house.Add(visit);
        return visit;
    }
}
