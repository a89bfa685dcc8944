using System.Net;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>Whoever took back the consent to be proposed by computation is left out of it, is named with that reason, and can still be
/// paired by hand.</summary>
public sealed class AutomatedConsentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_elder_who_took_it_back_is_left_out_named_and_paired_by_hand(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        await Withdraw(village, elder);

        var receipt = (await Propose(village)).Value;
        Assert.Equal((1, 0, "pairing.reason.no-consent"), (receipt.Elders, receipt.Paired, Assert.Single(receipt.Unpaired).Reason));
        Assert.Equal("no-consent", Assert.Single((await List(village)).WithoutPair).Why);

        Assert.Null((await ByHand(village, elder, helper)).Refusal);
        Assert.Equal(PairingRefusals.AlreadyPaired, (await ByHand(village, elder, helper)).Refusal);
        var list = await List(village);
        Assert.Equal((helper.Id, PairState.Active), (Assert.Single(list.Pairs).Volunteer, list.Pairs[0].State));
        Assert.Empty(list.WithoutPair);
    }

    [Theory, EachDatabase]
    public async Task A_volunteer_who_took_it_back_is_left_out_named_and_paired_by_hand(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        await Withdraw(village, helper);
        var cadre = village.As(await village.With("赵村", PersonRoles.Official), Role.VillageCadre);

        Assert.Equal("pairing.reason.no-candidate", Assert.Single((await Propose(village)).Value.Unpaired).Reason);
        Assert.Equal((helper.Id, true), ((await List(village, cadre)).Helpers[0].Id, (await List(village, cadre)).Helpers[0].Apart));
        Assert.Null((await ByHand(village, elder, helper, cadre)).Refusal);
        Assert.Equal(helper.Id, Assert.Single((await List(village)).Pairs).Volunteer);

        var other = await village.With("王五", PersonRoles.Volunteer);
        Assert.Equal(PairingRefusals.NobodyToPair, (await Propose(village, anew: true)).Refusal);
        Assert.NotEqual(other.Id, Assert.Single((await List(village)).Pairs).Volunteer);
    }

    [Theory, EachDatabase]
    public async Task A_proposal_made_before_it_was_taken_back_is_not_accepted_and_a_new_yes_counts_again(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, _) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        Assert.Equal(1, (await Propose(village)).Value.Paired);
        await Withdraw(village, elder);

        Assert.Equal(PairingRefusals.ConsentWithdrawn, (await Accept(village)).Refusal);
        Assert.Equal(0, (await Propose(village)).Value.Paired);
        Assert.Empty((await List(village)).Pairs);

        await village.Add(Asked(village, elder));
        Assert.Equal(1, (await Propose(village)).Value.Paired);
        Assert.Equal(1, (await Accept(village)).Value.Accepted);
    }

    [Theory, EachDatabase]
    public async Task By_hand_the_places_and_the_parts_still_bind_and_others_may_not(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var helper = await village.With("张三", PersonRoles.Volunteer);
        foreach (var name in new[] { "李桂兰", "王福山", "赵玉珍" }) await village.Pair(await village.With(name, PersonRoles.Elder), helper);
        var elder = await village.With("孙大娘", PersonRoles.Elder);

        Assert.Equal(PairingRefusals.VolunteerFull.Code, (await ByHand(village, elder, helper)).Refusal?.Code);
        Assert.Equal(PairingRefusals.NotAPair, (await ByHand(village, helper, elder)).Refusal);
        var stranger = village.As(await village.With("钱村", PersonRoles.Official, Village.Beside), Role.VillageCadre);
        Assert.Equal(PeopleRefusals.NotFound.Code, (await ByHand(village, elder, helper, stranger)).Refusal?.Code);
        Assert.Equal(CommonRefusals.Forbidden, (await ByHand(village, elder, helper, village.As(helper, Role.Volunteer, elder))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task The_page_names_who_is_left_out_and_makes_the_pair(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, helper) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Volunteer));
        var consent = Consent.Give(new(house.NewId()), helper, s_given, house.Clock.GetUtcNow()).Value;
        _ = consent.Withdraw(house.Clock.GetUtcNow()).Value;
        await house.Add(elder, helper, consent);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        using var page = await house.Send(HttpMethod.Get, "/pairs", cookie);
        Assert.Contains(new Words().All("zh-CN")["pairing.apart.why"], await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var form = await PageForm.Open(house, "/pairs", "hand", cookie);
        using var sent = await form.Send(house, new() { ["Input.Elder"] = $"{elder.Id}", ["Input.Volunteer"] = $"{helper.Id}" });

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var list = (await house.Get<ListPairs>().Run(new(), Actor.System(Village.X), Ct)).Value;
        Assert.Equal((helper.Id, PairState.Active), (Assert.Single(list.Pairs).Volunteer, list.Pairs[0].State));
    }

    private static readonly ConsentGiven s_given = new(ConsentPurpose.AutomatedPairing, ConsentMethod.Signed, null);

    private static Consent Asked(Village village, Person person) =>
        Consent.Give(Id<Consent>.New(village.Clock), person, s_given, village.Clock.GetUtcNow()).Value;

    private static async Task Withdraw(Village village, Person person)
    {
        var consent = Asked(village, person);
        _ = consent.Withdraw(village.Clock.GetUtcNow()).Value;
        await village.Add(consent);
    }

    private static Task<Result<ProposePairs.Receipt>> Propose(Village village, bool anew = false) => village.Get<ProposePairs>()
        .Run(new(Id<ProposePairs>.New(village.Clock), Village.X) { Anew = anew }, village.House, Ct);

    private static Task<Result<AcceptPairs.Receipt>> Accept(Village village) =>
        village.Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(village.Clock), Village.X, null), village.House, Ct);

    private static Task<Result<PairByHand.Receipt>> ByHand(Village village, Person elder, Person helper, Actor? by = null) =>
        village.Get<PairByHand>().Run(new(Id<Pair>.New(village.Clock), elder.Id, helper.Id), by ?? village.House, Ct);

    private static async Task<ListPairs.View> List(Village village, Actor? by = null) =>
        (await village.Get<ListPairs>().Run(new(), by ?? village.House, Ct)).Value;
}
