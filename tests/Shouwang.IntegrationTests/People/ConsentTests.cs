using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Consent for each purpose, and acting in another's place.</summary>
public sealed class ConsentTests
{
    [Theory, EachDatabase]
    public async Task A_consent_is_given_once_withdrawn_once_and_given_anew(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var given = await Give(village, cadre, elder, new(ConsentPurpose.Photo, ConsentMethod.Signed, null));

        Assert.Equal("people.consent-given", (await Give(village, cadre, elder, new(ConsentPurpose.Photo, ConsentMethod.Signed, null)))
            .Refusal?.Code);
        _ = (await village.Get<WithdrawConsent>().Run(new(NewId(village), given.Value.Id), cadre, default)).Value;
        Assert.Equal("people.consent-withdrawn-already",
            (await village.Get<WithdrawConsent>().Run(new(NewId(village), given.Value.Id), cadre, default)).Refusal?.Code);
        _ = (await Give(village, cadre, elder, new(ConsentPurpose.Photo, ConsentMethod.Signed, null))).Value;

        var view = (await village.Get<ConsentsOf>().Run(elder.Id, cadre, default)).Value;
        Assert.Equal([true, false], view.Consents.Select(c => c.WithdrawnAt is null).OrderDescending());
        var events = await village.Get<Workspace>().Read(village.House, db => db.Outbox.Select(m => m.Event).ToListAsync());
        Assert.Equal([ConsentWithdrawn.Name], events);
    }

    [Theory, EachDatabase]
    public async Task A_paper_signed_earlier_counts_from_that_day_but_not_over_a_later_no(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var (signed, today) = (new ConsentGiven(ConsentPurpose.Visits, ConsentMethod.Signed, null), village.Today);
        Task<Result<GiveConsent.Receipt>> On(DateOnly day) => village.Get<GiveConsent>().Run(
            new(Id<Consent>.New(village.Clock), elder.Id, signed) { On = day }, cadre, default);

        Assert.Equal("people.consent-ahead", (await On(today.AddDays(1))).Refusal?.Code);
        var consent = (await On(today.AddDays(-40))).Value.Id;
        var shown = Assert.Single((await village.Get<ConsentsOf>().Run(elder.Id, cadre, default)).Value.Consents);
        Assert.Equal(today.AddDays(-40), Days.Of(shown.GivenAt));

        _ = (await village.Get<WithdrawConsent>().Run(new(NewId(village), consent), cadre, default)).Value;
        Assert.Equal("people.consent-withdrawn-since", (await On(today.AddDays(-1))).Refusal?.Code);
        Assert.Null((await Give(village, cadre, elder, signed)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task Who_cannot_sign_needs_a_witness_who_is_someone_else(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        async Task<string?> Code(ConsentMethod method, Id<Person>? witness) =>
            (await Give(village, cadre, elder, new(ConsentPurpose.Health, method, witness))).Refusal?.Code;

        Assert.Equal("people.consent-witness-needed", await Code(ConsentMethod.Fingerprint, null));
        Assert.Equal("people.consent-witness-needed", await Code(ConsentMethod.Voice, null));
        Assert.Equal("people.consent-witness-is-party", await Code(ConsentMethod.Voice, elder.Id));
        Assert.Equal("people.not-found", await Code(ConsentMethod.Voice, Id<Person>.New(village.Clock)));
        Assert.Null(await Code(ConsentMethod.Fingerprint, cadre.Person));
    }

    [Theory, EachDatabase]
    public async Task Acting_for_another_needs_a_mandate_that_holds_and_each_use_is_written_down(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var agent = await village.With("王强", PersonRoles.Family);
        async Task<string?> Code(ConsentPurpose purpose) =>
            (await Give(village, cadre, elder, new(purpose, ConsentMethod.Signed, null, agent.Id))).Refusal?.Code;
        Assert.Equal("people.no-mandate", await Code(ConsentPurpose.Photo));

        var given = new MandateGiven(agent.Id, MandateMatters.Consents, village.Today, village.Today.AddDays(9));
        var mandate = (await Mandated(village, cadre, elder, given)).Value;
        Assert.Null(await Code(ConsentPurpose.Photo));
        Assert.Equal(MandateMatters.Consents,
            Assert.Single(Assert.Single((await village.Get<ConsentsOf>().Run(elder.Id, cadre, default)).Value.Mandates).Uses).Matter);

        _ = (await village.Get<EndMandate>().Run(new(NewId(village), mandate.Id), cadre, default)).Value;
        Assert.Equal("people.no-mandate", await Code(ConsentPurpose.Health));
        Assert.Equal("people.mandate-ended",
            (await village.Get<EndMandate>().Run(new(NewId(village), mandate.Id), cadre, default)).Refusal?.Code);
        Assert.Equal("people.mandate-unclear",
            (await Mandated(village, cadre, elder, given with { Matters = MandateMatters.None })).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_guardian_may_agree_in_the_elders_place_without_a_mandate(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var guardian = await village.With("王芳", PersonRoles.Family);
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, elder.Id, guardian.Id, RelationKind.Guardian));

        _ = (await Give(village, cadre, elder, new(ConsentPurpose.Visits, ConsentMethod.Signed, null, guardian.Id))).Value;

        Assert.Equal("王芳", Assert.Single((await village.Get<ConsentsOf>().Run(elder.Id, cadre, default)).Value.Consents).OnBehalf);
    }

    [Theory, EachDatabase]
    public async Task Relatives_see_no_more_when_the_elder_takes_that_consent_back(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var son = await house.Someone(Role.Family, new(Village.X), PersonRoles.Family);
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        var consent = Consent.Give(Id<Consent>.New(house.Clock), elder, new(ConsentPurpose.FamilyView, ConsentMethod.Signed, null),
            house.Clock.GetUtcNow()).Value;
        var relation = new Relation(Id<Relation>.New(house.Clock), Village.X, elder.Id, son.Person.Id, RelationKind.Child);
        await house.Add(elder, consent, relation);
        var cookie = await house.SignIn(son);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/api/v1/people/{elder.Id}", cookie));

        var withdraw = new WithdrawConsent.Command(house.NewId(), consent.Id);
        _ = (await house.Get<WithdrawConsent>().Run(withdraw, Actor.System(Village.X), default)).Value;

        Assert.Equal(404, await house.StatusOf(HttpMethod.Get, $"/api/v1/people/{elder.Id}", cookie));
    }

    private static Task<Result<GiveConsent.Receipt>> Give(Village village, Actor actor, Person person, ConsentGiven given) =>
        village.Get<GiveConsent>().Run(new(Id<Consent>.New(village.Clock), person.Id, given), actor, default);

    private static Task<Result<GiveMandate.Receipt>> Mandated(Village village, Actor actor, Person person, MandateGiven given) =>
        village.Get<GiveMandate>().Run(new(Id<Mandate>.New(village.Clock), person.Id, given), actor, default);

    private static async Task<(Person Elder, Actor Cadre)> Two(Village village) =>
        (await village.With("王秀英", PersonRoles.Elder), village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
