namespace Shouwang.Planning.Points;

/// <summary>
/// The township search: a bound and a first plan for the whole, then one neighbourhood of points after another is opened, closed, swapped
/// and re-assigned by the village engine, started from the township's multipliers. 分区改进
/// </summary>
internal sealed class PointsRegions(PointsTables tables, PointsBudget budget)
{
    private const int SitesInRegion = 20;
    private readonly PointsProblem _problem = tables.Problem;
    private readonly Random _random = new(budget.Seed);
    private int[] _arcOf = [];

    public PointsPlan Solve()
    {
        var whole = new PointsTree(tables, budget) { Better = budget.Progress };
        var root = whole.Root(PointsSolver.FirstMultipliers(_problem), 1200, 8);
        var bound = (long)Math.Ceiling(root.Bound - 1e-6);
        if (whole.ArcOf is null) return new PointsPlan([], 0, 0, PointsObstacle.None, 0, budget.Used);
        _arcOf = whole.ArcOf;
        for (var room = 110; !budget.Over && tables.CostOf(_arcOf) > bound; room = Math.Min(room + 40, 300))
        {
            while (Pass(room, root.Multiplier))
            {
            }

            if (room >= 300) break;
        }

        var cost = tables.CostOf(_arcOf);
        return new PointsPlan(
            Array.ConvertAll(_arcOf, a => _problem.ArcSite[a]), cost, Math.Min(cost, bound), PointsObstacle.None, 0, budget.Used);
    }

    /// <summary>Improves around every open point once, in random order; returns whether anything became cheaper.</summary>
    private bool Pass(int room, double[] multiplier)
    {
        int[] centres = [.. _arcOf.Select(a => _problem.ArcSite[a]).Distinct().Order()];
        _random.Shuffle(centres);
        var better = false;
        foreach (var centre in centres)
        {
            if (budget.Over) return false;
            better |= Improve(centre, room, multiplier);
        }

        return better;
    }

    private bool Improve(int centre, int room, double[] multiplier)
    {
        var elders = Around(centre, room);
        if (elders.Count == 0) return false;
        var (part, arcs) = Cut(elders);
        var cut = new PointsTables(part);
        var present = new int[elders.Count];
        for (var e = 0; e < present.Length; e++) present[e] = Array.IndexOf(arcs, _arcOf[elders[e]]);
        var tree = new PointsTree(cut, budget);
        tree.Beat(cut.CostOf(present));
        tree.Root([.. elders.Select(i => multiplier[i])], 80, 2);
        tree.Search(40, 15);
        if (tree.ArcOf is not { } found) return false;
        for (var e = 0; e < found.Length; e++) _arcOf[elders[e]] = arcs[found[e]];
        budget.Progress?.Invoke(tables.CostOf(_arcOf));
        return true;
    }

    /// <summary>All elders of the centre's point and of the open points its elders could walk to best, up to so many.</summary>
    private List<int> Around(int centre, int room)
    {
        var members = new Dictionary<int, List<int>>();
        for (var i = 0; i < _arcOf.Length; i++)
        {
            var site = _problem.ArcSite[_arcOf[i]];
            if (!members.TryGetValue(site, out var list)) members[site] = list = [];
            list.Add(i);
        }

        if (!members.TryGetValue(centre, out var elders)) return [];
        var near = PullOf(elders);
        var around = new List<int>(elders);
        foreach (var site in near.OrderByDescending(n => n.Value).ThenBy(n => n.Key).Select(n => n.Key))
        {
            if (site == centre || !members.TryGetValue(site, out var theirs) || around.Count + theirs.Count > room) continue;
            around.AddRange(theirs);
        }

        around.Sort();
        return around;
    }

    /// <summary>How much each site draws these elders: near sites of many elders most.</summary>
    private Dictionary<int, double> PullOf(List<int> elders)
    {
        var pull = new Dictionary<int, double>();
        foreach (var i in elders)
        {
            for (var a = _problem.FirstArc[i]; a < _problem.FirstArc[i + 1]; a++)
            {
                pull[_problem.ArcSite[a]] = pull.GetValueOrDefault(_problem.ArcSite[a]) + (1.0 / (100 + _problem.ArcCost[a]));
            }
        }

        return pull;
    }

    /// <summary>The sub-problem of these elders: their own points and the closed sites most within their reach.</summary>
    private (PointsProblem Part, int[] Arcs) Cut(List<int> elders)
    {
        var pull = PullOf(elders);
        var own = elders.Select(i => _problem.ArcSite[_arcOf[i]]).ToHashSet();
        var taken = _arcOf.Select(a => _problem.ArcSite[a]).ToHashSet();
        int[] sites =
        [
            .. own.Concat(pull.Where(p => !taken.Contains(p.Key)).OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => p.Key)
                .Take(Math.Max(0, SitesInRegion - own.Count))).Order(),
        ];
        var number = new Dictionary<int, int>();
        foreach (var s in sites) number[s] = number.Count;
        var hamlets = new Dictionary<int, int>();
        var arcs = new List<int>();
        var first = new int[elders.Count + 1];
        var hamlet = new int[elders.Count];
        for (var e = 0; e < elders.Count; e++)
        {
            for (var a = _problem.FirstArc[elders[e]]; a < _problem.FirstArc[elders[e] + 1]; a++)
            {
                if (number.ContainsKey(_problem.ArcSite[a])) arcs.Add(a);
            }

            first[e + 1] = arcs.Count;
            hamlets.TryAdd(_problem.Hamlet[elders[e]], hamlets.Count);
            hamlet[e] = hamlets[_problem.Hamlet[elders[e]]];
        }

        var part = new PointsProblem(
            first, [.. arcs.Select(a => number[_problem.ArcSite[a]])], [.. arcs.Select(a => _problem.ArcCost[a])],
            [.. sites.Select(s => _problem.Smallest[s])], [.. sites.Select(s => _problem.Largest[s])],
            [.. sites.Select(s => _problem.OpenCost[s])], hamlet, _problem.SplitCost);
        return (part, [.. arcs]);
    }
}
