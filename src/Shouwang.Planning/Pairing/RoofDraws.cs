namespace Shouwang.Planning.Pairing;

/// <summary>Elders of a household and the volunteer they are drawn to together. 同户同人</summary>
internal readonly record struct RoofDraw(int[] Elders, int Volunteer);

/// <summary>Chooses to which volunteers households are drawn: to one who has places for all, else to as few as can be. 同户分派</summary>
/// <remarks>No flow can say that two elders want the same volunteer. So half of what it is worth is laid on the way of each to the one
/// who suits them best together; of a household larger than anybody's places, as many as fit are drawn to one and the rest to the
/// next.</remarks>
internal sealed class RoofDraws(PairingProblem problem, SideRules rules)
{
    private readonly int[] _taken = new int[problem.Volunteers];
    private readonly int[] _bedriddenTaken = new int[problem.Volunteers];
    private readonly int[] _unitFirst = FirstUnits(problem);
    private readonly HashSet<int> _bedridden = [.. rules.Bedridden];
    private readonly List<(long Cost, int Elder)>[] _ways =
        [.. Enumerable.Range(0, problem.Volunteers).Select(_ => new List<(long, int)>())];
    private readonly List<int> _met = [];

    /// <summary>Every draw, household after household.</summary>
    public List<RoofDraw> All()
    {
        var drawn = new List<RoofDraw>();
        foreach (var roof in rules.Roofs)
        {
            var left = roof.ToHashSet();
            while (left.Count > 1 && Best(left) is { } draw)
            {
                left.ExceptWith(draw.Elders);
                _taken[draw.Volunteer] += draw.Elders.Length;
                _bedriddenTaken[draw.Volunteer] += draw.Elders.Count(_bedridden.Contains);
                drawn.Add(draw);
            }
        }

        return drawn;
    }

    /// <summary>The arc of an elder to a volunteer.</summary>
    public static int ArcTo(PairingProblem problem, int elder, int volunteer) => Array.IndexOf(
        problem.ArcVolunteer, volunteer, problem.FirstArc[elder], problem.FirstArc[elder + 1] - problem.FirstArc[elder]);

    /// <summary>Whoever can come to most of them, and of those the one who costs least.</summary>
    private RoofDraw? Best(HashSet<int> left)
    {
        Gather(left);
        var (best, most, least) = (default(RoofDraw?), 1, long.MaxValue);
        foreach (var j in _met)
        {
            if (_ways[j].Count < Math.Max(2, most) || problem.Capacity[j] - _taken[j] < Math.Max(2, most)) continue;
            var (elders, cost) = At(j);
            if (elders.Length < 2 || elders.Length < most || (elders.Length == most && cost >= least)) continue;
            (best, most, least) = (new(elders, j), elders.Length, cost);
        }

        return best;
    }

    /// <summary>Those whom one volunteer could take, the nearest first, and what that costs.</summary>
    private (int[] Elders, long Cost) At(int volunteer)
    {
        var (room, beds) = (problem.Capacity[volunteer] - _taken[volunteer], rules.BedriddenPlaces[volunteer] - _bedriddenTaken[volunteer]);
        var (elders, cost) = (new List<int>(room), 0L);
        _ways[volunteer].Sort();
        foreach (var (way, elder) in _ways[volunteer])
        {
            if (elders.Count == room) break;
            if (_bedridden.Contains(elder) && --beds < 0) continue;
            cost += way + problem.LoadCost[_unitFirst[volunteer] + _taken[volunteer] + elders.Count];
            elders.Add(elder);
        }

        return ([.. elders], cost);
    }

    private void Gather(HashSet<int> left)
    {
        foreach (var j in _met) _ways[j].Clear();
        _met.Clear();
        foreach (var elder in left)
        {
            for (var a = problem.FirstArc[elder]; a < problem.FirstArc[elder + 1]; a++)
            {
                var j = problem.ArcVolunteer[a];
                if (_ways[j].Count == 0) _met.Add(j);
                _ways[j].Add((problem.ArcCost[a], elder));
            }
        }
    }

    private static int[] FirstUnits(PairingProblem problem)
    {
        var first = new int[problem.Volunteers];
        for (int j = 0, unit = 0; j < problem.Volunteers; unit += problem.Capacity[j], j++) first[j] = unit;
        return first;
    }
}
