using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>What a relative does in an elder's place: by a mandate for that matter, while it lasts, each use written down.</summary>
public sealed class MandateTests
{
    [Theory, EachDatabase]
    public async Task A_relative_takes_a_consent_back_only_with_a_mandate_that_holds(TestDatabase database)
    {
        await using var kin = await Kin.On(database);
        var consent = Id<Consent>.New(kin.Village.Clock);
        _ = (await kin.Village.Get<GiveConsent>().Run(
            new(consent, kin.Elder.Id, new(ConsentPurpose.Health, ConsentMethod.Signed, null)), kin.Cadre, default)).Value;
        async Task<string?> Code(Actor actor, Id<Person>? onBehalf) => (await kin.Village.Get<WithdrawConsent>()
            .Run(new(kin.NewId(), consent) { OnBehalf = onBehalf }, actor, default)).Refusal?.Code;

        Assert.Equal("people.consent-not-found", await Code(kin.Son, null));
        Assert.Equal("people.no-mandate", await Code(kin.Son, kin.Son.Person));
        Assert.Equal("people.no-mandate", await Code(kin.Cadre, kin.Son.Person));
        await kin.Mandate(MandateMatters.Visits);
        Assert.Equal("people.no-mandate", await Code(kin.Son, kin.Son.Person));
        await kin.Mandate(MandateMatters.Consents, days: 1);
        kin.Village.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("people.no-mandate", await Code(kin.Son, kin.Son.Person));
        await kin.Mandate(MandateMatters.Consents);
        Assert.Null(await Code(kin.Son, kin.Son.Person));
        Assert.Equal([MandateMatters.Consents], await kin.Uses());
    }

    [Theory, EachDatabase]
    public async Task A_wish_for_change_and_a_no_to_a_pair_are_said_in_the_elders_place_by_mandate(TestDatabase database)
    {
        await using var kin = await Kin.On(database);
        var pair = await kin.Village.Pair(kin.Elder, kin.Helper);
        async Task<string?> Code(PairAnswer answer) => (await kin.Village.Get<AnswerPair>()
            .Run(new(kin.NewId(), pair.Id, PairSide.Elder, answer, null) { OnBehalf = kin.Son.Person }, kin.Cadre, default)).Refusal?.Code;

        Assert.Equal("people.no-mandate", await Code(PairAnswer.Change));
        var mandate = await kin.Mandate(MandateMatters.Visits);
        Assert.Null(await Code(PairAnswer.Change));
        Assert.Null(await Code(PairAnswer.Decline));
        Assert.Equal([MandateMatters.Visits, MandateMatters.Visits], await kin.Uses());

        _ = (await kin.Village.Get<EndMandate>().Run(new(kin.NewId(), mandate), kin.Cadre, default)).Value;
        Assert.Equal("people.no-mandate", await Code(PairAnswer.Decline));
    }

    [Theory, EachDatabase]
    public async Task A_relative_confirms_a_visit_for_themselves_but_for_the_elder_only_by_mandate(TestDatabase database)
    {
        await using var kin = await Kin.On(database);
        _ = await kin.Village.Pair(kin.Elder, kin.Helper);
        var (first, second) = (await kin.Visit(), await kin.Visit());
        async Task<string?> Code(Id<Visit> visit, VerificationWay how) =>
            (await kin.Village.Get<VerifyVisit>().Run(new(kin.NewId(), visit, how), kin.Son, default)).Refusal?.Code;

        Assert.Null(await Code(first, VerificationWay.Relative));
        Assert.Equal("people.no-mandate", await Code(second, VerificationWay.Elder));
        await kin.Mandate(MandateMatters.Visits);
        Assert.Null(await Code(second, VerificationWay.Elder));
        Assert.Equal([MandateMatters.Visits], await kin.Uses());
    }

    [Theory, EachDatabase]
    public async Task A_relative_opens_the_elders_own_file_by_mandate_and_the_look_is_theirs(TestDatabase database)
    {
        await using var kin = await Kin.On(database);
        Task<Result<PersonFile.View>> Open(Actor actor) => kin.Village.Get<PersonFile>().Run(kin.NewId(), kin.Elder.Id, actor, default);
        Assert.Equal("people.not-found", (await Open(kin.Son)).Refusal?.Code);
        await kin.Mandate(MandateMatters.Visits);
        Assert.Equal("people.no-mandate", (await Open(kin.Son)).Refusal?.Code);
        await kin.Mandate(MandateMatters.OwnFile);

        var file = (await Open(kin.Son)).Value;

        Assert.Equal("王强", Assert.Single(file.Looks).By);
        Assert.Equal([MandateMatters.OwnFile], await kin.Uses());
        var stranger = await kin.Village.With("赵六", PersonRoles.Family);
        Assert.Equal("people.not-found", (await Open(kin.Village.As(stranger, Role.Family))).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_page_shows_each_use_and_lets_the_agent_take_back(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var son = await house.Someone(Role.Family, new(Village.X), PersonRoles.Family);
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        var given = new ConsentGiven(ConsentPurpose.Health, ConsentMethod.Signed, null);
        var consent = Consent.Give(Id<Consent>.New(house.Clock), elder, given, house.Clock.GetUtcNow()).Value;
        var matters = new MandateGiven(son.Person.Id, MandateMatters.Consents, house.Today, house.Today.AddDays(9));
        await house.Add(elder, consent, Mandate.Give(Id<Mandate>.New(house.Clock), elder, matters).Value,
            new Relation(Id<Relation>.New(house.Clock), Village.X, elder.Id, son.Person.Id, RelationKind.Child));
        var (cookie, path) = (await house.SignIn(son), $"/people/{elder.Id}/consents");

        var form = await PageForm.Open(house, path, $"withdraw-{consent.Id}", cookie);
        using var sent = await form.Send(house, []);

        Assert.Equal(302, (int)sent.StatusCode);
        var page = await (await house.Send(HttpMethod.Get, path, cookie)).Content.ReadAsStringAsync();
        Assert.Contains("代办同意事项", page, StringComparison.Ordinal);
    }

    /// <summary>An elder, her son who lives away, her helper and the cadre.</summary>
    private sealed class Kin : IAsyncDisposable
    {
        public Village Village { get; private init; } = null!;

        public Person Elder { get; private init; } = null!;

        public Person Helper { get; private init; } = null!;

        public Actor Son { get; private init; } = null!;

        public Actor Cadre { get; private init; } = null!;

        public static async Task<Kin> On(TestDatabase database)
        {
            var village = await Village.On(database);
            var (elder, son) = (await village.With("王秀英", PersonRoles.Elder), await village.With("王强", PersonRoles.Family));
            await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, elder.Id, son.Id, RelationKind.Child));
            return new()
            {
                Village = village, Elder = elder, Helper = await village.With("赵助人", PersonRoles.Volunteer),
                Son = village.As(son, Role.Family, elder),
                Cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre),
            };
        }

        public Guid NewId() => Id<Person>.New(Village.Clock).Value;

        public async Task<Id<Mandate>> Mandate(MandateMatters matters, int days = 30)
        {
            var given = new MandateGiven(Son.Person, matters, Village.Today, Village.Today.AddDays(days));
            var command = new GiveMandate.Command(Id<Mandate>.New(Village.Clock), Elder.Id, given);
            return (await Village.Get<GiveMandate>().Run(command, Cadre, default)).Value.Id;
        }

        public async Task<IEnumerable<MandateMatters>> Uses() =>
            (await Village.Get<ConsentsOf>().Run(Elder.Id, Cadre, default)).Value.Mandates.SelectMany(m => m.Uses).Select(u => u.Matter);

        public async Task<Id<Visit>> Visit()
        {
            Village.Clock.Advance(TimeSpan.FromHours(2));
            var end = Village.Clock.GetUtcNow();
            var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
            var command = new RecordVisit.Command(Id<Visit>.New(Village.Clock), Elder.Id, Helper.Id, end.AddMinutes(-40), end, report);
            return (await Village.Get<RecordVisit>().Run(command, Village.As(Helper, Role.Volunteer, Elder), default)).Value.Id;
        }

        public ValueTask DisposeAsync() => Village.DisposeAsync();
    }
}
