using Shouwang.Planning.Pairing;

namespace Shouwang.Planning.Points;

/// <summary>
/// Assigns elders to a given set of open points by the pairing flow (the smallest size as forced places), then pulls hamlets together by
/// slope scaling: the split cost is spread over the elders who used a block last time, and the flow is solved again. 分配
/// </summary>
internal sealed class PointsAssigner(PointsTables tables, PointsBudget budget)
{
    private const long Forced = 1L << 36;
    private readonly PointsProblem _problem = tables.Problem;
    private readonly int[] _compact = new int[tables.Problem.Sites];
    private readonly int[] _count = new int[tables.Blocks];
    private readonly long[] _fee = new long[tables.Blocks];

    /// <summary>The best assignment found for these open sites, as one arc per elder; null when they cannot all be served.</summary>
    public (int[] ArcOf, long Cost)? Best(ReadOnlySpan<bool> open, int rounds)
    {
        Array.Clear(_fee);
        (int[] ArcOf, long Cost)? best = null;
        for (var round = 0; round < rounds && (round == 0 || !budget.Over); round++)
        {
            if (Flow(open, [], true) is not { } arcOf) return best;
            MoveBlocks(arcOf);
            var cost = tables.CostOf(arcOf);
            if (best is null || cost < best.Value.Cost) best = (arcOf, cost);
            if (_problem.SplitCost == 0) break;
            for (var b = 0; b < tables.Blocks; b++) _fee[b] = _count[b] > 0 ? _problem.SplitCost / _count[b] : _problem.SplitCost;
        }

        return best;
    }

    /// <summary>The exact assignment when every block's split cost is already decided: only allowed blocks may be used.</summary>
    public int[]? Exact(ReadOnlySpan<bool> open, ReadOnlySpan<bool> allowed)
    {
        Array.Clear(_fee);
        return Flow(open, allowed, true);
    }

    /// <summary>
    /// A first plan without any bound: everything open, then the emptiest point that misses its smallest size is closed, one by one.
    /// </summary>
    public (int[] ArcOf, long Cost)? Thinned()
    {
        var open = new bool[_problem.Sites];
        var keep = new bool[_problem.Sites];
        Array.Fill(open, true);
        Array.Clear(_fee);
        var last = -1;
        for (var round = 0; round < 2 * _problem.Sites; round++)
        {
            if (Flow(open, [], false) is not { } arcOf)
            {
                if (last < 0) return null;
                (open[last], keep[last]) = (true, true);
                continue;
            }

            var load = new int[_problem.Sites];
            foreach (var a in arcOf) load[_problem.ArcSite[a]]++;
            last = -1;
            for (var s = 0; s < load.Length; s++)
            {
                if (load[s] == 0) open[s] = keep[s];
                if (open[s] && !keep[s] && load[s] < _problem.Smallest[s] && (last < 0 || load[s] < load[last])) last = s;
            }

            if (last < 0) break;
            open[last] = false;
        }

        return Best(open, 3);
    }

    private int[]? Flow(ReadOnlySpan<bool> open, ReadOnlySpan<bool> allowed, bool filled)
    {
        budget.Count();
        var sites = new List<int>();
        for (var s = 0; s < open.Length; s++)
        {
            _compact[s] = sites.Count;
            if (open[s]) sites.Add(s);
        }

        var first = new int[_problem.Elders + 1];
        var to = new List<int>();
        var cost = new List<long>();
        for (var i = 0; i < _problem.Elders; i++)
        {
            for (var a = _problem.FirstArc[i]; a < _problem.FirstArc[i + 1]; a++)
            {
                if (!open[_problem.ArcSite[a]] || (!allowed.IsEmpty && !allowed[tables.BlockOfArc[a]])) continue;
                to.Add(_compact[_problem.ArcSite[a]]);
                cost.Add(_problem.ArcCost[a] + _fee[tables.BlockOfArc[a]]);
            }

            first[i + 1] = to.Count;
        }

        int[] capacity = [.. sites.Select(s => _problem.Largest[s])];
        var places = new List<long>();
        foreach (var s in sites)
        {
            for (var k = 0; k < _problem.Largest[s]; k++) places.Add(filled && k < _problem.Smallest[s] ? -Forced : 0);
        }

        var unpaired = new long[_problem.Elders];
        Array.Fill(unpaired, Forced);
        var plan = PairingSolver.Solve(
            new PairingProblem(_problem.Elders, sites.Count, first, [.. to], [.. cost], capacity, [.. places], unpaired));
        return Read(plan, sites, filled);
    }

    private int[]? Read(PairingPlan plan, List<int> sites, bool filled)
    {
        var load = new int[sites.Count];
        var arcOf = new int[_problem.Elders];
        Array.Clear(_count);
        for (var i = 0; i < arcOf.Length; i++)
        {
            if (plan.Volunteer[i] < 0) return null;
            load[plan.Volunteer[i]]++;
            arcOf[i] = ArcTo(i, sites[plan.Volunteer[i]]);
            _count[tables.BlockOfArc[arcOf[i]]]++;
        }

        for (var k = 0; filled && k < load.Length; k++)
        {
            if (load[k] < _problem.Smallest[sites[k]]) return null;
        }

        return arcOf;
    }

    /// <summary>Moves the part of a hamlet at one point to another point where the hamlet already is, while that saves.</summary>
    private void MoveBlocks(int[] arcOf)
    {
        var load = new int[_problem.Sites];
        foreach (var a in arcOf) load[_problem.ArcSite[a]]++;
        for (var b = 0; b < tables.Blocks; b++)
        {
            if (_count[b] == 0 || load[tables.BlockSite[b]] - _count[b] < _problem.Smallest[tables.BlockSite[b]]) continue;
            for (var other = 0; other < tables.Blocks; other++)
            {
                if (other == b || _count[other] == 0 || tables.BlockHamlet[other] != tables.BlockHamlet[b]) continue;
                if (load[tables.BlockSite[other]] + _count[b] > _problem.Largest[tables.BlockSite[other]]) continue;
                if (!TryMove(b, other, arcOf)) continue;
                load[tables.BlockSite[b]] -= _count[b];
                load[tables.BlockSite[other]] += _count[b];
                _count[other] += _count[b];
                _count[b] = 0;
                break;
            }
        }
    }

    private bool TryMove(int from, int to, int[] arcOf)
    {
        var saving = _problem.SplitCost;
        for (var k = tables.BlockFirst[from]; k < tables.BlockFirst[from + 1]; k++)
        {
            var elder = tables.ItemElder[k];
            if (tables.BlockOfArc[arcOf[elder]] != from) continue;
            var arc = ArcTo(elder, tables.BlockSite[to]);
            if (arc < 0) return false;
            saving -= _problem.ArcCost[arc] - _problem.ArcCost[arcOf[elder]];
        }

        if (saving <= 0) return false;
        for (var k = tables.BlockFirst[from]; k < tables.BlockFirst[from + 1]; k++)
        {
            var elder = tables.ItemElder[k];
            if (tables.BlockOfArc[arcOf[elder]] == from) arcOf[elder] = ArcTo(elder, tables.BlockSite[to]);
        }

        return true;
    }

    private int ArcTo(int elder, int site) =>
        Array.IndexOf(_problem.ArcSite, site, _problem.FirstArc[elder], _problem.FirstArc[elder + 1] - _problem.FirstArc[elder]);
}
