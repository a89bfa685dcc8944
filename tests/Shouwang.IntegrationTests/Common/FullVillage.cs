using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Common;

/// <summary>A village in which every list has something, the growing ones more than a page; and one row of each in the village beside.
/// </summary>
internal sealed class FullVillage(OpenHouse house)
{
    private const int Many = Paging.Size + 7;

    private static readonly AreaCode s_county = Village.X.At(AreaLevel.County);

    private DateTimeOffset Now => house.Clock.GetUtcNow();

    /// <summary>Somebody with consents and looks.</summary>
    public Id<Person> Elder { get; private set; }

    /// <summary>Somebody with hours.</summary>
    public Id<Person> Helper { get; private set; }

    public static async Task<FullVillage> In(OpenHouse house)
    {
        var full = new FullVillage(house);
        var elders = await full.Filled((area, n) => full.Someone(area, n, PersonRoles.Elder));
        var helpers = await full.Filled((area, n) => full.Someone(area, n + 500, PersonRoles.Volunteer));
        (full.Elder, full.Helper) = (elders[0].Id, helpers[0].Id);
        await full.Rows(elders, helpers);
        await full.Hours(elders, helpers);
        foreach (var helper in helpers) await house.Employ(helper, Role.Volunteer, new(helper.Area));
        return full;
    }

    /// <summary>More than a page of messages nobody has been told of.</summary>
    private Task Undelivered() => house.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            for (var n = 0; n < Many; n++)
            {
                var id = house.NewId();
                var message = new OutboxMessage
                {
                    Id = id, Stream = id, Event = $"timebank.told-{n}", Body = "{}", Area = Village.X, At = Now,
                };
                await unit.Books.Send(message, ["timebank.on-visit-verified"], CancellationToken.None);
            }

            return new(true, true);
        },
        CancellationToken.None);

    /// <summary>The household the elder lives in.</summary>
    public async Task<Id<Household>> Household()
    {
        var stated = new FactStated(FactKind.Household, "12", house.Today);
        _ = (await house.Get<LearnFact>().Run(new(house.NewId(), Elder, stated), Actor.System(Village.X), default)).Value;
        return (await house.Get<ShowPerson>().Run(Elder, Actor.System(Village.X), default)).Value.Household!.Value;
    }

    /// <summary>More elders, of whom nothing is known.</summary>
    public static Task Elders(OpenHouse house, int many)
    {
        var full = new FullVillage(house);
        return house.Add([.. Enumerable.Range(0, many).Select(n => full.Someone(Village.X, n + 200, PersonRoles.Elder))]);
    }

    /// <summary>So many people that no list reads them at once, each with a name of their own.</summary>
    public static async Task<List<string>> Crowd(OpenHouse house, int many)
    {
        var full = new FullVillage(house);
        var people = Enumerable.Range(0, many)
            .Select(n => full.Named(Village.X, $"众{Digit(n / 1000)}{Number(n)}", PersonRoles.Elder)).ToList();
        await house.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(Village.X));
                await unit.Enter(people, (_, _) => { }, default);
                return new(true, true);
            },
            default);
        return [.. people.Select(p => p.Name)];
    }

    /// <summary>Requests that wait, pools, checks, and more entries of both logs than a page.</summary>
    public static async Task Watched(OpenHouse house)
    {
        var full = new FullVillage(house);
        await house.Add(Area.Enter(s_county, "守望县", new(2020, 1, 1)).Value, Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var bearer = await house.Someone(Role.CountyOfficer, new(s_county));
        var officer = new Actor(bearer.Person.Id, Role.CountyOfficer, s_county, Reach.Area);
        _ = (await house.Get<FillPool>().Run(new(Id<Transaction>.New(house.Clock), Village.X, 60), officer, default)).Value;
        for (var n = 0; n < 3; n++)
            _ = (await house.Get<FillPool>().Run(new(Id<Transaction>.New(house.Clock), Village.X, 12_000 + n), officer, default)).Value;
        await full.Undelivered();
        var township = officer with { Role = Role.TownshipOfficer, Scope = Village.X.At(AreaLevel.Township) };
        var helper = full.Someone(Village.X, 1, PersonRoles.Volunteer);
        await house.Add(helper);
        for (var n = 0; n < Many; n++)
        {
            var given = await full.Give(helper, 6000 + n);
            _ = (await house.Get<ReverseTransaction>()
                .Run(new(Id<Transaction>.New(house.Clock), given, ReversalReason.WrongAmount), township, default)).Value;
            await house.Get<Workspace>().Report("common.forbidden", "Care.RecordVisit", officer, default);
        }

        _ = (await house.Get<CheckBooks>().Run(new(house.NewId()), Actor.System(AreaCode.Nation), default)).Value;
    }

    private async Task Rows(List<Person> elders, List<Person> helpers)
    {
        await Filled((area, n) => new Place(Id<Place>.New(house.Clock), area, PlaceKind.Point, Name(area, n)));
        await Filled((area, n) => Duty.Open(
            Id<Duty>.New(house.Clock), area, new(DutyKind.OverdueVisit, elders[n].Id), new(DutyRung.Pair, helpers[n].Id, Now), Now));
        var month = new DateOnly(2026, 2, 1);
        var places = await Filled((area, n) => new Place(Id<Place>.New(house.Clock), area, PlaceKind.Site, Name(area, n + 300)));
        await Filled((area, n) => MonthClose.Of(Id<MonthClose>.New(house.Clock), area, new(places[n].Id.Value), month)
            .Submit([1], "", "", helpers[n].Id, Now).Value);
        await Filled((area, n) => new RosterImport(
            Id<RosterImport>.New(house.Clock), area, new(n, n, 0, 0, 0, 0), helpers[n].Id, Now.AddMinutes(-n)));
        await Filled((area, n) => new SensitiveLook(
            Id<SensitiveLook>.New(house.Clock), area, elders[0].Id, helpers[n].Id, Now.AddMinutes(-n))
        {
            Field = SensitiveField.Phone, Purpose = RevealPurpose.CallThePerson, Role = nameof(Role.Volunteer),
        });
        await Filled((area, n) => Visited(area, elders[n], helpers[n], Now.AddHours(-n - 1)));
        await house.Add([.. Enumerable.Range(0, 3).Select(n =>
            Incident.Open(Id<Incident>.New(house.Clock), Village.X, elders[n].Id, null, new(helpers[n].Id, Now)))]);
        await house.Add([.. Enumerable.Range(0, 9).Select(n => Paired(elders[n], helpers[n]))]);
        await house.Add([.. new[] { ConsentPurpose.Photo, ConsentPurpose.Health }.Select(purpose => Consent.Give(
            Id<Consent>.New(house.Clock), elders[0], new(purpose, ConsentMethod.Signed, null, null), Now).Value)]);
        await house.Add(Someone(Village.X, 7, PersonRoles.Elder));
    }

    private async Task Hours(List<Person> elders, List<Person> helpers)
    {
        var credits = await Filled((area, n) => VisitCredit.Of(
            area, new(Id<Visit>.New(house.Clock).Value, helpers[n].Id, house.Today, 60), [100], new(480, 0, 6000, 0), "", Now));
        await house.Add([.. credits.Select(c => new HoursDispute(Id<HoursDispute>.New(house.Clock), c, DisputeReason.Other, Now))]);
        for (var n = 0; n < 5; n++) await Give(helpers[0], 60 + n);
        await house.Add(new Relation(Id<Relation>.New(house.Clock), Village.X, helpers[0].Id, helpers[1].Id, RelationKind.Child));
        await Give(helpers[1], 10);
        var giver = new Actor(helpers[0].Id, Role.Volunteer, Village.X, Reach.Area);
        for (var n = 1; n < 4; n++)
            _ = (await house.Get<ReserveHours>().Run(new(new(house.NewId()), helpers[0].Id, helpers[1].Id, n), giver, default)).Value;
    }

    private Visit Visited(AreaCode area, Person elder, Person helper, DateTimeOffset at)
    {
        var (id, call) = (Id<Visit>.New(house.Clock), new Call(helper.Id, [elder.Id], at.AddMinutes(-30), at));
        return Visit.Record(
            new(id, helper.Id, at, _ => id), call, new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well),
            new Dictionary<Id<Person>, Seat> { [elder.Id] = new(area, null) }, new(720, ServiceItems.Visit, 7)).Value[0];
    }

    private Pair Paired(Person elder, Person helper)
    {
        var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
        _ = pair.Accept(house.Today.AddMonths(-2)).Value;
        return pair;
    }

    private async Task<Id<Transaction>> Give(Person to, int minutes)
    {
        var id = Id<Transaction>.New(house.Clock);
        await house.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(Village.X));
                var (bank, own) = (AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPerson(Book.Hours, to.Id, Village.X));
                var all = await unit.Books.Take(default, bank, own);
                _ = (await unit.Post(new(id, Village.X, Reasons.VisitCredited, unit.Now), all[bank], all[own], minutes, default)).Value;
                return new(true, true);
            },
            default);
        return id;
    }

    /// <summary>As many in the village as fill a page and more, and one in the village beside.</summary>
    private async Task<List<T>> Filled<T>(Func<AreaCode, int, T> make) where T : Entity
    {
        var made = Enumerable.Range(0, Many).Select(n => make(Village.X, n)).ToList();
        await house.Add([.. made, make(Village.Beside, 0)]);
        return made;
    }

    private Person Someone(AreaCode area, int number, PersonRoles roles)
    {
        var person = Named(area, Name(area, number), roles);
        person.LiveAt(number % 2 == 0 ? "一组" : "二组", null);
        return person;
    }

    private Person Named(AreaCode area, string name, PersonRoles roles)
    {
        var person = new Person(Id<Person>.New(house.Clock), area, PersonNames.Of(name), Sex.Female, new(1946, 1, 1));
        person.Play(roles);
        person.Seal(house.Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    private static string Name(AreaCode area, int number) => $"{(area == Village.X ? "示" : "邻")}{Number(number)}";

    private static string Number(int number) => $"{Digit(number / 100)}{Digit(number / 10)}{Digit(number)}";

    private static char Digit(int number) => "零一二三四五六七八九"[number % 10];
}
