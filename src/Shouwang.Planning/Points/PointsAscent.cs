namespace Shouwang.Planning.Points;

/// <summary>
/// Raises the Lagrangean bound of a node by deflected subgradient steps and keeps running averages of what the relaxation chose; the
/// averages come near the fractional optimum and tell where to round and where to branch. 次梯度上升
/// </summary>
internal sealed class PointsAscent
{
    private const double Memory = 0.92;

    /// <summary>A bound from here on means that the node's decisions cannot hold.</summary>
    public const double Impossible = 1e17;

    private readonly PointsTables _tables;
    private readonly PointsBudget _budget;
    private readonly PointsRelaxation _relaxation;
    private readonly double[] _site;
    private readonly double[] _block;
    private readonly double[] _direction;
    private readonly double[] _missing;
    private PointsNode? _measured;

    public PointsAscent(PointsTables tables, PointsBudget budget)
    {
        (_tables, _budget) = (tables, budget);
        _relaxation = new PointsRelaxation(tables);
        _site = new double[tables.Problem.Sites];
        _block = new double[tables.Blocks];
        _direction = new double[tables.Problem.Elders];
        _missing = new double[tables.Problem.Elders];
    }

    /// <summary>A whole plan (arc per elder) if the last ascent met one in the relaxation.</summary>
    public int[]? Feasible { get; private set; }

    /// <summary>Raises the node's bound; ends early when it reaches the cost to beat or no child can exist.</summary>
    public void Raise(PointsNode node, int steps, long toBeat, double pace)
    {
        (_measured, Feasible) = (node, null);
        var multiplier = (double[])node.Multiplier.Clone();
        Array.Clear(_direction);
        Array.Clear(_site);
        Array.Clear(_block);
        var weight = 0.0;
        for (int step = 0, idle = 0; step < steps && (step == 0 || !_budget.Over); step++)
        {
            _budget.Count();
            var bound = _relaxation.Evaluate(multiplier, node);
            if (bound > node.Bound)
            {
                (node.Bound, idle) = (bound, 0);
                multiplier.CopyTo(node.Multiplier, 0);
            }
            else if (++idle == 8)
            {
                (pace, idle) = (pace * 0.6, 0);
                node.Multiplier.CopyTo(multiplier, 0);
            }

            if (bound > Impossible || Math.Ceiling(node.Bound - 1e-6) >= toBeat) return;
            Remember();
            weight = (weight * Memory) + 1 - Memory;
            if (!Step(multiplier, bound, toBeat, pace)) break;
        }

        for (var s = 0; s < _site.Length; s++) _site[s] /= weight;
        for (var b = 0; b < _block.Length; b++) _block[b] /= weight;
    }

    /// <summary>Decides sites whose other choice cannot beat the cost.</summary>
    public void Fix(PointsNode node, long toBeat)
    {
        var bound = Measure(node);
        for (var s = 0; s < node.Site.Length; s++)
        {
            if (node.Site[s] != Decision.Open || Math.Ceiling(bound + Math.Abs(_relaxation.Value[s]) - 1e-6) < toBeat) continue;
            node.Site[s] = _relaxation.Open[s] ? Decision.Yes : Decision.No;
        }
    }

    /// <summary>Which sites the relaxation opens at least this share of the time.</summary>
    public bool[] Rounded(PointsNode node, double share)
    {
        var shares = SiteShare(node);
        var open = new bool[shares.Length];
        for (var s = 0; s < open.Length; s++) open[s] = node.Site[s] != Decision.No && (shares[s] >= share || node.Site[s] == Decision.Yes);
        return open;
    }

    /// <summary>How often the relaxation opened each site in the node's ascent.</summary>
    public ReadOnlySpan<double> SiteShare(PointsNode node)
    {
        Ensure(node);
        return _site;
    }

    /// <summary>How often the relaxation used each block in the node's ascent.</summary>
    public ReadOnlySpan<double> BlockShare(PointsNode node)
    {
        Ensure(node);
        return _block;
    }

    private void Ensure(PointsNode node)
    {
        if (_measured != node) Raise(node, 12, long.MaxValue, 0.2);
    }

    private double Measure(PointsNode node)
    {
        _budget.Count();
        return _relaxation.Evaluate(node.Multiplier, node);
    }

    private void Remember()
    {
        for (var s = 0; s < _site.Length; s++) _site[s] = (_site[s] * Memory) + (_relaxation.Open[s] ? 1 - Memory : 0);
        for (var b = 0; b < _block.Length; b++)
        {
            var used = false;
            for (var k = _tables.BlockFirst[b]; k < _tables.BlockFirst[b + 1] && !used; k++) used = _relaxation.Chosen[k];
            _block[b] = (_block[b] * Memory) + (used ? 1 - Memory : 0);
        }
    }

    /// <summary>One step along the deflected subgradient; false when every elder is chosen exactly once, which is a plan.</summary>
    private bool Step(double[] multiplier, double bound, long toBeat, double pace)
    {
        Array.Fill(_missing, 1);
        for (var k = 0; k < _relaxation.Chosen.Length; k++)
        {
            if (_relaxation.Chosen[k]) _missing[_tables.ItemElder[k]]--;
        }

        var (norm, exact) = (0.0, true);
        for (var i = 0; i < _missing.Length; i++)
        {
            exact &= _missing[i] == 0;
            _direction[i] = _missing[i] + (0.4 * _direction[i]);
            norm += _direction[i] * _direction[i];
        }

        if (exact) ReadPlan();
        if (norm < 1e-9) return false;
        var target = toBeat < long.MaxValue ? toBeat : bound + Math.Max(100, Math.Abs(bound) * 0.05);
        var length = pace * Math.Max(1, target - bound) / norm;
        for (var i = 0; i < multiplier.Length; i++) multiplier[i] += length * _direction[i];
        return !exact;
    }

    private void ReadPlan()
    {
        Feasible = new int[_tables.Problem.Elders];
        var problem = _tables.Problem;
        for (var b = 0; b < _tables.Blocks; b++)
        {
            for (var k = _tables.BlockFirst[b]; k < _tables.BlockFirst[b + 1]; k++)
            {
                if (!_relaxation.Chosen[k]) continue;
                var elder = _tables.ItemElder[k];
                var first = problem.FirstArc[elder];
                Feasible[elder] = Array.IndexOf(problem.ArcSite, _tables.BlockSite[b], first, problem.FirstArc[elder + 1] - first);
            }
        }
    }
}
