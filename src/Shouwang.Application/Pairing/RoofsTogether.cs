using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Lets one helper come to a couple, or to all under one roof, where that is worth what it costs. 同户同一人</summary>
/// <remarks>No flow can say that two elders want the same helper. So half of what it is worth is laid on the way of each to the one helper
/// who suits them best together; where the plan parts them all the same, it is taken away and the plan made anew. The plan is proven the
/// cheapest by the weights that stand in the end; that no other choice of helpers for the roofs would be better is not proven.</remarks>
internal sealed class RoofsTogether(PairingProblem plain, IReadOnlyList<BoardSeat> helpers, BoardPrices price)
{
    /// <summary>The problem as it was weighed in the end, and the plan of it.</summary>
    public (PairingProblem Problem, PairingSession Session) Solve(IReadOnlyList<BoardSeat> elders, CancellationToken ct)
    {
        var drawn = price.Household > 0 ? Drawn(elders) : [];
        while (true)
        {
            var problem = Weighed(drawn);
            var session = new PairingSession(problem);
            session.SolveAll(ct);
            if (drawn.RemoveAll(d => IsParted(session, d.Roof)) == 0) return (problem, session);
        }
    }

    private static bool IsParted(PairingSession session, int[] roof) =>
        session.VolunteerOf(roof[0]) < 0 || Array.Exists(roof, elder => session.VolunteerOf(elder) != session.VolunteerOf(roof[0]));

    /// <summary>Which roofs are drawn to which helper.</summary>
    private List<(int[] Roof, int Helper)> Drawn(IReadOnlyList<BoardSeat> elders)
    {
        var (drawn, taken) = (new List<(int[], int)>(), new int[helpers.Count]);
        var (sum, seen) = (new long[helpers.Count], new int[helpers.Count]);
        var roofs = Enumerable.Range(0, elders.Count).Where(i => elders[i].Household is not null)
            .GroupBy(i => elders[i].Household!.Value).Select(g => g.ToArray()).Where(roof => roof.Length > 1);
        foreach (var roof in roofs)
        {
            Add(roof, sum, seen);
            var (best, least) = (-1, long.MaxValue);
            for (var j = 0; j < helpers.Count; j++)
            {
                if (seen[j] < roof.Length || taken[j] + roof.Length > helpers[j].Free) continue;
                var cost = sum[j] + ((long)roof.Length * price.LoadStep * (helpers[j].Has + taken[j]));
                if (cost < least) (best, least) = (j, cost);
            }

            if (best < 0) continue;
            taken[best] += roof.Length;
            drawn.Add((roof, best));
        }

        return drawn;
    }

    /// <summary>What each helper would cost all of a roof, and for how many of them the helper is a candidate.</summary>
    private void Add(int[] roof, long[] sum, int[] seen)
    {
        Array.Clear(sum);
        Array.Clear(seen);
        foreach (var elder in roof)
        {
            for (var a = plain.FirstArc[elder]; a < plain.FirstArc[elder + 1]; a++)
            {
                sum[plain.ArcVolunteer[a]] += plain.ArcCost[a];
                seen[plain.ArcVolunteer[a]]++;
            }
        }
    }

    private PairingProblem Weighed(List<(int[] Roof, int Helper)> drawn)
    {
        if (drawn.Count == 0) return plain;
        var costs = plain.ArcCost.ToArray();
        foreach (var (roof, helper) in drawn)
        {
            foreach (var elder in roof)
            {
                var (first, count) = (plain.FirstArc[elder], plain.FirstArc[elder + 1] - plain.FirstArc[elder]);
                costs[Array.IndexOf(plain.ArcVolunteer, helper, first, count)] -= price.Household / 2;
            }
        }

        return plain with { ArcCost = costs };
    }
}
