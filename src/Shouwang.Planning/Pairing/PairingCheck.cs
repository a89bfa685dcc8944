namespace Shouwang.Planning.Pairing;

/// <summary>What a check says of a pairing: its cost, recomputed, and one sentence per broken rule. 校验结论</summary>
public sealed record PairingVerdict(long Cost, IReadOnlyList<string> Broken);

/// <summary>Checks a pairing from the problem alone; that it is also the cheapest is for <see cref="PairingCertificate"/>.
/// 结对校验</summary>
public static class PairingCheck
{
    /// <summary>Every elder with one of her candidates or nobody, no volunteer beyond the places, and the cost as said.</summary>
    public static PairingVerdict Check(PairingProblem problem, int[] volunteer, long said)
    {
        problem.Check();
        if (volunteer.Length != problem.Elders) return new(0, [$"{volunteer.Length} elders are named, there are {problem.Elders}"]);
        var broken = new List<string>();
        var (load, cost) = (new int[problem.Volunteers], 0L);
        for (var i = 0; i < volunteer.Length; i++)
        {
            var arc = volunteer[i] < 0 ? -1 : Arc(problem, i, volunteer[i]);
            cost += volunteer[i] < 0 ? problem.UnpairedCost[i] : arc < 0 ? 0 : problem.ArcCost[arc];
            if (arc >= 0) load[volunteer[i]]++;
            else if (volunteer[i] >= 0) broken.Add($"elder {i}: volunteer {volunteer[i]} is not a candidate");
        }

        for (int j = 0, unit = 0; j < problem.Volunteers; unit += problem.Capacity[j], j++)
        {
            if (load[j] > problem.Capacity[j]) broken.Add($"volunteer {j}: {load[j]} elders, at most {problem.Capacity[j]}");
            for (var k = 0; k < Math.Min(load[j], problem.Capacity[j]); k++) cost += problem.LoadCost[unit + k];
        }

        if (cost != said) broken.Add($"the cost is {cost}, not {said}");
        return new(cost, broken);
    }

    private static int Arc(PairingProblem problem, int elder, int volunteer)
    {
        for (var a = problem.FirstArc[elder]; a < problem.FirstArc[elder + 1]; a++) if (problem.ArcVolunteer[a] == volunteer) return a;
        return -1;
    }
}
