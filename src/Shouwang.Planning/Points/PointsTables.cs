namespace Shouwang.Planning.Points;

/// <summary>
/// The problem seen from the sites: each site's elders side by side, hamlet by hamlet. A block is one hamlet at one site. 站点表
/// </summary>
internal sealed class PointsTables
{
    public PointsTables(PointsProblem problem)
    {
        Problem = problem;
        var hamlets = problem.Hamlet.Length == 0 ? 0 : problem.Hamlet.Max() + 1;
        var arcs = Enumerable.Range(0, problem.ArcSite.Length).ToArray();
        var elderOf = new int[arcs.Length];
        for (var i = 0; i < problem.Elders; i++) Array.Fill(elderOf, i, problem.FirstArc[i], problem.FirstArc[i + 1] - problem.FirstArc[i]);
        long BlockKey(int a) => ((long)problem.ArcSite[a] * hamlets) + problem.Hamlet[elderOf[a]];
        var keys = Array.ConvertAll(arcs, a => (BlockKey(a) * problem.Elders) + elderOf[a]);
        Array.Sort(keys, arcs);
        ItemElder = Array.ConvertAll(arcs, a => elderOf[a]);
        ItemCost = Array.ConvertAll(arcs, a => problem.ArcCost[a]);
        BlockOfArc = new int[arcs.Length];
        var blockSite = new List<int>();
        var blockFirst = new List<int>();
        var blockHamlet = new List<int>();
        for (var k = 0; k < arcs.Length; k++)
        {
            var (site, hamlet) = (problem.ArcSite[arcs[k]], problem.Hamlet[ItemElder[k]]);
            if (k == 0 || blockSite[^1] != site || blockHamlet[^1] != hamlet)
            {
                blockSite.Add(site);
                blockHamlet.Add(hamlet);
                blockFirst.Add(k);
            }

            BlockOfArc[arcs[k]] = blockSite.Count - 1;
        }

        Blocks = blockSite.Count;
        blockFirst.Add(arcs.Length);
        (BlockFirst, BlockSite, BlockHamlet) = ([.. blockFirst], [.. blockSite], [.. blockHamlet]);
        SiteFirst = new int[problem.Sites + 1];
        foreach (var s in blockSite) SiteFirst[s + 1]++;
        for (var s = 0; s < problem.Sites; s++) SiteFirst[s + 1] += SiteFirst[s];
        HamletsPresent = problem.Hamlet.Distinct().Count();
    }

    public PointsProblem Problem { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks { get; }

    /// <summary>Hamlets that have an elder: each is at one point at least, at no split cost.</summary>
    public int HamletsPresent { get; }

    /// <summary>First block of each site, and an end.</summary>
    public int[] SiteFirst { get; }

    /// <summary>First item of each block, and an end.</summary>
    public int[] BlockFirst { get; }

    public int[] BlockSite { get; }

    public int[] BlockHamlet { get; }

    public int[] ItemElder { get; }

    public long[] ItemCost { get; }

    /// <summary>Block of each arc of the problem.</summary>
    public int[] BlockOfArc { get; }

    /// <summary>Cost of a complete assignment: walking, opening, splits.</summary>
    public long CostOf(int[] arcOf)
    {
        var used = new bool[Blocks];
        var open = new bool[Problem.Sites];
        var cost = -Problem.SplitCost * HamletsPresent;
        foreach (var a in arcOf)
        {
            cost += Problem.ArcCost[a];
            if (!used[BlockOfArc[a]]) cost += Problem.SplitCost;
            if (!open[Problem.ArcSite[a]]) cost += Problem.OpenCost[Problem.ArcSite[a]];
            used[BlockOfArc[a]] = true;
            open[Problem.ArcSite[a]] = true;
        }

        return cost;
    }
}
