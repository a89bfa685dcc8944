using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

public sealed class PairingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_volunteer_is_proposed_three_elders_and_the_fourth_waits_with_what_would_help(TestDatabase database)
    {
        await using var village = await Village.On(database);
        foreach (var name in new[] { "李桂兰", "王福山", "赵玉珍", "孙大娘" }) await village.With(name, PersonRoles.Elder);
        await village.With("张三", PersonRoles.Volunteer);

        var receipt = (await Propose(village)).Value;
        var list = (await village.Get<ListPairs>().All(village.House, Ct)).Value;

        Assert.Equal((4, 3, true), (receipt.Elders, receipt.Paired, receipt.Optimal));
        Assert.Equal("all-full", Assert.Single(list.WithoutPair).Why);
        Assert.All(list.Pairs, p => Assert.NotNull(p.Why));
    }

    [Theory, EachDatabase]
    public async Task By_nanjings_rules_the_same_volunteer_takes_all_four(TestDatabase database)
    {
        await using var village = await Village.On(database, "nanjing");
        foreach (var name in new[] { "李桂兰", "王福山", "赵玉珍", "孙大娘" }) await village.With(name, PersonRoles.Elder);
        await village.With("张三", PersonRoles.Volunteer);

        Assert.Equal(4, (await Propose(village)).Value.Paired);
    }

    [Theory, EachDatabase]
    public async Task Who_declined_is_not_proposed_again(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await village.With("李桂兰", PersonRoles.Elder);
        await village.With("张三", PersonRoles.Volunteer);
        _ = (await Propose(village)).Value;
        var pair = Assert.Single((await village.Get<ListPairs>().All(village.House, Ct)).Value.Pairs);

        Assert.Equal(PairState.Ended, (await Answer(village, pair.Id, PairSide.Elder, PairAnswer.Decline)).Value.State);
        var again = (await Propose(village)).Value;

        Assert.Equal((0, elder.Id), (again.Paired, Assert.Single(again.Unpaired).Elder));
    }

    [Theory, EachDatabase]
    public async Task A_kinswoman_comes_before_a_stranger_who_lives_as_near(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await village.With("李桂兰", PersonRoles.Elder);
        await village.With("安一", PersonRoles.Volunteer);
        var niece = await village.With("张三", PersonRoles.Volunteer);
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, elder.Id, niece.Id, RelationKind.Child));

        _ = (await Propose(village)).Value;

        Assert.Equal(niece.Id, Assert.Single((await village.Get<ListPairs>().All(village.House, Ct)).Value.Pairs).Volunteer);
    }

    [Theory, EachDatabase]
    public async Task Asking_for_a_change_finds_somebody_else_and_ends_the_old_pair_only_when_the_new_one_is_accepted(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, first) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        var second = await village.With("王五", PersonRoles.Volunteer);
        var old = await village.Pair(elder, first);

        _ = (await Answer(village, old.Id, PairSide.Elder, PairAnswer.Change)).Value;
        _ = (await Propose(village)).Value;
        var between = (await village.Get<ListPairs>().All(village.House, Ct)).Value.Pairs;
        _ = (await village.Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(village.Clock), Village.X, null), village.House, Ct)).Value;
        var after = Assert.Single((await village.Get<ListPairs>().All(village.House, Ct)).Value.Pairs);

        Assert.Equal("张三", between.Single(p => p.State == PairState.Proposed).TodayName);
        Assert.Equal((second.Id, PairState.Active), (after.Volunteer, after.State));
    }

    [Theory, EachDatabase]
    public async Task Comparing_anew_leaves_present_pairs_where_nothing_is_gained(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        await village.With("安一", PersonRoles.Volunteer);
        await village.Pair(elder, helper);

        var receipt = (await village.Get<ProposePairs>()
            .Run(new(Id<ProposePairs>.New(village.Clock), Village.X) { Anew = true }, village.House, Ct)).Value;

        Assert.Equal((1, 1), (receipt.Elders, receipt.Paired));
        Assert.Equal(PairState.Active, Assert.Single((await village.Get<ListPairs>().All(village.House, Ct)).Value.Pairs).State);
    }

    [Theory, EachDatabase]
    public async Task Both_sides_agree_before_a_witness_and_an_understudy_is_named(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        var other = await village.With("王五", PersonRoles.Volunteer);
        var cadre = await village.With("赵村", PersonRoles.Official);
        var pair = await village.Pair(elder, helper);
        var actor = village.As(cadre, Role.VillageCadre);

        foreach (var side in Enum.GetValues<PairSide>()) _ = (await Answer(village, pair.Id, side, PairAnswer.Agree, actor)).Value;
        Assert.Equal(PairingRefusals.AlreadyAgreed, (await Answer(village, pair.Id, PairSide.Elder, PairAnswer.Agree, actor)).Refusal);
        Assert.Equal(PairingRefusals.NotAnUnderstudy, (await Name(village, pair.Id, helper.Id)).Refusal);
        Assert.Null((await Name(village, pair.Id, other.Id)).Refusal);

        var sheet = (await village.Get<PairSheet>().Run(pair.Id, actor, Ct)).Value;
        Assert.Equal(["赵村", "赵村"], sheet.Consents.Select(c => c.WitnessName));
        Assert.Equal(other.Id, sheet.Understudy);
    }

    [Theory, EachDatabase]
    public async Task An_elder_who_asks_for_a_woman_with_practice_waits_until_one_is_found(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await village.With("李桂兰", PersonRoles.Elder);
        var helper = await village.With("张三", PersonRoles.Volunteer);
        await Learn(village, elder, FactKind.HelperWish, "Woman");
        await Learn(village, elder, FactKind.NeededSkills, "BedsideCare");

        var nobody = (await Propose(village)).Value;
        var waiting = Assert.Single((await village.Get<ListPairs>().All(village.House, Ct)).Value.WithoutPair);
        await Learn(village, helper, FactKind.Skills, "Meals, BedsideCare");
        var found = (await Propose(village)).Value;

        Assert.Equal("pairing.reason.none-as-wished", Assert.Single(nobody.Unpaired).Reason);
        Assert.Equal(("none-as-wished", new PairingWish(HelperWish.Woman, Skills.BedsideCare), 6000),
            (waiting.Why, waiting.Wish, waiting.Within));
        Assert.Equal(1, found.Paired);
    }

    [Theory, EachDatabase]
    public async Task A_wish_told_after_the_proposal_holds_it_back_and_binds_the_understudy(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await village.With("李桂兰", PersonRoles.Elder);
        var (helper, other) = (await village.With("张三", PersonRoles.Volunteer), await village.With("王五", PersonRoles.Volunteer));
        _ = (await Propose(village)).Value;
        await Learn(village, elder, FactKind.HelperWish, "Man");

        Assert.Equal(PairingRefusals.NotAsWished, (await Accept(village)).Refusal);
        var pair = await village.Pair(elder, helper);
        Assert.Equal("pairing.not-as-wished", (await Name(village, pair.Id, other.Id)).Refusal?.Code);
        Assert.Empty((await village.Get<PairSheet>().Run(pair.Id, village.House, Ct)).Value.Helpers);
    }

    [Theory, EachDatabase]
    public async Task Proposals_point_by_point_never_give_one_volunteer_more_than_the_rules_allow(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var points = new List<Place>();
        foreach (var name in new[] { "东点", "西点" })
        {
            var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, name);
            foreach (var i in Enumerable.Range(0, 2))
                point.Join((await village.With($"{name}{i}", PersonRoles.Elder)).Id, MemberPart.Elder, village.Today);
            points.Add(point);
        }

        await village.Add([.. points]);
        await village.With("张三", PersonRoles.Volunteer);
        var paired = new List<int>();
        foreach (var point in points)
        {
            paired.Add((await village.Get<ProposePairs>().Run(
                new(Id<ProposePairs>.New(village.Clock), Village.X) { Point = point.Id }, village.House, Ct)).Value.Paired);
        }

        Assert.Equal([2, 1], paired);
        Assert.Equal((3, 0), ((await Accept(village)).Value.Accepted, (await Propose(village)).Value.Paired));
    }

    [Theory, EachDatabase]
    public async Task A_volunteer_whose_places_were_filled_since_is_left_out_when_all_are_accepted(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await village.With("李桂兰", PersonRoles.Elder);
        var helper = await village.With("张三", PersonRoles.Volunteer);
        _ = (await Propose(village)).Value;
        foreach (var name in new[] { "甲", "乙", "丙" }) await village.Pair(await village.With(name, PersonRoles.Elder), helper);

        Assert.Equal("pairing.volunteer-full", (await Accept(village)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_pair_can_have_begun_before_today_but_not_before_the_one_it_ends_nor_after_today(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, first) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        await village.With("王五", PersonRoles.Volunteer);
        var other = await village.With("赵玉珍", PersonRoles.Elder);
        var (since, old) = (village.Today.AddDays(-40), await village.Pair(elder, first));
        _ = (await Answer(village, old.Id, PairSide.Elder, PairAnswer.Change)).Value;
        _ = (await Propose(village)).Value;

        Assert.Equal("pairing.since-ahead", (await Accept(village, village.Today.AddDays(1))).Refusal?.Code);
        Assert.Equal(2, (await Accept(village, since)).Value.Accepted);

        var pairs = (await village.Get<ListPairs>().All(village.House, Ct)).Value.Pairs;
        Assert.Equal(since, Assert.Single(pairs, p => p.Elder == other.Id).From);
        Assert.Equal(old.From, Assert.Single(pairs, p => p.Elder == elder.Id).From);
    }

    private static async Task Learn(Village village, Person person, FactKind kind, string value) => Assert.Null(
        (await village.Get<LearnFact>().Run(
            new(Id<Person>.New(village.Clock).Value, person.Id, new(kind, value, village.Today)), village.House, Ct)).Refusal);

    private static Task<Result<AcceptPairs.Receipt>> Accept(Village village, DateOnly? since = null) =>
        village.Get<AcceptPairs>().Run(
            new(Id<AcceptPairs>.New(village.Clock), Village.X, null) { Since = since }, village.House, Ct);

    private static Task<Result<ProposePairs.Receipt>> Propose(Village village) =>
        village.Get<ProposePairs>().Run(new(Id<ProposePairs>.New(village.Clock), Village.X), village.House, Ct);

    private static Task<Result<AnswerPair.Receipt>> Answer(
        Village village, Id<Pair> pair, PairSide side, PairAnswer answer, Actor? actor = null) => village.Get<AnswerPair>()
        .Run(new(Id<Pair>.New(village.Clock).Value, pair, side, answer, ConsentWay.Spoken), actor ?? village.House, Ct);

    private static Task<Result<NameUnderstudy.Receipt>> Name(Village village, Id<Pair> pair, Id<Person> understudy) =>
        village.Get<NameUnderstudy>().Run(new(Id<Pair>.New(village.Clock).Value, pair, understudy), village.House, Ct);
}
