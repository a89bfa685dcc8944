using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The register: one person's entry, facts, looks.</summary>
internal sealed partial record Recipe
{
    private static IReadOnlyDictionary<string, Recipe> OfTheRegister() => new Dictionary<string, Recipe>
    {
        ["ShowPerson"] = Of((_, person) => new($"/api/v1/people/{person}")),
        ["EnterPerson"] = new((w, _, p) => Task.FromResult(new Asked($"/api/v1/people/{w.House.NewId()}",
            new { village = World.AreaOf(p).ToString(), name = "示新人", sex = "Male", roles = new[] { "Elder" }, group = "一组" }))),
        ["CorrectPerson"] = new((w, r, p) => Done(
            $"/api/v1/people/{w.Subject(r, p).Person.Id}/corrections/{w.House.NewId()}",
            new { name = "示更正", sex = "Female", born = "1960-01-01", roles = PartsOf(w.Subject(r, p).Person) })),
        ["FactHistory"] = Of((_, person) => new($"/api/v1/people/{person}/facts/Absence")),
        ["LearnFact"] = Of((id, person) => new($"/api/v1/people/{person}/lessons/{id}",
            new { kind = "Absence", value = "Home", from = "2026-03-16" })),
        ["CorrectFact"] = new(NewCorrection),
        ["RevealField"] = Of((id, person) => new($"/api/v1/people/{person}/looks/{id}",
            new { field = "Phone", purpose = "CallThePerson" })),
        ["ExportLooks"] = Of((_, person) => new($"/api/v1/people/{person}/looks-workbook")),
        ["ExportConsents"] = Of((_, person) => new($"/api/v1/people/{person}/consents-workbook")),
        ["WhoLooked"] = Of((_, person) => new($"/api/v1/people/{person}/looks")),
        ["RelativesOf"] = Of((_, person) => new($"/api/v1/people/{person}/relatives")),
        ["RelatePeople"] = Of((id, person) => new($"/api/v1/people/{person}/relatives/{id}",
            new { name = "示亲属", kind = "Child", contact = 1 })),
        ["OrderContact"] = new(async (w, r, p) =>
            new($"/api/v1/relations/{await NewRelation(w, r, p)}/places/{w.House.NewId()}", new { place = 1 })),
        ["LinkRelative"] = new(async (w, r, p) => new($"/api/v1/relations/{await NewRelation(w, r, p)}/links/{w.House.NewId()}")),
        ["PersonFile"] = new((w, r, p) => Done($"/api/v1/people/{w.Subject(r, p).Person.Id}/files/{w.House.NewId()}"),
            (r, p) => World.Sees(r, p) && (p == Position.Self || Roles.Allows(r, Permission.KeepRegister))),
        ["DownloadPersonFile"] = new((w, r, p) => Done($"/api/v1/people/{w.Subject(r, p).Person.Id}/files/{w.House.NewId()}"),
            (r, p) => World.Sees(r, p) && (p == Position.Self || Roles.Allows(r, Permission.KeepRegister))),
        ["/people/{Person}/file"] = Of((_, person) => new($"/people/{person}/file")),
        ["EndRelation"] = new(async (w, r, p) => new($"/api/v1/relations/{await NewRelation(w, r, p)}/endings/{w.House.NewId()}")),
        ["ShowHousehold"] = new(async (w, r, p) => new($"/api/v1/households/{await NewHousehold(w, r, p)}")),
        ["ExportHousehold"] = new(async (w, r, p) => new($"/api/v1/households/{await NewHousehold(w, r, p)}/workbook")),
        ["/households/{Household}"] = new(async (w, r, p) => new($"/households/{await NewHousehold(w, r, p)}")),
        ["/people/{Person}/relatives"] = Of((_, person) => new($"/people/{person}/relatives")),
        ["/people/{Person}"] = Of((_, person) => new($"/people/{person}")),
        ["/people/{Person}/facts/{Kind}"] = Of((_, person) => new($"/people/{person}/facts/Absence")),
        ["/people/{Person}/identity"] = Of((_, person) => new($"/people/{person}/identity")),
        ["/people/{Person}/looks"] = Of((_, person) => new($"/people/{person}/looks")),
    };

    private static IReadOnlyDictionary<string, Recipe> OfPlaces() => new Dictionary<string, Recipe>
    {
        ["ShowPlace"] = new(async (w, r, p) => new($"/api/v1/places/{await PointAt(w, r, p)}")),
        ["CreatePlace"] = new((w, _, p) => Done($"/api/v1/places/{w.House.NewId()}",
            new { village = World.AreaOf(p).ToString(), kind = "Point", name = "示新点" })),
        ["ArrangePlace"] = new(async (w, r, p) => new($"/api/v1/places/{await PointAt(w, r, p)}/arrangements/{w.House.NewId()}",
            new { name = $"示点{w.House.NewId()}" })),
        ["MoveMember"] = new(async (w, r, p) => new($"/api/v1/places/{await PointAt(w, r, p)}/members/{w.House.NewId()}",
            new { person = w.Subject(r, p).Person.Id.Value, part = "Host", day = "2026-03-16" })),
        ["EndMembership"] = new(async (w, r, p) => new($"/api/v1/places/{await PointAt(w, r, p)}/endings/{w.House.NewId()}",
            new { person = w.Subject(r, p).Person.Id.Value, part = "Host", day = "2026-03-16" }), (_, _) => false),
        ["/places/{Place}"] = new(async (w, r, p) => new($"/places/{await PointAt(w, r, p)}")),
        ["/places/{Place}/arrangement"] = new(async (w, r, p) => new($"/places/{await PointAt(w, r, p)}/arrangement")),
    };

    private static IReadOnlyDictionary<string, Recipe> OfConsents() => new Dictionary<string, Recipe>
    {
        ["ConsentsOf"] = Of((_, person) => new($"/api/v1/people/{person}/consents")),
        ["/people/{Person}/consents"] = Of((_, person) => new($"/people/{person}/consents")),
        ["/people/{Person}/departure"] = Of((_, person) => new($"/people/{person}/departure")),
        ["GiveConsent"] = Of((id, person) => new($"/api/v1/people/{person}/consents/{id}", new { purpose = "Photo", method = "Signed" })),
        ["WithdrawConsent"] = new(NewConsent, (r, p) =>
            World.Sees(r, p) && (p == Position.Self || Roles.Allows(r, Permission.KeepRegister))),
        ["GiveMandate"] = Of((id, person) => new($"/api/v1/people/{person}/mandates/{id}",
            new { agent = person.Value, matters = new[] { "Meals" }, from = "2026-03-16", until = "2026-04-16" })),
        ["EndMandate"] = new(NewMandate),
        ["RecordDeparture"] = Of((id, person) => new($"/api/v1/people/{person}/departures/{id}",
            new { kind = "Move", day = "2030-01-01" })),
        ["UndoDeparture"] = new(NewDeparture),
    };

    private static async Task<Asked> NewConsent(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person);
        var given = new ConsentGiven(ConsentPurpose.Photo, ConsentMethod.Signed, null);
        var consent = Consent.Give(Id<Consent>.New(house.Clock), person, given, house.Clock.GetUtcNow()).Value;
        await house.Add(consent);
        return new($"/api/v1/consents/{consent.Id}/withdrawals/{house.NewId()}");
    }

    private static async Task<Asked> NewMandate(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person);
        var given = new MandateGiven(Id<Person>.New(house.Clock), MandateMatters.Meals, house.Today, house.Today.AddDays(9));
        var mandate = Mandate.Give(Id<Mandate>.New(house.Clock), person, given).Value;
        await house.Add(mandate);
        return new($"/api/v1/mandates/{mandate.Id}/endings/{house.NewId()}");
    }

    /// <summary>A departure of someone else in the subject's area: the subject stays.</summary>
    private static async Task<Asked> NewDeparture(World world, Role role, Position position)
    {
        var house = world.House;
        var person = house.NewPerson(World.AreaOf(position), PersonRoles.Elder);
        var (id, now) = (Id<Departure>.New(house.Clock), house.Clock.GetUtcNow());
        var departure = Departure.Of(id, person, DepartureKind.Move, house.Today, now).Value;
        await house.Add(person, departure);
        return new($"/api/v1/departures/{departure.Id}/undoings/{house.NewId()}");
    }

    /// <summary>The parts a subject plays already: a correction must leave it as the other endpoints expect it.</summary>
    private static string[] PartsOf(Person person) => $"{person.Roles}".Split(", ");

    private static Recipe Of(Func<Guid, Id<Person>, Asked> ask) =>
        new((w, r, p) => Task.FromResult(ask(w.House.NewId(), w.Subject(r, p).Person.Id)));

    private static async Task<Asked> NewCorrection(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person.Id);
        var stated = new FactStated(FactKind.Dialect, "山东话", house.Today);
        var learned = await house.Get<LearnFact>().Run(new(house.NewId(), person, stated), Actor.System(AreaCode.Nation), default);
        return new($"/api/v1/people/{person}/fact-lines/{learned.Value.Line}/corrections/{house.NewId()}",
            new { stated = new { kind = "Dialect", value = "密云话", from = "2026-03-01" } });
    }

    private static async Task<Id<Relation>> NewRelation(World world, Role role, Position position)
    {
        var (clock, elder) = (world.House.Clock, world.Subject(role, position).Person);
        var relation = new Relation(Id<Relation>.New(clock), elder.Area, elder.Id, Id<Person>.New(clock), RelationKind.Neighbour);
        await world.House.Add(relation);
        return relation.Id;
    }

    /// <summary>A household the subject lives in.</summary>
    private static async Task<Id<Household>> NewHousehold(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person);
        // The latter half of an id: the former is the time, which stands still, and two subjects would share a house.
        var stated = new FactStated(FactKind.Household, $"{house.NewId():N}"[16..], house.Today);
        _ = (await house.Get<LearnFact>().Run(new(house.NewId(), person.Id, stated), Actor.System(AreaCode.Nation), default)).Value;
        return (await house.Get<ShowPerson>().Run(person.Id, Actor.System(AreaCode.Nation), default)).Value.Household!.Value;
    }
}
