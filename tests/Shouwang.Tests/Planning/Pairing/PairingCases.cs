using CsCheck;
using Google.OrTools.Graph;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Planning.Pairing;

/// <summary>Random pairing problems and an outside judge of their cost.</summary>
internal static class PairingCases
{
    public static readonly Gen<PairingProblem> Small =
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 15], Gen.Int[0, 8], Gen.Int[0, 1_000_000]).Select((n, m, k, seed) => Draw(n, m, k, seed));

    /// <summary>Uneven capacities 0–4, rising place costs, negative arc costs (kin), some elders cheap to leave unpaired.</summary>
    public static PairingProblem Draw(int elders, int volunteers, int candidates, int seed)
    {
        var random = new Random(seed);
        var first = new int[elders + 1];
        List<int> to = [];
        List<long> cost = [];
        var everyone = Enumerable.Range(0, volunteers).ToArray();
        for (var i = 0; i < elders; i++)
        {
            random.Shuffle(everyone);
            foreach (var j in everyone.Take(random.Next(candidates + 1)))
            {
                to.Add(j);
                cost.Add(random.Next(-50, 500));
            }

            first[i + 1] = to.Count;
        }

        var capacity = everyone.Select(_ => random.Next(5)).ToArray();
        var places = new List<long>();
        foreach (var c in capacity)
        {
            long place = random.Next(-20, 20);
            for (var k = 0; k < c; k++) places.Add(place += random.Next(3) * 20);
        }

        var unpaired = Enumerable.Range(0, elders).Select(_ => random.Next(4) == 0 ? (long)random.Next(0, 300) : 5000L).ToArray();
        return new PairingProblem(elders, volunteers, first, [.. to], [.. cost], capacity, [.. places], unpaired);
    }

    /// <summary>The cost OR-Tools' min-cost flow finds.</summary>
    public static long JudgeCost(PairingProblem p)
    {
        if (p.Elders == 0) return 0;
        var flow = new MinCostFlow();
        var sink = p.Elders + p.Volunteers;
        var unit = 0;
        for (var i = 0; i < p.Elders; i++)
        {
            flow.SetNodeSupply(i, 1);
            flow.AddArcWithCapacityAndUnitCost(i, sink, 1, p.UnpairedCost[i]);
            for (var a = p.FirstArc[i]; a < p.FirstArc[i + 1]; a++)
            {
                flow.AddArcWithCapacityAndUnitCost(i, p.Elders + p.ArcVolunteer[a], 1, p.ArcCost[a]);
            }
        }

        for (var j = 0; j < p.Volunteers; j++)
        {
            for (var k = 0; k < p.Capacity[j]; k++) flow.AddArcWithCapacityAndUnitCost(p.Elders + j, sink, 1, p.LoadCost[unit++]);
        }

        flow.SetNodeSupply(sink, -p.Elders);
        Assert.Equal(MinCostFlow.Status.OPTIMAL, flow.Solve());
        return flow.OptimalCost();
    }
}
