namespace Shouwang.Planning.Pairing;

/// <summary>Rules a flow cannot express, by elder number. 附加规则</summary>
/// <param name="Couples">Two elders each who want the same one volunteer; a wish.</param>
/// <param name="Bedridden">Elders of whom a volunteer may have at most one; a hard rule.</param>
/// <param name="SplitCost">What it may cost the plan at most to keep one couple together.</param>
public sealed record SideRules(IReadOnlyList<(int First, int Second)> Couples, IReadOnlyList<int> Bedridden, long SplitCost);

/// <summary>What the repair did: couples who still have different volunteers, pairs it had to forbid, and what it cost. 修复结果</summary>
public sealed record SideRulesOutcome(
    IReadOnlyList<(int First, int Second)> Split, IReadOnlyList<(int Elder, int Volunteer)> Forbade, long Loss);

/// <summary>
/// Repairs an optimal pairing for the rules the flow cannot hold: each repair forbids or pins the pair that costs the whole plan least and
/// re-pairs along one path. The bed-ridden rule always holds at the end; the cost is near the least, not proven. 结对修复
/// </summary>
public sealed class SideRulesRepair
{
    private const int CandidatesTried = 4;
    private readonly PairingSession _session;
    private readonly SideRules _rules;
    private readonly HashSet<int> _bedridden;
    private readonly Dictionary<int, (int[] Candidates, long[] Costs, long Unpaired)> _before = [];
    private readonly List<(int Elder, int Volunteer)> _forbade = [];

    private SideRulesRepair(PairingSession session, SideRules rules)
    {
        _session = session;
        _rules = rules;
        _bedridden = [.. rules.Bedridden];
    }

    /// <summary>Repairs the session's plan in place.</summary>
    public static SideRulesOutcome Repair(PairingSession session, SideRules rules)
    {
        var before = session.Cost;
        var repair = new SideRulesRepair(session, rules);
        repair.SeparateBedridden();
        foreach (var couple in rules.Couples) repair.Unite(couple);
        repair.SeparateBedridden();
        (int First, int Second)[] split = [.. rules.Couples.Where(c => !repair.Together(c))];
        return new SideRulesOutcome(split, repair._forbade, session.Cost - before);
    }

    private bool Together((int First, int Second) couple) =>
        _session.VolunteerOf(couple.First) == _session.VolunteerOf(couple.Second);

    /// <summary>Each round forbids one pair for good, so it ends; an elder without candidates left goes unpaired.</summary>
    private void SeparateBedridden()
    {
        var clash = new Queue<int>(_rules.Bedridden);
        while (clash.TryDequeue(out var elder))
        {
            var j = _session.VolunteerOf(elder);
            if (j < 0) continue;
            var there = _session.EldersOf(j).ToArray().Where(_bedridden.Contains).ToArray();
            if (there.Length < 2) continue;
            var leaves = there.MinBy(e => (_session.LossWithoutPair(e), e));
            _forbade.Add((leaves, j));
            Release(leaves);
            Enqueue(clash, _session.Forbid(leaves, j));
            foreach (var e in there) clash.Enqueue(e);
        }
    }

    /// <summary>An elder pinned to her spouse's volunteer gets her other candidates back before she is sent away.</summary>
    private void Release(int elder)
    {
        if (!_before.Remove(elder, out var old)) return;
        var gone = _forbade.Where(f => f.Elder == elder).Select(f => f.Volunteer).ToHashSet();
        for (var k = 0; k < old.Candidates.Length; k++)
        {
            if (gone.Contains(old.Candidates[k])) old.Costs[k] = PairingSession.Forbidden;
        }

        _session.ChangeElder(elder, old.Candidates, old.Costs, old.Unpaired);
    }

    private void Enqueue(Queue<int> clash, IReadOnlyList<PairingMove> moves)
    {
        foreach (var move in moves)
        {
            if (_bedridden.Contains(move.Elder)) clash.Enqueue(move.Elder);
        }
    }

    /// <summary>Pins both to the common candidate that costs least, if that is within the price of a split.</summary>
    private void Unite((int First, int Second) couple)
    {
        var (a, b) = couple;
        if (Together(couple) || (_bedridden.Contains(a) && _bedridden.Contains(b))) return;
        var (keepA, keepB) = (Memory(a), Memory(b));
        var cost = _session.Cost;
        var (best, least) = (-1, _rules.SplitCost);
        foreach (var j in CommonCandidates(keepA, keepB, couple))
        {
            Pin(a, keepA, j);
            Pin(b, keepB, j);
            var loss = _session.Cost - cost;
            if (loss < least && Together(couple) && BedriddenAt(j) < 2) (best, least) = (j, loss);
        }

        if (best >= 0)
        {
            Pin(a, keepA, best);
            Pin(b, keepB, best);
            (_before[a], _before[b]) = (keepA, keepB);
            return;
        }

        _session.ChangeElder(a, keepA.Candidates, keepA.Costs, keepA.Unpaired);
        _session.ChangeElder(b, keepB.Candidates, keepB.Costs, keepB.Unpaired);
    }

    private int BedriddenAt(int volunteer)
    {
        var count = 0;
        foreach (var e in _session.EldersOf(volunteer)) count += _bedridden.Contains(e) ? 1 : 0;
        return count;
    }

    private int[] CommonCandidates(
        (int[] Candidates, long[] Costs, long Unpaired) first,
        (int[] Candidates, long[] Costs, long Unpaired) second,
        (int First, int Second) couple)
    {
        var ofSecond = second.Candidates.Where((_, k) => second.Costs[k] < PairingSession.Forbidden).ToHashSet();
        return
        [
            .. first.Candidates.Where((j, k) => first.Costs[k] < PairingSession.Forbidden && ofSecond.Contains(j))
                .Select(j => (Volunteer: j, First: _session.LossWithPair(couple.First, j), Second: _session.LossWithPair(couple.Second, j)))
                .Where(c => c.First < _rules.SplitCost && c.Second < _rules.SplitCost)
                .OrderBy(c => c.First + c.Second).ThenBy(c => c.Volunteer).Take(CandidatesTried).Select(c => c.Volunteer),
        ];
    }

    private (int[] Candidates, long[] Costs, long Unpaired) Memory(int elder)
    {
        var (candidates, costs) = _session.ArcsOf(elder);
        return (candidates, costs, _session.UnpairedCostOf(elder));
    }

    private void Pin(int elder, (int[] Candidates, long[] Costs, long Unpaired) old, int volunteer)
    {
        var at = Array.IndexOf(old.Candidates, volunteer);
        _session.ChangeElder(elder, [volunteer], [old.Costs[at]], old.Unpaired);
    }
}
