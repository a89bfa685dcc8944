using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>A township proposes for its villages at once: each stays by itself, under its own rules.</summary>
public sealed class TownshipPairsTests
{
    private static readonly AreaCode s_township = Village.X.At(AreaLevel.Township);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Two_villages_at_once_are_paired_as_each_alone_and_by_its_own_rules(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Filled(village, Village.X, "李");
        await Filled(village, Village.Beside, "王");
        var (book, officer) = (Fewer(village, Village.Beside, 2), await Officer(village));

        var (one, other) = (await Propose(village, book, Village.X, officer), await Propose(village, book, Village.Beside, officer));
        var both = await Propose(village, book, s_township, officer);

        Assert.Equal((4, 3, 4, 2), (one.Elders, one.Paired, other.Elders, other.Paired));
        Assert.Equal((8, 5, true), (both.Elders, both.Paired, both.Optimal));
        Assert.Equal((one.Cost + other.Cost, one.SideLoss + other.SideLoss), (both.Cost, both.SideLoss));
        Assert.Equal(
            one.Unpaired.Concat(other.Unpaired).Select(u => u.Reason).Order(), both.Unpaired.Select(u => u.Reason).Order());

        var proposed = (await village.Get<ListPairs>().Run(new(), officer, Ct)).Value.Pairs;
        var homes = await village.Get<Workspace>().Read(
            officer, db => Task.FromResult(db.People.ToDictionary(p => p.Id, p => p.Area)));
        Assert.Equal(5, proposed.Count);
        Assert.All(proposed, p => Assert.Equal(homes[p.Elder], homes[p.Volunteer]));
        Assert.Equal(2, proposed.Count(p => homes[p.Elder] == Village.Beside));
    }

    [Theory, EachDatabase]
    public async Task What_a_township_proposed_by_each_villages_rules_stands_when_it_is_accepted(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Filled(village, Village.X, "李");
        await Filled(village, Village.Beside, "王");
        var (book, officer) = (Fewer(village, Village.Beside, 2), await Officer(village));
        _ = await Propose(village, book, s_township, officer);

        var accept = new AcceptPairs(village.Get<Workspace>(), book);
        Task<Result<AcceptPairs.Receipt>> Accept(AreaCode area, Actor by) =>
            accept.Run(new(Id<AcceptPairs>.New(village.Clock), area, null), by, Ct);

        Assert.Equal(new AcceptPairs.Receipt(2, 0), (await Accept(Village.Beside, officer)).Value);
        Assert.Equal(new AcceptPairs.Receipt(3, 0), (await Accept(s_township, officer)).Value);
    }

    [Theory, EachDatabase]
    public async Task A_township_proposes_and_accepts_inside_itself_only_and_a_county_does_neither(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Filled(village, Village.X, "李");
        var officer = await Officer(village);
        var (book, county) = (village.Get<Rulebook>(), officer with { Role = Role.CountyOfficer, Scope = Village.X.At(AreaLevel.County) });
        async Task<string?> Code(AreaCode area, Actor by) => (await village.Get<ProposePairs>()
            .Run(new(Id<ProposePairs>.New(village.Clock), area), by, Ct)).Refusal?.Code;

        Assert.Null(await Code(Village.X, officer));
        Assert.Equal(CommonRefusals.NotFound.Code, await Code(new(990101101000), officer));
        Assert.Equal(CommonRefusals.Forbidden.Code, await Code(Village.X, county));
        Assert.Equal(3, (await Propose(village, book, s_township, officer)).Paired);
    }

    /// <summary>Four elders and one volunteer.</summary>
    private static async Task Filled(Village village, AreaCode area, string family)
    {
        foreach (var name in new[] { "桂兰", "福山", "玉珍", "大娘" }) await village.With(family + name, PersonRoles.Elder, area);
        await village.With(family + "三", PersonRoles.Volunteer, area);
    }

    /// <summary>The book in force with a package of one village, where a volunteer takes fewer.</summary>
    private static Rulebook Fewer(Village village, AreaCode area, int most)
    {
        const string Places = "points.max-elders-per-volunteer";
        var book = village.Get<Rulebook>();
        var above = book.At(area, village.Today).Find(Places);
        var own = new RulePackage(
            $"{area}-village", 1, area, "示例村", "village.yaml",
            [above.Parameter with { Value = new RuleValue.Number(most), Bounds = null }]);
        var (bound, faults) = book.With([.. book.Packages, own]);
        Assert.Empty(faults);
        return bound!;
    }

    private static async Task<Actor> Officer(Village village) =>
        village.As(await village.With("孙乡", PersonRoles.Official, s_township), Role.TownshipOfficer);

    private static async Task<ProposePairs.Receipt> Propose(Village village, Rulebook book, AreaCode area, Actor by) =>
        (await new ProposePairs(village.Get<Workspace>(), village.Get<PersonVault>(), book)
            .Run(new(Id<ProposePairs>.New(village.Clock), area), by, Ct)).Value;
}
