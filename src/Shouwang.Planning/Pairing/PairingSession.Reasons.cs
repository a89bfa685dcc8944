namespace Shouwang.Planning.Pairing;

// Reasons are what-if searches that change nothing: the cheapest chain of moves that would let an elder have another volunteer.
public sealed partial class PairingSession
{
    private long[]? _losses;

    /// <summary>What <see cref="ReasonFor"/> says of every elder. What a volunteer's place is worth is worked out for all volunteers in one
    /// search, instead of in one for each elder.</summary>
    public PairingReason[] Reasons()
    {
        _losses = LossesOfPlaces();
        var reasons = new PairingReason[_elders];
        for (var i = 0; i < _elders; i++) reasons[i] = ReasonFor(i);
        _losses = null;
        return reasons;
    }

    /// <summary>Why the elder is placed as she is: her better candidate, and exactly what having that one would cost whom.</summary>
    public PairingReason ReasonFor(int elder)
    {
        var paired = VolunteerOf(elder);
        var arc = BetterArc(elder, paired);
        if (arc < 0)
        {
            var none = paired < 0 ? PairingReasonKind.NoCandidate : PairingReasonKind.Best;
            return new PairingReason(elder, none, paired, -1, 0, 0, -1, -1, 0, 0);
        }

        var better = _arcTo[arc];
        var full = _load[better] >= _capacity[better];
        var kind = (paired < 0, full) switch
        {
            (true, true) => PairingReasonKind.AllFull,
            (true, false) => PairingReasonKind.TooDear,
            (false, true) => PairingReasonKind.BetterIsFull,
            (false, false) => PairingReasonKind.BetterIsLoaded,
        };
        var present = paired < 0 ? _unpaired[elder] : _arcCost[_arcOf[elder]];
        var what = WhatIf(elder, arc);
        return new PairingReason(
            elder, kind, paired, better, present - _arcCost[arc], what.Loss, what.Displaced, what.DisplacedTo, what.DisplacedLoss,
            what.Moves);
    }

    /// <summary>By how much the best plan without this elder's present pair is dearer; the pair itself is not changed.</summary>
    public long LossWithoutPair(int elder)
    {
        if (_arcOf[elder] < 0) return 0;
        var j = VolunteerOf(elder);
        var least = _unpaired[elder] - OwnCost(elder) + LossOfPlace(j);
        for (var a = _first[elder]; a < _first[elder] + _count[elder]; a++)
        {
            if (a == _arcOf[elder] || _arcCost[a] >= Forbidden) continue;
            if (_arcCost[a] + _price[_arcTo[a]] - OwnCost(elder) >= least) continue;
            least = Math.Min(least, WhatIf(elder, a).Loss);
        }

        return least;
    }

    /// <summary>By how much the best plan with this pair is dearer than the present one; null when they are no candidates.</summary>
    public long? LossWithPair(int elder, int volunteer)
    {
        var arc = ArcTo(elder, volunteer);
        if (arc < 0 || _arcCost[arc] >= Forbidden || _capacity[volunteer] == 0) return null;
        return arc == _arcOf[elder] ? 0 : WhatIf(elder, arc).Loss;
    }

    private int BetterArc(int elder, int paired)
    {
        var best = -1;
        for (var a = _first[elder]; a < _first[elder] + _count[elder]; a++)
        {
            if (_arcCost[a] >= Forbidden || _capacity[_arcTo[a]] == 0) continue;
            if (paired >= 0) return _arcCost[a] < _arcCost[_arcOf[elder]] ? a : -1;
            if (best < 0 || _arcCost[a] + _price[_arcTo[a]] < _arcCost[best] + _price[_arcTo[best]]) best = a;
        }

        return best;
    }

    // One search in reduced costs from the wanted volunteer to the elder's own freed place, to any free place, or to somebody unpaired,
    // long because labels, bound and end belong to one loop.
    private WhatIfLoss WhatIf(int elder, int arc)
    {
        var home = VolunteerOf(elder);
        var back = home < 0 ? 0 : LossOfPlace(home);
        NewSearch();
        _heap.Clear();
        var wanted = _arcTo[arc];
        var (bound, end) = (Never, new PathEnd(-1, -1));
        Reach(wanted, _arcCost[arc] + _price[wanted] - OwnCost(elder), elder, arc);
        while (_heap.TryPop(out var key, out var j) && key < bound)
        {
            if (key > _label[j]) continue;
            if (j == home)
            {
                (bound, end) = (key, new PathEnd(-1, j));
                break;
            }

            if (_load[j] < _capacity[j])
            {
                var total = key - _price[j] + _placeCost[_unitFirst[j] + _load[j]] + back;
                if (total < bound) (bound, end) = (total, new PathEnd(-1, j));
            }

            foreach (var other in EldersOf(j))
            {
                var offset = key - OwnCost(other);
                if (offset + _unpaired[other] + back < bound) (bound, end) = (offset + _unpaired[other] + back, new PathEnd(other, -1));
                for (var a = _first[other]; a < _first[other] + _count[other]; a++)
                {
                    Reach(_arcTo[a], offset + _arcCost[a] + _price[_arcTo[a]], other, a);
                }
            }
        }

        return Chain(elder, wanted, bound, end);
    }

    /// <summary>What a place left by one elder is worth less than its price: given back, or taken by the next best.</summary>
    private long LossOfPlace(int volunteer)
    {
        if (_losses is { } known) return known[volunteer];
        var loss = _price[volunteer] - _placeCost[_unitFirst[volunteer] + _load[volunteer] - 1];
        return loss <= 0 ? 0 : SearchBack(volunteer, loss).Bound;
    }

    /// <summary>The same of every volunteer who has somebody: from all ends at once (a last place given back, an elder who has nobody),
    /// along the moves of elders.</summary>
    private long[] LossesOfPlaces()
    {
        NewSearch();
        _heap.Clear();
        var losses = new long[_volunteers];
        for (var j = 0; j < _volunteers; j++)
        {
            if (_load[j] > 0) Reach(j, Math.Max(0, _price[j] - _placeCost[_unitFirst[j] + _load[j] - 1]), Unpaired, -1);
        }

        for (var i = 0; i < _elders; i++)
        {
            if (_arcOf[i] == Unpaired) ReachOthers(i, 0);
        }

        while (_heap.TryPop(out var key, out var j))
        {
            if (key > _label[j]) continue;
            losses[j] = key;
            foreach (var elder in EldersOf(j)) ReachOthers(elder, key);
        }

        return losses;
    }

    private void ReachOthers(int elder, long key)
    {
        var offset = key - OwnCost(elder);
        for (var a = _first[elder]; a < _first[elder] + _count[elder]; a++)
        {
            if (a != _arcOf[elder] && _arcCost[a] < Forbidden) Reach(_arcTo[a], offset + _arcCost[a] + _price[_arcTo[a]], elder, a);
        }
    }

    private void Reach(int volunteer, long label, int elder, int arc)
    {
        if (_mark[volunteer] == _stamp && label >= _label[volunteer]) return;
        _mark[volunteer] = _stamp;
        _label[volunteer] = label;
        _viaElder[volunteer] = elder;
        _viaArc[volunteer] = arc;
        _heap.Push(label, volunteer);
    }

    /// <summary>Reads the chain backwards; its first link is the elder who leaves the wanted volunteer.</summary>
    private WhatIfLoss Chain(int elder, int wanted, long loss, PathEnd end)
    {
        var (moves, displaced, to, cost) = (0, -1, -1, 0L);
        var j = end.Volunteer;
        if (end.Elder >= 0)
        {
            (moves, displaced, j) = (1, end.Elder, VolunteerOf(end.Elder));
            cost = _unpaired[end.Elder];
        }

        while (j >= 0 && j != wanted)
        {
            moves++;
            (displaced, to, cost) = (_viaElder[j], j, _arcCost[_viaArc[j]]);
            j = VolunteerOf(displaced);
        }

        return new WhatIfLoss(loss, displaced, to, displaced < 0 ? 0 : cost - _arcCost[_arcOf[displaced]], moves);
    }

    private readonly record struct WhatIfLoss(long Loss, int Displaced, int DisplacedTo, long DisplacedLoss, int Moves);
}
