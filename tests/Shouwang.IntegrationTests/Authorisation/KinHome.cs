using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Care;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>What an elder said about relatives seeing their visits.</summary>
internal enum Word { NeverAsked, Agreed, TakenBack }

/// <summary>An elder with a daughter, and around them everything that a relative sees only once the elder agreed: who comes, how the elder
/// was found, what was measured, an emergency.</summary>
internal sealed class KinHome
{
    public const string Remarks = "夜里起来三次", Value = "151/97";

    private KinHome(OpenHouse house) => House = house;

    public OpenHouse House { get; }

    public Person Elder { get; private init; } = null!;

    public Household Roof { get; private init; } = null!;

    /// <summary>The daughter's session.</summary>
    public string Cookie { get; private set; } = "";

    public Pair Pair { get; private set; } = null!;

    public Id<Visit> Visit { get; private set; }

    public Id<Incident> Incident { get; private set; }

    public Id<Consent> Consent { get; private set; }

    /// <summary>Visited on the same call, and no kin of the daughter's.</summary>
    public const string Neighbour = "王福山";

    public static readonly string[] Helpers = ["欧阳秀英", "孙玉兰", "周凤仙"];

    /// <summary>What the daughter reads once her mother agreed, and nothing of it before.</summary>
    public IReadOnlyList<string> Secrets =>
    [
        .. Helpers, Value, "要紧，需要马上有人管", "\"Urgent\"", "有些不舒服", "\"Unwell\"", "独居且近期有警报", "AloneAndAlert", $"{Incident}",
    ];

    public static async Task<KinHome> In(OpenHouse house, Word word)
    {
        var roof = new Household(Id<Household>.New(house.Clock), Village.X, "17");
        var home = new KinHome(house) { Elder = house.NewPerson(Village.X, PersonRoles.Elder, "李桂兰"), Roof = roof };
        home.Elder.LiveAt("一组", roof.Id);
        home.Elder.Learn(FactKind.Living, LivingSituation.LivingAlone, house.Today.AddDays(-60), house.Clock.GetUtcNow());
        Person[] helpers = [.. Helpers.Select(h => house.NewPerson(Village.X, PersonRoles.Volunteer, h))];
        var daughter = await house.Someone(Role.Family, new(Village.X), PersonRoles.Family);
        await house.Add([
            Domain.Areas.Area.Enter(Village.X, "示例村", new(2020, 1, 1)).Value, roof, home.Elder, .. helpers,
            new Relation(Id<Relation>.New(house.Clock), Village.X, home.Elder.Id, daughter.Person.Id, RelationKind.Child),
        ]);
        await home.Agree(word, helpers[1]);
        await home.Meet(helpers);
        home.Cookie = await house.SignIn(daughter);
        return home;
    }

    private async Task Agree(Word word, Person witness)
    {
        var now = House.Clock.GetUtcNow();
        var visits = Given(ConsentPurpose.Visits, ConsentMethod.Voice, witness.Id);
        Consent = visits.Id;
        await House.Add(visits);
        if (word == Word.NeverAsked) return;
        var view = Given(ConsentPurpose.FamilyView, ConsentMethod.Signed, null);
        if (word == Word.TakenBack) _ = view.Withdraw(now).Value;
        await House.Add(view);

        Consent Given(ConsentPurpose purpose, ConsentMethod method, Id<Person>? there) =>
            Domain.People.Consent.Give(Id<Consent>.New(House.Clock), Elder, new(purpose, method, there), now).Value;
    }

    /// <summary>A standing pair and a proposal, an urgent visit with readings, and a confirmed one together with a neighbour.</summary>
    private async Task Meet(Person[] helpers)
    {
        Pair = new(Id<Pair>.New(House.Clock), Village.X, Elder.Id, helpers[0].Id, null);
        _ = Pair.Accept(House.Today.AddDays(-30)).Value;
        _ = Pair.NameUnderstudy(helpers[1].Id).Value;
        _ = Pair.Agree(PairSide.Elder, ConsentWay.Spoken, House.Today.AddDays(-30), helpers[1].Id).Value;
        await House.Add(Pair, new Pair(Id<Pair>.New(House.Clock), Village.X, Elder.Id, helpers[2].Id, null));

        var helper = new Actor(helpers[0].Id, Role.Volunteer, Village.X, new(ReachKind.Pairs, [Elder.Id.Value]));
        var urgent = new RecordVisit.Command(
            new(House.NewId()), Elder.Id, helper.Person, Now.AddMinutes(-50), Now.AddMinutes(-20),
            CareDay.Well with { Condition = Condition.Urgent })
        {
            Remarks = Remarks, Readings = [new(Elder.Id, ReadingKind.BloodPressure, Value)],
        };
        var recorded = (await House.Get<RecordVisit>().Run(urgent, helper, default)).Value;
        (Visit, Incident) = (recorded.Id, recorded.Incident!.Value);
        _ = (await House.Get<NoteIncident>().Run(new(House.NewId(), Incident, IncidentEvent.Coming), helper, default)).Value;
        _ = (await House.Get<ReadRemarks>().Run(new(House.NewId(), Visit, RevealPurpose.VisitTheHome), helper, default)).Value;
        await Together(helpers);
    }

    private async Task Together(Person[] helpers)
    {
        var (neighbour, began) = (House.NewPerson(Village.X, PersonRoles.Elder, Neighbour), Now.AddHours(-3));
        var call = new Call(helpers[0].Id, [Elder.Id, neighbour.Id], began, began.AddMinutes(40));
        var seat = new Seat(Village.X, null);
        var visits = Domain.Care.Visit.Record(
            new(Id<Visit>.New(House.Clock), helpers[0].Id, Now, _ => Id<Visit>.New(House.Clock)), call,
            CareDay.Well with { Condition = Condition.Unwell },
            new Dictionary<Id<Person>, Seat> { [Elder.Id] = seat, [neighbour.Id] = seat }, new(720, ServiceItems.Visit, 7)).Value;
        foreach (var visit in visits) _ = visit.Verify(helpers[1].Id, VerificationWay.SecondPerson, Helpers[2], Now).Value;
        await House.Add([neighbour, .. visits]);
        Confirmed = visits.Single(v => v.Elder == Elder.Id).Id;
    }

    /// <summary>The visit that was confirmed.</summary>
    public Id<Visit> Confirmed { get; private set; }

    private DateTimeOffset Now => House.Clock.GetUtcNow();
}
