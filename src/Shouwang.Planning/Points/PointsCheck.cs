namespace Shouwang.Planning.Points;

/// <summary>What a check says of a division: its cost, recomputed, and one sentence per broken rule. 校验结论</summary>
public sealed record PointsVerdict(long Cost, IReadOnlyList<string> Broken);

/// <summary>Checks a division from the problem alone; shares no code with the search. 互助点划分校验</summary>
public static class PointsCheck
{
    /// <summary>Every elder at one site she can walk to, every open site neither too small nor too large, and the cost as said.</summary>
    public static PointsVerdict Check(PointsProblem problem, int[] site, long said)
    {
        problem.Check();
        if (site.Length != problem.Elders) return new(0, [$"{site.Length} elders have a site, there are {problem.Elders}"]);
        var broken = new List<string>();
        var (heads, cost) = (new int[problem.Sites], 0L);
        var blocks = new HashSet<(int Hamlet, int Site)>();
        for (var i = 0; i < site.Length; i++)
        {
            var arc = Arc(problem, i, site[i]);
            if (arc < 0) broken.Add($"elder {i}: site {site[i]} is not within her reach");
            if (arc < 0) continue;
            cost += problem.ArcCost[arc];
            heads[site[i]]++;
            blocks.Add((problem.Hamlet[i], site[i]));
        }

        for (var s = 0; s < problem.Sites; s++)
        {
            if (heads[s] == 0) continue;
            cost += problem.OpenCost[s];
            if (heads[s] < problem.Smallest[s]) broken.Add($"site {s}: {heads[s]} elders, at least {problem.Smallest[s]}");
            if (heads[s] > problem.Largest[s]) broken.Add($"site {s}: {heads[s]} elders, at most {problem.Largest[s]}");
        }

        cost += (blocks.Count - blocks.Select(b => b.Hamlet).Distinct().Count()) * problem.SplitCost;
        if (cost != said) broken.Add($"the cost is {cost}, not {said}");
        return new(cost, broken);
    }

    private static int Arc(PointsProblem problem, int elder, int site)
    {
        for (var a = problem.FirstArc[elder]; a < problem.FirstArc[elder + 1]; a++) if (problem.ArcSite[a] == site) return a;
        return -1;
    }
}
