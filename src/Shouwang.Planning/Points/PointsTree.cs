namespace Shouwang.Planning.Points;

/// <summary>
/// Branch and bound, best bound first: which sites open, then which hamlet may use which site; when all that is decided the pairing flow
/// gives the exact answer. Bounds come from <see cref="PointsRelaxation"/>, plans from rounding it and assigning by flow. 分支定界
/// </summary>
internal sealed class PointsTree
{
    private const double Slack = 1e-6;
    private readonly PointsTables _tables;
    private readonly PointsBudget _budget;
    private readonly PointsAscent _ascent;
    private readonly PointsAssigner _assigner;
    private readonly HashSet<string> _tried = [];
    private readonly PriorityQueue<PointsNode, double> _nodes = new();

    public PointsTree(PointsTables tables, PointsBudget budget)
    {
        (_tables, _budget) = (tables, budget);
        _assigner = new PointsAssigner(tables, budget);
        _ascent = new PointsAscent(tables, budget);
    }

    /// <summary>Best plan so far as one arc per elder, or null.</summary>
    public int[]? ArcOf { get; private set; }

    /// <summary>Cost of the best plan, or of the plan to beat.</summary>
    public long Cost { get; private set; } = long.MaxValue;

    /// <summary>Nodes looked at.</summary>
    public int Nodes { get; private set; }

    /// <summary>Called with each better cost.</summary>
    public Action<long>? Better { get; init; }

    /// <summary>Only plans cheaper than this are of interest.</summary>
    public void Beat(long cost) => Cost = cost;

    /// <summary>Raises the root's bound for so many steps, rounding to a plan now and then, and opens the tree there.</summary>
    public PointsNode Root(double[] multiplier, int steps, int roundings)
    {
        var root = new PointsNode(new Decision[_tables.Problem.Sites], new Decision[_tables.Blocks], multiplier);
        for (var part = 0; part < roundings && !Settled(root.Bound) && !(part > 0 && _budget.Over); part++)
        {
            _ascent.Raise(root, steps / roundings, Cost, part == 0 ? 1.5 : 0.7);
            TryOpen(_ascent.Rounded(root, 0.5), 4);
            if (part == 0) TryOpen(_ascent.Rounded(root, 0.25), 4);
        }

        if (Cost == long.MaxValue && _assigner.Thinned() is { } found) Accept(found.ArcOf);
        _nodes.Enqueue(root, root.Bound);
        return root;
    }

    /// <summary>Open, close and swap single sites while that helps.</summary>
    public void Descend()
    {
        while (ArcOf is not null && !_budget.Over && OneStep(OpenSites()))
        {
        }
    }

    /// <summary>Works through the tree until it is empty, so many nodes are seen or the budget ends; returns the proven bound.</summary>
    public double Search(int mostNodes, int steps)
    {
        while (_nodes.TryPeek(out var node, out var bound))
        {
            if (Settled(bound)) return Cost;
            if (Nodes >= mostNodes || _budget.Over) return bound;
            _nodes.Dequeue();
            Nodes++;
            _ascent.Fix(node, Cost);
            if (Branch(node) is not var (yes, no))
            {
                Finish(node);
                continue;
            }

            foreach (var child in new[] { yes, no }) Explore(child, steps);
        }

        return Cost;
    }

    private void Explore(PointsNode child, int steps)
    {
        _ascent.Raise(child, steps, Cost, 0.5);
        if (_ascent.Feasible is { } arcs) Accept(arcs);
        if (Settled(child.Bound)) return;
        TryOpen(_ascent.Rounded(child, 0.5), 3);
        if (!Settled(child.Bound)) _nodes.Enqueue(child, child.Bound);
    }

    private bool Settled(double bound) => bound >= PointsAscent.Impossible || Math.Ceiling(bound - Slack) >= Cost;

    /// <summary>Two children on the least decided site, or else block; null when all is decided.</summary>
    private (PointsNode Yes, PointsNode No)? Branch(PointsNode node)
    {
        var site = Least(node.Site, _ascent.SiteShare(node), _ => true);
        if (site >= 0)
        {
            var (open, closed) = (node.Child(), node.Child());
            (open.Site[site], closed.Site[site]) = (Decision.Yes, Decision.No);
            return (open, closed);
        }

        var block = Least(node.Block, _ascent.BlockShare(node), b => node.Site[_tables.BlockSite[b]] == Decision.Yes);
        if (block < 0) return null;
        var (used, unused) = (node.Child(), node.Child());
        (used.Block[block], unused.Block[block]) = (Decision.Yes, Decision.No);
        return (used, unused);
    }

    private static int Least(Decision[] decided, ReadOnlySpan<double> share, Func<int, bool> counts)
    {
        var (best, least) = (-1, double.MaxValue);
        for (var k = 0; k < decided.Length; k++)
        {
            var far = Math.Abs(share[k] - 0.5);
            if (decided[k] == Decision.Open && far < least && counts(k)) (best, least) = (k, far);
        }

        return best;
    }

    private void Finish(PointsNode node)
    {
        var open = Array.ConvertAll(node.Site, s => s == Decision.Yes);
        var allowed = Array.ConvertAll(node.Block, b => b == Decision.Yes);
        if (_assigner.Exact(open, allowed) is { } arcOf) Accept(arcOf);
    }

    private bool OneStep(bool[] open)
    {
        var cost = Cost;
        for (var s = 0; s < open.Length && !_budget.Over; s++)
        {
            open[s] = !open[s];
            TryOpen(open, 3);
            for (var t = s + 1; t < open.Length && Cost == cost; t++)
            {
                if (open[t] != open[s]) continue;
                open[t] = !open[t];
                TryOpen(open, 2);
                open[t] = !open[t];
            }

            open[s] = !open[s];
            if (Cost < cost) return true;
        }

        return false;
    }

    private bool[] OpenSites()
    {
        var open = new bool[_tables.Problem.Sites];
        foreach (var a in ArcOf!) open[_tables.Problem.ArcSite[a]] = true;
        return open;
    }

    private void TryOpen(bool[] open, int rounds)
    {
        var (room, need, key) = (0L, 0L, new char[open.Length]);
        for (var s = 0; s < open.Length; s++)
        {
            key[s] = open[s] ? '1' : '0';
            room += open[s] ? _tables.Problem.Largest[s] : 0;
            need += open[s] ? _tables.Problem.Smallest[s] : 0;
        }

        if (room < _tables.Problem.Elders || need > _tables.Problem.Elders || !_tried.Add(new string(key))) return;
        if (_assigner.Best(open, rounds) is { } found) Accept(found.ArcOf);
    }

    private void Accept(int[] arcOf)
    {
        var cost = _tables.CostOf(arcOf);
        if (cost >= Cost) return;
        (Cost, ArcOf) = (cost, arcOf);
        Better?.Invoke(cost);
    }
}
