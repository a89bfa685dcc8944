using Shouwang.Application.Pairing;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
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

    private static async Task<Person> Bedridden(Village village, string name)
    {
        var elder = await village.With(name, PersonRoles.Elder, age: 84);
        await village.Learn(elder, FactKind.Ability, nameof(AbilityLevel.Complete), village.Today);
        return elder;
    }

    private static async Task<ProposePairs.Receipt> Propose(Village village) => (await village.Get<ProposePairs>().Run(
        new(Id<ProposePairs>.New(village.Clock), Village.X), village.House, default)).Value;
}
