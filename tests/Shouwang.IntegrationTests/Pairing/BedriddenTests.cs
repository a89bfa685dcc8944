using Shouwang.Application.Pairing;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>A volunteer gets one bed-ridden elder (rule pairing.max-bedridden); hired helpers as many as they have places.</summary>
public sealed class BedriddenTests
{
    [Theory, EachDatabase]
    public async Task A_volunteer_is_proposed_for_one_bed_ridden_elder_and_a_care_worker_for_more(TestDatabase database)
    {
        await using var village = await Village.On(database);
        _ = await village.With("张秀英", PersonRoles.Volunteer);
        for (var i = 0; i < 2; i++) await Bedridden(village, $"李{"一二"[i]}");

        var alone = await Propose(village);
        _ = await village.With("王师傅", PersonRoles.CareWorker);
        await Bedridden(village, "李三");
        var helped = await Propose(village);

        Assert.Equal((1, true, "pairing.reason.bedridden-full"), (alone.Paired, alone.Optimal, Assert.Single(alone.Unpaired).Reason));
        Assert.Equal((3, true), (helped.Paired, helped.Optimal));
    }

    [Theory, EachDatabase]
    public async Task Whoever_has_a_bed_ridden_elder_already_is_proposed_for_no_second_one(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var helper = await village.With("张秀英", PersonRoles.Volunteer);
        await village.Pair(await Bedridden(village, "李一"), helper);
        await Bedridden(village, "李二");
        _ = await village.With("李三", PersonRoles.Elder);

        var proposed = await Propose(village);

        Assert.Equal((2, 1), (proposed.Elders, proposed.Paired));
        Assert.Equal("pairing.reason.bedridden-full", Assert.Single(proposed.Unpaired).Reason);
    }

    [Theory, EachDatabase]
    public async Task By_hand_a_volunteer_gets_no_second_one_either_and_is_told_which_rule_says_so(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (helper, hired) = (await village.With("张秀英", PersonRoles.Volunteer), await village.With("王师傅", PersonRoles.CareWorker));
        Person[] elders = [await Bedridden(village, "李一"), await Bedridden(village, "李二"), await village.With("李三", PersonRoles.Elder)];

        Assert.Null((await ByHand(village, elders[0], helper)).Refusal);
        var refused = (await ByHand(village, elders[1], helper)).Refusal!;
        Assert.Equal((PairingRefusals.BedriddenFull.Code, "volunteer"), (refused.Code, refused.Field));
        Assert.Null((await ByHand(village, elders[2], helper)).Refusal);
        Assert.Equal(PairingRefusals.AlreadyPaired, (await ByHand(village, elders[0], helper)).Refusal);
        foreach (var elder in elders[..2]) Assert.Null((await ByHand(village, elder, hired)).Refusal);

        var words = new Words();
        foreach (var language in Words.Languages)
        {
            Assert.Contains(
                words.All(language)["rules.name.pairing.max-bedridden"], words.All(language)[refused.Code], StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_proposal_is_not_accepted_once_the_volunteer_has_another_bed_ridden_elder(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var helper = await village.With("张秀英", PersonRoles.Volunteer);
        var (first, second) = (await village.With("李一", PersonRoles.Elder), await village.With("李二", PersonRoles.Elder));
        Assert.Equal(2, (await Propose(village)).Paired);
        foreach (var elder in new[] { first, second }) await Assess(village, elder, AbilityLevel.Complete, village.Today);

        Assert.Equal(new(1, 1), (await Accept(village)).Value);
        Assert.Equal(PairingRefusals.BedriddenFull.Code, (await Accept(village)).Refusal?.Code);

        await Assess(village, second, AbilityLevel.Severe, village.Today);
        Assert.Equal(new(1, 0), (await Accept(village)).Value);
        Assert.Equal(2, (await village.Get<ListPairs>().All(village.House, default)).Value.Pairs.Count(p => p.Volunteer == helper.Id));
    }

    [Theory, EachDatabase]
    public async Task Only_the_last_assessment_counts_and_only_from_the_level_of_the_rule(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await village.With("张秀英", PersonRoles.Volunteer);
        await Bedridden(village, "李一");
        var (better, corrected) = (await village.With("李二", PersonRoles.Elder), await village.With("李三", PersonRoles.Elder));
        await Assess(village, better, AbilityLevel.Complete, village.Today.AddDays(-60));
        await Assess(village, better, AbilityLevel.Severe, village.Today);
        await Assess(village, corrected, AbilityLevel.Complete, village.Today);
        await Assess(village, corrected, AbilityLevel.Mild, village.Today);

        Assert.Equal(3, (await Propose(village)).Paired);
        Assert.Equal(new(3, 0), (await Accept(village)).Value);
    }

    private static async Task<Person> Bedridden(Village village, string name)
    {
        var elder = await village.With(name, PersonRoles.Elder, age: 84);
        await Assess(village, elder, AbilityLevel.Complete, village.Today);
        return elder;
    }

    private static Task Assess(Village village, Person elder, AbilityLevel level, DateOnly from) =>
        village.Learn(elder, FactKind.Ability, $"{level}", from);

    private static Task<Result<PairByHand.Receipt>> ByHand(Village village, Person elder, Person helper) =>
        village.Get<PairByHand>().Run(new(Id<Pair>.New(village.Clock), elder.Id, helper.Id), village.House, default);

    private static Task<Result<AcceptPairs.Receipt>> Accept(Village village) =>
        village.Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(village.Clock), Village.X, null), village.House, default);

    private static async Task<ProposePairs.Receipt> Propose(Village village) => (await village.Get<ProposePairs>().Run(
        new(Id<ProposePairs>.New(village.Clock), Village.X), village.House, default)).Value;
}
