using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Today;

/// <summary>The first page of each role says what to do next, with real content.</summary>
public sealed class TodayTests
{
    private static readonly AreaCode s_township = Village.X.At(AreaLevel.Township);

    [Theory, EachDatabase]
    public async Task Everyone_with_work_here_finds_their_next_step_on_the_first_page(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        var point = new Place(Id<Place>.New(house.Clock), Village.X, PlaceKind.Point, "李家互助点");
        point.Join(elder.Id, MemberPart.Elder, house.Today);
        await house.Add(elder, point);
        var people = new Dictionary<Role, Bearer>();
        foreach (var role in new[] { Role.Volunteer, Role.CareWorker })
        {
            var part = role == Role.Volunteer ? PersonRoles.Volunteer : PersonRoles.CareWorker;
            people[role] = await house.Someone(role, new(Village.X), part);
        }

        foreach (var role in new[] { Role.VillageDoctor, Role.Family, Role.VillageCadre })
            people[role] = await house.Someone(role, new(Village.X));
        people[Role.PointManager] = await house.Someone(Role.PointManager, new(Village.X, point.Id));
        people[Role.TownshipOfficer] = await house.Someone(Role.TownshipOfficer, new(s_township));
        people[Role.CountyOfficer] = await house.Someone(Role.CountyOfficer, new(Village.X.At(AreaLevel.County)));
        await Month(house, elder, point, people);

        var visit = $"href=\"/elders/{elder.Id}/visit\"";
        foreach (var (role, next) in new[]
        {
            (Role.Volunteer, visit), (Role.CareWorker, visit), (Role.VillageDoctor, visit), (Role.PointManager, visit),
            (Role.VillageCadre, visit), (Role.Family, "href=\"/visits?state=open\""), (Role.TownshipOfficer, "href=\"/statements\""),
            (Role.CountyOfficer, "href=\"/statements\""),
        })
        {
            using var answer = await house.Send(HttpMethod.Get, "/today", await house.SignIn(people[role]));
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(page.Split("<main")[1].Contains(next, StringComparison.Ordinal), $"{role}: no {next}");
        }
    }

    /// <summary>A pair of each helper, a relative, a visit that nobody has confirmed, a month handed in.</summary>
    private static async Task Month(OpenHouse house, Person elder, Place point, Dictionary<Role, Bearer> people)
    {
        foreach (var role in new[] { Role.Volunteer, Role.CareWorker })
        {
            var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, people[role].Person.Id, point.Id);
            _ = pair.Accept(house.Today.AddDays(-40)).Value;
            await house.Add(pair);
        }

        var (id, ended) = (Id<Visit>.New(house.Clock), house.Clock.GetUtcNow().AddDays(-30));
        var call = new Call(people[Role.Volunteer].Person.Id, [elder.Id], ended.AddMinutes(-20), ended);
        var visit = Visit.Record(
            new(id, call.Volunteer, ended, _ => id), call, new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well),
            new Dictionary<Id<Person>, Seat> { [elder.Id] = new(Village.X, point.Id) }, new(720, ServiceItems.Visit, 7)).Value[0];
        var close = MonthClose.Of(Id<MonthClose>.New(house.Clock), Village.X, point.Id, new(2026, 2, 1));
        _ = close.Submit([1], "00", "national@1", people[Role.VillageCadre].Person.Id, house.Clock.GetUtcNow()).Value;
        await house.Add(
            visit, close,
            new Relation(Id<Relation>.New(house.Clock), Village.X, elder.Id, people[Role.Family].Person.Id, RelationKind.Child));
    }
}
