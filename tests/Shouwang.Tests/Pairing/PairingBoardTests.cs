using CsCheck;
using Shouwang.Application.Pairing;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Pairing;

/// <summary>What a proposal may never do, whatever the village looks like.</summary>
public sealed class PairingBoardTests
{
    private static readonly AreaCode s_village = new(990101100201);
    private static readonly RulesInForce s_rules = RuleFiles.Shipped.At(s_village, new(2026, 3, 1));

    private static readonly Gen<Drawn> s_villages = Gen.Select(Gen.Int[0, 25], Gen.Int[0, 12], Gen.Int[0, 1_000_000]).Select(Draw);

    [Fact]
    public void No_proposal_breaks_capacity_a_refusal_the_wished_sex_a_needed_skill_or_the_longest_way() => s_villages.Sample(village =>
    {
        var (elders, helpers, bonds) = village;
        var problem = PairingBoard.Problem(elders, helpers, bonds, s_rules);
        var plan = PairingSolver.Solve(problem);

        Assert.True(PairingCertificate.Check(problem, plan).Holds);
        for (var j = 0; j < helpers.Count; j++) Assert.True(plan.Volunteer.Count(v => v == j) <= helpers[j].Free);
        foreach (var (elder, j) in elders.Zip(plan.Volunteer).Where(p => p.Second >= 0))
        {
            var helper = helpers[j];
            Assert.DoesNotContain((elder.Person, helper.Person), bonds.Refused);
            if (elder.Wish.Sex == HelperWish.Woman) Assert.Equal(Sex.Female, helper.Sex);
            if (elder.Wish.Sex == HelperWish.Man) Assert.Equal(Sex.Male, helper.Sex);
            Assert.Equal(Skills.None, elder.Wish.Needs & ~helper.Skills);
            Assert.True(Metres(elder.Spot!.Value, helper.Spot!.Value) <= s_rules.Int("pairing.farthest"));
        }
    });

    [Fact]
    public void An_elder_waits_only_when_nobody_allowed_has_a_place_left() => s_villages.Sample(village =>
    {
        var (elders, helpers, bonds) = village;
        var problem = PairingBoard.Problem(elders, helpers, bonds, s_rules);
        var plan = PairingSolver.Solve(problem);

        foreach (var (elder, _) in elders.Zip(plan.Volunteer).Where(p => p.Second < 0))
        {
            Assert.All(
                Enumerable.Range(0, helpers.Count).Where(j => MayGo(elder, helpers[j], bonds)),
                j => Assert.Equal(helpers[j].Free, plan.Volunteer.Count(v => v == j)));
        }
    });

    [Fact]
    public void To_leave_an_elder_without_a_pair_costs_ten_times_the_longest_way_by_the_rules() => s_villages.Sample(village =>
        Assert.All(
            PairingBoard.Problem(village.Elders, village.Helpers, village.Bonds, s_rules).UnpairedCost,
            cost => Assert.Equal((10L * s_rules.Int("pairing.farthest"), 1000), (cost, s_rules.Int("pairing.unpaired")))));

    private sealed record Drawn(List<BoardSeat> Elders, List<BoardSeat> Helpers, BoardBonds Bonds);

    private static bool MayGo(BoardSeat elder, BoardSeat helper, BoardBonds bonds) =>
        !bonds.Refused.Contains((elder.Person, helper.Person)) && elder.Wish.SuitedBy(helper.Sex, helper.Skills)
        && Metres(elder.Spot!.Value, helper.Spot!.Value) <= s_rules.Int("pairing.farthest");

    private static Drawn Draw(int elders, int helpers, int seed)
    {
        var random = new Random(seed);
        var asking = Enumerable.Range(0, elders).Select(_ => Someone(random, 0) with
        {
            Wish = new((HelperWish)random.Next(3), random.Next(3) == 0 ? (Skills)random.Next(1024) & Skills.BedsideCare : Skills.None),
        }).ToList();
        var coming = Enumerable.Range(0, helpers).Select(_ => Someone(random, random.Next(5)) with
        {
            Sex = (Sex)random.Next(3), Skills = (Skills)random.Next(1024),
        }).ToList();
        var refused = asking.SelectMany(e => coming.Where(_ => random.Next(6) == 0).Select(h => (e.Person, h.Person))).ToHashSet();
        var kin = asking.SelectMany(e => coming.Where(_ => random.Next(8) == 0).Select(h => (e.Person, h.Person))).ToHashSet();
        return new(asking, coming, new(refused, kin, new HashSet<(Id<Person>, Id<Person>)>(), new HashSet<(Id<Person>, Id<Person>)>()));
    }

    private static BoardSeat Someone(Random random, int free)
    {
        var id = new byte[16];
        random.NextBytes(id);
        (id[7], id[8]) = ((byte)((id[7] & 0x0F) | 0x70), (byte)((id[8] & 0x3F) | 0x80));
        return new(new(new Guid(id)), s_village, $"{random.Next(3)}组", null, new(random.Next(9000), random.Next(9000)), free);
    }

    private static long Metres(MapPoint a, MapPoint b) => (long)Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));
}
