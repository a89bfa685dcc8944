using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>How to ask the endpoints of duties.</summary>
internal static class DutiesRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["DutySheet"] = new(async (w, r, p) => new($"/api/v1/duties/{(await NewDuty(w, r, p)).Id}")),
        ["/duties/{Duty}"] = new(async (w, r, p) => new($"/duties/{(await NewDuty(w, r, p)).Id}")),
        ["FinishDuty"] = new(async (w, r, p) => new(
            $"/api/v1/duties/{(await NewDuty(w, r, p, held: true)).Id}/completions/{w.House.NewId()}"), Holds),
        ["HandOverDuty"] = new(
            async (w, r, p) =>
            {
                var duty = await NewDuty(w, r, p, held: true);
                var other = w.House.NewPerson(duty.Area, PersonRoles.Volunteer);
                await w.House.Add(other);
                return new($"/api/v1/duties/{duty.Id}/hand-overs/{w.House.NewId()}", new { to = other.Id.Value });
            }, Holds),
        ["NameStandIn"] = new(NewStandIn, (r, p) => p == Position.Self || (Roles.Allows(r, Permission.AssignDuties) && World.Sees(r, p))),
    };

    /// <summary>A duty in one's own hands is seen whomever it is about, inside the working area.</summary>
    private static bool Holds(Role role, Position position) =>
        position is not (Position.Parent or Position.Sibling or Position.OtherCounty);

    private static async Task<Duty> NewDuty(World world, Role role, Position position, bool held = false)
    {
        // One's own duty is about somebody else: a duty shows its holder the person, and nobody is to come into their own reach by it.
        var (house, own) = (world.House, held || position == Position.Self);
        var subject = world.Subject(role, position).Person;
        var about = position == Position.Self ? house.NewPerson(subject.Area, PersonRoles.Elder) : subject;
        var holder = own ? world.Actor(role).Person.Id : house.NewPerson(about.Area, PersonRoles.Volunteer).Id;
        var (now, id) = (house.Clock.GetUtcNow(), Id<Duty>.New(house.Clock));
        var duty = Duty.Open(id, about.Area, new(DutyKind.OverdueVisit, about.Id), new(DutyRung.Pair, holder, now.AddDays(1)), now);
        await house.Add(duty);
        return duty;
    }

    private static async Task<Asked> NewStandIn(World world, Role role, Position position)
    {
        var away = world.Subject(role, position).Person;
        var acts = world.House.NewPerson(away.Area, PersonRoles.Volunteer);
        await world.House.Add(acts);
        return new($"/api/v1/stand-ins/{world.House.NewId()}",
            new { away = away.Id.Value, acts = acts.Id.Value, from = $"{world.House.Today:yyyy-MM-dd}" });
    }
}
