namespace Shouwang.Planning.Pairing;

/// <summary>
/// The proof that a plan is cheapest, checked by code that shares nothing with the solver: the plan keeps the rules, and its cost equals a
/// lower bound that follows from the prices alone (linear duality), which is the same as all reduced costs ≥ 0 and complementary
/// slackness. 最优证书
/// </summary>
/// <param name="Cost">Cost of the plan, recomputed.</param>
/// <param name="Bound">No plan whatever costs less than this.</param>
/// <param name="BrokenRules">Pairs outside the candidates plus elders beyond a volunteer's capacity.</param>
/// <param name="FirstDoubt">First elder whose pair is not her cheapest at these prices, or −1.</param>
public readonly record struct PairingCertificate(long Cost, long Bound, int BrokenRules, int FirstDoubt)
{
    /// <summary>True when the plan keeps every rule and no cheaper plan exists.</summary>
    public bool Holds => BrokenRules == 0 && Cost == Bound;

    /// <summary>Checks a plan in O(arcs).</summary>
    public static PairingCertificate Check(PairingProblem problem, PairingPlan plan)
    {
        problem.Check();
        var load = new int[problem.Volunteers];
        var (cost, bound, broken, doubt) = (0L, 0L, 0, -1);
        for (var i = 0; i < problem.Elders; i++)
        {
            var least = problem.UnpairedCost[i];
            var chosen = plan.Volunteer[i] < 0 ? problem.UnpairedCost[i] : long.MaxValue;
            var paid = chosen;
            for (var a = problem.FirstArc[i]; a < problem.FirstArc[i + 1]; a++)
            {
                var priced = problem.ArcCost[a] + plan.Price[problem.ArcVolunteer[a]];
                least = Math.Min(least, priced);
                if (problem.ArcVolunteer[a] == plan.Volunteer[i]) (chosen, paid) = (priced, problem.ArcCost[a]);
            }

            bound += least;
            if (chosen != least && doubt < 0) doubt = i;
            if (chosen == long.MaxValue)
            {
                broken++;
                continue;
            }

            cost += paid;
            if (plan.Volunteer[i] >= 0) load[plan.Volunteer[i]]++;
        }

        var (placed, slack, over) = Places(problem, plan, load);
        return new PairingCertificate(cost + placed, bound + slack, broken + over, doubt);
    }

    /// <summary>The volunteers' side: what used places cost, what the prices allow for them at least, and how many are too
    /// many.</summary>
    private static (long Cost, long Bound, int Over) Places(PairingProblem problem, PairingPlan plan, int[] load)
    {
        var (cost, bound, over) = (0L, 0L, 0);
        for (int j = 0, unit = 0; j < problem.Volunteers; unit += problem.Capacity[j], j++)
        {
            over += Math.Max(0, load[j] - problem.Capacity[j]);
            for (var k = 0; k < problem.Capacity[j]; k++)
            {
                if (k < load[j]) cost += problem.LoadCost[unit + k];
                bound += Math.Min(0, problem.LoadCost[unit + k] - plan.Price[j]);
            }
        }

        return (cost, bound, over);
    }
}
