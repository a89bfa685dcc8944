using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>Nobody is paired with somebody who died, moved away or is no volunteer any more; a proposal stored earlier falls with it.
/// </summary>
public sealed class LeftTheVillageTests
{
    [Theory, EachDatabase]
    public async Task A_proposal_falls_with_a_departure_even_before_the_rest_of_the_house_has_heard_of_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        Assert.Equal(1, (await Propose(village)).Value.Paired);
        await Depart(village, helper, DepartureKind.Move);

        Assert.Equal(PairingRefusals.Departed, (await Accept(village)).Refusal);
        Assert.Equal(PairingRefusals.Departed, (await ByHand(village, elder, helper)).Refusal);
        Assert.Equal(("no-candidate", 0), (await Unpaired(village), (await List(village)).Helpers.Count));
    }

    [Theory, EachDatabase]
    public async Task Whoever_died_is_neither_proposed_nor_listed_as_waiting_for_somebody(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        await village.Pair(elder, helper);
        var departure = await Depart(village, elder, DepartureKind.Death);
        await village.Settle();

        Assert.Equal(PairingRefusals.NobodyToPair, (await Propose(village)).Refusal);
        Assert.Equal((0, 0, 0), ((await List(village)).Active, (await List(village)).Without, (await List(village)).WithoutPair.Count));

        _ = (await village.Get<UndoDeparture>().Run(
            new(Id<Departure>.New(village.Clock).Value, departure), village.House, default)).Value;
        await village.Settle();
        Assert.Equal(1, (await List(village)).Active);
    }

    [Theory, EachDatabase]
    public async Task A_proposal_falls_when_the_volunteer_is_none_any_more(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await village.With("李桂兰", PersonRoles.Elder);
        var helper = await village.With("张三", PersonRoles.Volunteer);
        Assert.Equal(1, (await Propose(village)).Value.Paired);
        _ = (await village.Get<CorrectPerson>().Run(
            new(Id<Person>.New(village.Clock).Value, helper.Id, new("张三", Sex.Female, helper.Born, null), PersonRoles.Family),
            village.House, default)).Value;

        Assert.Equal(PairingRefusals.NotAPair, (await Accept(village)).Refusal);
    }

    private static async Task<Id<Departure>> Depart(Village village, Person person, DepartureKind kind)
    {
        var id = Id<Departure>.New(village.Clock);
        _ = (await village.Get<RecordDeparture>().Run(new(id, person.Id, kind, village.Today), village.House, default)).Value;
        return id;
    }

    private static async Task<string> Unpaired(Village village) =>
        Assert.Single((await Propose(village)).Value.Unpaired).Reason["pairing.reason.".Length..];

    private static Task<Result<ProposePairs.Receipt>> Propose(Village village) =>
        village.Get<ProposePairs>().Run(new(Id<ProposePairs>.New(village.Clock), Village.X), village.House, default);

    private static Task<Result<AcceptPairs.Receipt>> Accept(Village village) =>
        village.Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(village.Clock), Village.X, null), village.House, default);

    private static Task<Result<PairByHand.Receipt>> ByHand(Village village, Person elder, Person helper) =>
        village.Get<PairByHand>().Run(new(Id<Pair>.New(village.Clock), elder.Id, helper.Id), village.House, default);

    private static async Task<ListPairs.View> List(Village village) =>
        (await village.Get<ListPairs>().Run(new(), Actor.System(Village.X), default)).Value;
}
