namespace Shouwang.Planning.Pairing;

/// <summary>Rules a flow cannot express, by elder and volunteer number. 附加规则</summary>
/// <param name="Roofs">Elders of one household each, who want the same volunteer, or as few as can be; a wish.</param>
/// <param name="Worth">What it is worth to keep one more of a household with the same volunteer.</param>
/// <param name="Bedridden">Elders of whom a volunteer may have only a few; a hard rule.</param>
/// <param name="BedriddenPlaces">How many of those each volunteer may still have.</param>
public sealed record SideRules(IReadOnlyList<int[]> Roofs, long Worth, IReadOnlyList<int> Bedridden, int[] BedriddenPlaces);

/// <summary>A plan that keeps the side rules. 附加规则方案</summary>
/// <param name="Session">The plan, its prices and reasons; the cheapest by the weights and forbidden pairs as they stand in it.</param>
/// <param name="Forbade">Pairs that the hard rule ruled out.</param>
/// <param name="Loss">By how much the pairs cost more than the cheapest plan without side rules, which is proven: no other choice of who
/// is kept together or apart could save more.</param>
public sealed record SidePlan(PairingSession Session, IReadOnlyList<(int Elder, int Volunteer)> Forbade, long Loss);

/// <summary>
/// Plans with side rules: households are drawn to the volunteers who suit them best together, and where the plan parts them all the same
/// the draw is taken back; of bed-ridden elders who meet at one volunteer the one who loses least is sent elsewhere. Each step changes a
/// few arcs and re-pairs along shortest paths. The hard rule always holds at the end; that no other choice would cost less is not proven.
/// 附加规则求解
/// </summary>
public sealed class SideRulesSolver
{
    private readonly SideRules _rules;
    private readonly PairingSession _session;
    private readonly HashSet<int> _bedridden;
    private readonly List<RoofDraw> _drawn;
    private readonly List<(int Elder, int Volunteer)> _forbade = [];

    private SideRulesSolver(PairingProblem problem, SideRules rules, CancellationToken stop)
    {
        (_rules, _bedridden) = (rules, [.. rules.Bedridden]);
        _drawn = rules.Worth > 0 && rules.Roofs.Count > 0 ? new RoofDraws(problem, rules).All() : [];
        _session = new PairingSession(Weighed(problem));
        _session.SolveAll(stop);
    }

    /// <summary>Solves; a problem without side rules to its proven optimum.</summary>
    public static SidePlan Solve(PairingProblem problem, SideRules rules, CancellationToken stop = default)
    {
        // What the cheapest without side rules costs is worked out beside it, by another processor where there is one.
        var plain = rules.Roofs.Count + rules.Bedridden.Count == 0
            ? Task.FromResult(0L) : Task.Run(() => PairingSolver.Solve(problem, stop).Cost, stop);
        var solver = new SideRulesSolver(problem, rules, stop);
        do
        {
            stop.ThrowIfCancellationRequested();
            solver.Separate();
        }
        while (solver.TakeBackParted());
        if (solver._drawn.Count + solver._forbade.Count == 0) return new(solver._session, [], 0);
        var plan = solver._session.Plan();
        var loss = PairingCheck.Check(problem, plan.Volunteer, 0).Cost - plain.GetAwaiter().GetResult();
        return new(solver._session, solver._forbade, loss);
    }

    private PairingProblem Weighed(PairingProblem problem)
    {
        if (_drawn.Count == 0) return problem;
        var costs = problem.ArcCost.ToArray();
        foreach (var (elders, volunteer) in _drawn)
        {
            foreach (var elder in elders) costs[RoofDraws.ArcTo(problem, elder, volunteer)] -= _rules.Worth / 2;
        }

        return problem with { ArcCost = costs };
    }

    /// <summary>Each round forbids one pair for good, so it ends; an elder without candidates left goes unpaired.</summary>
    private void Separate()
    {
        var clash = new Queue<int>(_rules.Bedridden);
        while (clash.TryDequeue(out var elder))
        {
            var j = _session.VolunteerOf(elder);
            if (j < 0) continue;
            var there = _session.EldersOf(j).ToArray().Where(_bedridden.Contains).ToArray();
            if (there.Length <= _rules.BedriddenPlaces[j]) continue;
            var leaves = there.MinBy(e => (_session.LossWithoutPair(e), e));
            _forbade.Add((leaves, j));
            foreach (var move in _session.Forbid(leaves, j))
            {
                if (_bedridden.Contains(move.Elder)) clash.Enqueue(move.Elder);
            }

            foreach (var e in there) clash.Enqueue(e);
        }
    }

    /// <summary>Whether a household was parted all the same; it is weighed no more.</summary>
    private bool TakeBackParted()
    {
        var parted = _drawn.FindAll(d => Array.Exists(d.Elders, e => _session.VolunteerOf(e) != d.Volunteer));
        foreach (var draw in parted)
        {
            _drawn.Remove(draw);
            foreach (var elder in draw.Elders) _ = _session.Raise(elder, draw.Volunteer, _rules.Worth / 2);
        }

        return parted.Count > 0;
    }
}
