namespace Shouwang.Planning.MealRuns;

/// <summary>
/// Feasible and infeasible route sets, kept apart, both kept good and diverse: rank by cost plus rank by distance to the nearest others
/// (Vidal 2022, §3.5; broken-pairs distance). Members are pooled, so nothing is allocated while searching. 种群
/// </summary>
internal sealed class Population
{
    private const int Nearest = 5;

    private readonly int _minimum;
    private readonly int _generation;
    private readonly int _elite;
    private readonly int _n;
    private readonly List<Member> _feasible = [];
    private readonly List<Member> _infeasible = [];
    private readonly Stack<Member> _pool = new();
    private readonly int[,] _apart;
    private readonly Comparison<Member> _byCost;
    private readonly Comparison<Member> _byDiversity;

    public Population(int stops, int routes, (int Minimum, int Generation, int Elite) sizes)
    {
        (_minimum, _generation, _elite) = sizes;
        _n = stops;
        var slots = 2 * (_minimum + _generation + 2);
        for (var s = slots - 1; s >= 0; s--)
        {
            _pool.Push(new Member(new RouteSet(stops, routes), s));
        }

        _apart = new int[slots, slots];
        _byCost = (a, b) => a.Cost != b.Cost ? a.Cost.CompareTo(b.Cost) : a.Slot.CompareTo(b.Slot);
        _byDiversity = (a, b) => a.Diversity != b.Diversity ? b.Diversity.CompareTo(a.Diversity) : a.Slot.CompareTo(b.Slot);
    }

    /// <summary>How many members there are.</summary>
    public int Count => _feasible.Count + _infeasible.Count;

    /// <summary>Forgets all members.</summary>
    public void Clear()
    {
        foreach (var m in _feasible)
        {
            _pool.Push(m);
        }

        foreach (var m in _infeasible)
        {
            _pool.Push(m);
        }

        _feasible.Clear();
        _infeasible.Clear();
    }

    /// <summary>Adds a copy of a route set at its cost under the present prices, and thins out when the generation is full.</summary>
    public void Add(RouteSet set, long loadPrice, long timePrice)
    {
        var group = set.IsFeasible ? _feasible : _infeasible;
        var m = _pool.Pop();
        m.Set.CopyFrom(set);
        m.Cost = set.CostAt(loadPrice, timePrice);
        foreach (var other in group)
        {
            var d = Apart(m.Set, other.Set);
            _apart[m.Slot, other.Slot] = d;
            _apart[other.Slot, m.Slot] = d;
        }

        group.Add(m);
        Rank(group);
        if (group.Count >= _minimum + _generation)
        {
            while (group.Count > _minimum)
            {
                RemoveWorst(group);
            }
        }
    }

    /// <summary>New prices: infeasible members cost something else now.</summary>
    public void Reprice(long loadPrice, long timePrice)
    {
        foreach (var m in _infeasible)
        {
            m.Cost = m.Set.CostAt(loadPrice, timePrice);
        }

        Rank(_infeasible);
    }

    /// <summary>A parent by binary tournament over both groups.</summary>
    public RouteSet Parent(RandomStream random)
    {
        var a = At(random.Below(Count));
        var b = At(random.Below(Count));
        return a.Fitness < b.Fitness ? a.Set : b.Set;
    }

    private Member At(int i) => i < _feasible.Count ? _feasible[i] : _infeasible[i - _feasible.Count];

    private void Rank(List<Member> group)
    {
        foreach (var m in group)
        {
            m.Diversity = MeanOfNearest(m, group);
        }

        group.Sort(_byDiversity);
        for (var i = 0; i < group.Count; i++)
        {
            group[i].DiversityRank = i;
        }

        group.Sort(_byCost);
        var last = Math.Max(1, group.Count - 1);
        for (var i = 0; i < group.Count; i++)
        {
            var weight = group.Count <= _elite ? 0 : 1 - ((double)_elite / group.Count);
            group[i].Fitness = ((double)i / last) + (weight * group[i].DiversityRank / last);
        }
    }

    private void RemoveWorst(List<Member> group)
    {
        Member? worst = null;
        var worstClone = false;
        for (var i = 1; i < group.Count; i++)
        {
            var clone = group[i].Closest == 0;
            if (worst is null || (clone && !worstClone) || (clone == worstClone && group[i].Fitness > worst.Fitness))
            {
                (worst, worstClone) = (group[i], clone);
            }
        }

        group.Remove(worst!);
        _pool.Push(worst!);
        Rank(group);
    }

    private double MeanOfNearest(Member m, List<Member> group)
    {
        Span<int> nearest = stackalloc int[Nearest];
        var found = 0;
        foreach (var other in group)
        {
            if (!ReferenceEquals(other, m))
            {
                found = InsertSmall(nearest, found, _apart[m.Slot, other.Slot]);
            }
        }

        var sum = 0;
        for (var i = 0; i < found; i++)
        {
            sum += nearest[i];
        }

        m.Closest = found == 0 ? int.MaxValue : nearest[0];
        return found == 0 ? 1 : (double)sum / found;
    }

    private static int InsertSmall(Span<int> sorted, int found, int value)
    {
        if (found == sorted.Length && value >= sorted[^1])
        {
            return found;
        }

        var i = found < sorted.Length ? found : found - 1;
        for (; i > 0 && sorted[i - 1] > value; i--)
        {
            sorted[i] = sorted[i - 1];
        }

        sorted[i] = value;
        return Math.Min(found + 1, sorted.Length);
    }

    /// <summary>How many stops have another neighbour in b than in a (broken pairs).</summary>
    private int Apart(RouteSet a, RouteSet b)
    {
        int[] sa = a.Successor, sb = b.Successor, pa = a.Predecessor, pb = b.Predecessor;
        var apart = 0;
        for (var i = 1; i <= _n; i++)
        {
            if (sa[i] != sb[i] && sa[i] != pb[i])
            {
                apart++;
            }

            if (pa[i] == 0 && pb[i] != 0 && sb[i] != 0)
            {
                apart++;
            }
        }

        return apart;
    }

    private sealed class Member(RouteSet set, int slot)
    {
        public readonly RouteSet Set = set;
        public readonly int Slot = slot;
        public long Cost;
        public double Diversity;
        public int Closest;
        public int DiversityRank;
        public double Fitness;
    }
}
