using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>A person's own file: everything the house holds on them, handed over because they asked.</summary>
public sealed class PersonFileTests
{
    [Theory, EachDatabase]
    public async Task The_file_holds_everything_the_house_keeps_on_a_person(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Lived(village);

        var file = (await village.Get<PersonFile>().Run(NewId(village), elder.Id, cadre, default)).Value;

        Assert.Equal(("99010119450302002X", "10011112222"), (file.Entry.IdNumber, file.Entry.Phone));
        var living = file.Register.Facts.Where(f => f.Kind == FactKind.Living).ToList();
        Assert.Contains(living, f => f.Says == "LivingAlone" && f.ReplacedAt is not null);
        Assert.Contains(living, f => f.Says == "EmptyNest" && f.ReplacedAt is null);
        Assert.Equal("腿脚不便", Assert.Single(file.Register.Facts, f => f.Kind == FactKind.Remarks).Says);
        Assert.Equal([("王强", true), ("李德山", false)], file.Register.Relations.Select(r => (r.Name, r.IsRelative)));
        Assert.NotNull(Assert.Single(file.Register.Consents).WithdrawnAt);
        Assert.Equal("王强", Assert.Single(file.Register.Mandates).Agent);
        Assert.Equal("村东", Assert.Single(file.Doings.Memberships).Place);
        Assert.Equal("赵助人", Assert.Single(file.Doings.Pairs).Volunteer);
        Assert.Equal("门锁坏了", Assert.Single(file.Doings.Visits).Remarks);
        Assert.Equal("135/85", Assert.Single(file.Doings.Readings).Value);
        Assert.Equal(
            [SensitiveField.Phone, SensitiveField.Everything], file.Looks.Select(l => l.Field));
        Assert.Equal("王主任", file.Looks[1].By);
    }

    [Theory, EachDatabase]
    public async Task A_volunteers_own_file_shows_whom_they_visited_but_not_what_was_remarked_of_them(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Lived(village);
        var volunteer = (await village.Get<FindPeople>().Run(new("赵助人"), cadre, default)).Value.Rows.Single().Id;
        var self = new Actor(volunteer, Role.Volunteer, Village.X, new(ReachKind.Pairs, []));

        var visit = Assert.Single((await village.Get<PersonFile>().Run(NewId(village), volunteer, self, default)).Value.Doings.Visits);

        Assert.Equal((elder.Name, ""), (visit.Elder, visit.Remarks));
    }

    [Theory, EachDatabase]
    public async Task It_is_opened_by_the_person_and_by_who_keeps_the_register_and_nobody_else(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Lived(village);
        async Task<string?> Code(Actor actor) =>
            (await village.Get<PersonFile>().Run(NewId(village), elder.Id, actor, default)).Refusal?.Code;

        Assert.Null(await Code(village.As(elder, Role.Family)));
        Assert.Equal("people.not-found", await Code(village.As(await village.With("赵二", PersonRoles.Volunteer), Role.Volunteer, elder)));
        Assert.Equal("people.not-found", await Code(cadre with { Role = Role.TownshipOfficer }));
        Assert.Equal("people.not-found", await Code(cadre with { Role = Role.Auditor }));
        Assert.Equal("people.not-found", await Code(cadre with { Scope = Village.Beside }));
    }

    [Theory, EachDatabase]
    public async Task Opened_again_under_the_same_look_it_is_one_look(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Lived(village);
        var look = NewId(village);

        _ = (await village.Get<PersonFile>().Run(look, elder.Id, cadre, default)).Value;
        var again = (await village.Get<PersonFile>().Run(look, elder.Id, cadre, default)).Value;

        Assert.Single(again.Looks, l => l.Field == SensitiveField.Everything);
        Assert.Equal("common.id-reused",
            (await village.Get<PersonFile>().Run(look, elder.Id, village.As(elder, Role.Family), default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Page_and_file_say_the_same_and_the_file_is_readable_chinese(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        await house.Add(elder);

        using var file = await house.Send(HttpMethod.Get, $"/api/v1/people/{elder.Id}/files/{house.NewId()}", cadre);
        var text = await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("\"name\": \"示例\"", text, StringComparison.Ordinal);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/people/{elder.Id}/file", cadre));
    }

    /// <summary>An elder with something of everything.</summary>
    private static async Task<(Person Elder, Actor Cadre)> Lived(Village village)
    {
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var elder = await village.With("王秀英", PersonRoles.Elder);
        var (son, husband, helper) = (await village.With("王强", PersonRoles.Family), await village.With("李德山", PersonRoles.Elder),
            await village.With("赵助人", PersonRoles.Volunteer));
        await Identify(village, cadre, elder);
        await Know(village, cadre, elder, FactKind.Living, "LivingAlone");
        village.Clock.Advance(TimeSpan.FromMinutes(1));
        await Know(village, cadre, elder, FactKind.Living, "EmptyNest");
        await Know(village, cadre, elder, FactKind.Phone, "10011112222");
        await Know(village, cadre, elder, FactKind.Remarks, "腿脚不便");

        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "村东");
        point.Join(elder.Id, MemberPart.Elder, village.Today);
        await village.Add(
            point, new Relation(Id<Relation>.New(village.Clock), Village.X, elder.Id, son.Id, RelationKind.Child),
            new Relation(Id<Relation>.New(village.Clock), Village.X, husband.Id, elder.Id, RelationKind.Spouse));
        await Agree(village, cadre, elder, son);
        await village.Pair(elder, helper);
        await Visit(village, elder, helper);
        _ = (await village.Get<RevealField>().Run(
            new(NewId(village), elder.Id, SensitiveField.Phone, RevealPurpose.CallThePerson), cadre, default)).Value;
        village.Clock.Advance(TimeSpan.FromMinutes(1));
        return (elder, cadre);
    }

    private static async Task Identify(Village village, Actor cadre, Person elder)
    {
        var identity = new Identity(elder.Name, elder.Sex, null, "99010119450302002X");
        _ = (await village.Get<CorrectPerson>().Run(new(NewId(village), elder.Id, identity, elder.Roles), cadre, default)).Value;
    }

    private static async Task Know(Village village, Actor cadre, Person elder, FactKind kind, string value) =>
        _ = (await village.Get<LearnFact>().Run(
            new(NewId(village), elder.Id, new FactStated(kind, value, village.Today)), cadre, default)).Value;

    private static async Task Agree(Village village, Actor cadre, Person elder, Person son)
    {
        var consent = Id<Consent>.New(village.Clock);
        _ = (await village.Get<GiveConsent>().Run(
            new(consent, elder.Id, new(ConsentPurpose.Photo, ConsentMethod.Signed, null)), cadre, default)).Value;
        _ = (await village.Get<WithdrawConsent>().Run(new(NewId(village), consent), cadre, default)).Value;
        var given = new MandateGiven(son.Id, MandateMatters.Consents, village.Today, village.Today.AddDays(9));
        _ = (await village.Get<GiveMandate>().Run(new(Id<Mandate>.New(village.Clock), elder.Id, given), cadre, default)).Value;
    }

    private static async Task Visit(Village village, Person elder, Person helper)
    {
        var now = village.Clock.GetUtcNow();
        var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
        var command = new RecordVisit.Command(Id<Visit>.New(village.Clock), elder.Id, helper.Id, now.AddMinutes(-30), now, report)
        {
            Remarks = "门锁坏了",
            Readings = [new(elder.Id, ReadingKind.BloodPressure, "135/85")],
        };
        _ = (await village.Get<RecordVisit>().Run(command, village.As(helper, Role.Volunteer, elder), default)).Value;
    }

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
