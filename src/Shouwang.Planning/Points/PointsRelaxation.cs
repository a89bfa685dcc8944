namespace Shouwang.Planning.Points;

// Longer than 40 lines because the table of one site keeps its rows and choices in shared locals.
/// <summary>
/// The Lagrangean lower bound: "each elder at exactly one point" is priced by multipliers, and each site then chooses its best set of
/// elders alone, exactly, by a table over hamlets and head-count (so smallest, largest, opening and split costs all stay hard). 拉格朗日下界
/// </summary>
internal sealed class PointsRelaxation
{
    private const double Infinite = 1e18;
    private readonly PointsTables _tables;
    private readonly PointsProblem _problem;
    private readonly double[] _reduced;
    private readonly int[] _order;
    private readonly double[][] _table;
    private readonly int[][] _taken;

    public PointsRelaxation(PointsTables tables)
    {
        (_tables, _problem) = (tables, tables.Problem);
        _reduced = new double[tables.ItemElder.Length];
        _order = new int[tables.ItemElder.Length];
        var widest = 0;
        for (var s = 0; s < _problem.Sites; s++) widest = Math.Max(widest, tables.SiteFirst[s + 1] - tables.SiteFirst[s]);
        var most = _problem.Largest.DefaultIfEmpty(0).Max();
        most = Math.Min(most, _problem.Elders);
        _table = new double[widest + 1][];
        _taken = new int[widest + 1][];
        for (var b = 0; b <= widest; b++) (_table[b], _taken[b]) = (new double[most + 1], new int[most + 1]);
        Open = new bool[_problem.Sites];
        Value = new double[_problem.Sites];
        Chosen = new bool[tables.ItemElder.Length];
    }

    /// <summary>Sites open in the last evaluation.</summary>
    public bool[] Open { get; }

    /// <summary>What opening each site is worth in the last evaluation (negative: open); a lower bound for closed ones.</summary>
    public double[] Value { get; }

    /// <summary>Items chosen in the last evaluation.</summary>
    public bool[] Chosen { get; }

    /// <summary>The bound at these multipliers under the node's decisions; infinite when a decision cannot hold.</summary>
    public double Evaluate(double[] multiplier, PointsNode node)
    {
        var bound = -(double)_problem.SplitCost * _tables.HamletsPresent;
        foreach (var m in multiplier) bound += m;
        for (var k = 0; k < _reduced.Length; k++) _reduced[k] = _tables.ItemCost[k] - multiplier[_tables.ItemElder[k]];
        Array.Clear(Chosen);
        for (var s = 0; s < _problem.Sites; s++)
        {
            Open[s] = false;
            Value[s] = Infinite;
            if (node.Site[s] == Decision.No) continue;
            var must = node.Site[s] == Decision.Yes;
            Value[s] = ValueOf(s, must, node.Block);
            Open[s] = must || Value[s] < 0;
            if (Open[s]) bound += Value[s];
        }

        return bound;
    }

    /// <summary>The best set of one site: first as if its size did not matter; only if that breaks the size, by the table.</summary>
    private double ValueOf(int site, bool must, Decision[] decided)
    {
        double value = _problem.OpenCost[site];
        var heads = 0;
        for (var b = _tables.SiteFirst[site]; b < _tables.SiteFirst[site + 1]; b++)
        {
            if (decided[b] == Decision.No) continue;
            var (sum, count) = Negative(b);
            sum += _problem.SplitCost;
            if (sum >= 0 && decided[b] != Decision.Yes) continue;
            value += sum;
            heads += count;
        }

        if (!must && value >= 0) return value;
        if (heads < _problem.Smallest[site] || heads > _problem.Largest[site]) return ByTable(site, must, decided);
        for (var b = _tables.SiteFirst[site]; b < _tables.SiteFirst[site + 1]; b++)
        {
            if (decided[b] == Decision.No || (Negative(b).Sum + _problem.SplitCost >= 0 && decided[b] != Decision.Yes)) continue;
            for (var k = _tables.BlockFirst[b]; k < _tables.BlockFirst[b + 1]; k++) Chosen[k] = _reduced[k] < 0;
        }

        return value;
    }

    private (double Sum, int Count) Negative(int block)
    {
        var (sum, count) = (0.0, 0);
        for (var k = _tables.BlockFirst[block]; k < _tables.BlockFirst[block + 1]; k++)
        {
            if (_reduced[k] >= 0) continue;
            sum += _reduced[k];
            count++;
        }

        return (sum, count);
    }

    // Cheapest choice of h heads from the first blocks, block by block (each takes its cheapest t elders, or none).
    private double ByTable(int site, bool must, Decision[] decided)
    {
        var most = Math.Min(_problem.Largest[site], _problem.Elders);
        var (first, last) = (_tables.SiteFirst[site], _tables.SiteFirst[site + 1]);
        var row = _table[0];
        Array.Fill(row, Infinite, 0, most + 1);
        row[0] = 0;
        var reach = 0;
        for (var b = first; b < last; b++)
        {
            var next = _table[b - first + 1];
            var taken = _taken[b - first + 1];
            var none = decided[b] == Decision.Yes ? _problem.SplitCost : 0;
            var size = decided[b] == Decision.No ? 0 : SortBlock(b);
            var end = Math.Min(most, reach + size);
            for (var h = 0; h <= most; h++) (next[h], taken[h]) = (h <= reach ? row[h] + none : Infinite, 0);
            double sum = _problem.SplitCost;
            for (var t = 1; t <= size && t <= most; t++)
            {
                sum += _reduced[_order[_tables.BlockFirst[b] + t - 1]];
                for (var h = t; h <= Math.Min(end, reach + t); h++)
                {
                    if (row[h - t] + sum < next[h]) (next[h], taken[h]) = (row[h - t] + sum, t);
                }
            }

            (row, reach) = (next, end);
        }

        var (best, heads) = (Infinite, -1);
        for (var h = _problem.Smallest[site]; h <= most && h <= reach; h++)
        {
            if (row[h] < best) (best, heads) = (row[h], h);
        }

        if (heads < 0) return Infinite;
        best += _problem.OpenCost[site];
        if (best >= 0 && !must) return best;
        for (var b = last - 1; b >= first; b--)
        {
            var t = _taken[b - first + 1][heads];
            for (var k = 0; k < t; k++) Chosen[_order[_tables.BlockFirst[b] + k]] = true;
            heads -= t;
        }

        return best;
    }

    private int SortBlock(int block)
    {
        var (first, last) = (_tables.BlockFirst[block], _tables.BlockFirst[block + 1]);
        for (var k = first; k < last; k++)
        {
            var at = k;
            for (; at > first && _reduced[_order[at - 1]] > _reduced[k]; at--) _order[at] = _order[at - 1];
            _order[at] = k;
        }

        return last - first;
    }
}

/// <summary>What the search tree has decided about a site or a block. 决定</summary>
internal enum Decision : byte
{
    Open,
    Yes,
    No,
}

/// <summary>One node of the search tree: decisions, multipliers to start from, and a bound known for it. 节点</summary>
internal sealed record PointsNode(Decision[] Site, Decision[] Block, double[] Multiplier)
{
    public double Bound { get; set; } = double.NegativeInfinity;

    public PointsNode Child() => new([.. Site], [.. Block], [.. Multiplier]) { Bound = Bound };
}
