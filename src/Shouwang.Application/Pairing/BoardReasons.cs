using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Says of each proposed pair what speaks for it, and what having the better one would cost whom: in things a cadre can name, not
/// in the weights they were computed with. 结对理由</summary>
internal sealed class BoardReasons(BoardReader.Board board, PairingPlan plan, BoardPrices price)
{
    private readonly int[] _load = LoadOf(board, plan);

    private readonly ILookup<Id<Household>, int> _roofs = Enumerable.Range(0, board.Elders.Count)
        .Where(i => board.Elders[i].Household is not null).ToLookup(i => board.Elders[i].Household!.Value);

    /// <summary>The ground of one elder's pair.</summary>
    public PairGround Of(PairingReason reason)
    {
        var (elder, helper) = (board.Elders[reason.Elder], board.Helpers[reason.Paired]);
        var ground = new PairGround(RuleWords.Kebab($"{reason.Kind}"), BondsOf(reason.Elder, reason.Paired))
        {
            Way = BoardPrices.Between(elder, helper), ByGroup = elder.IsUnlocated || helper.IsUnlocated,
        };
        if (reason.Better < 0) return ground;

        var better = board.Helpers[reason.Better];
        return Displaced(reason, ground) with
        {
            Better = better.Person, BetterHas = better.Has + _load[reason.Better], PlanLoss = reason.PlanLoss,
            Nearer = Math.Max(0, Farther(elder, from: better, to: helper)),
            BetterBonds = Only(reason.Elder, reason.Better, reason.Paired),
        };
    }

    private PairGround Displaced(PairingReason reason, PairGround ground)
    {
        if (reason.Displaced < 0) return ground;
        var (elder, from) = (board.Elders[reason.Displaced], board.Helpers[reason.Better]);
        if (reason.DisplacedTo < 0) return ground with { Displaced = elder.Person };
        return ground with
        {
            Displaced = elder.Person, Farther = Math.Max(0, Farther(elder, from, board.Helpers[reason.DisplacedTo])),
            Lost = Only(reason.Displaced, reason.Better, reason.DisplacedTo),
        };
    }

    /// <summary>How much longer the way to the second is; 0 where a home's place is not known.</summary>
    private static long Farther(BoardSeat elder, BoardSeat from, BoardSeat to) =>
        BoardPrices.Between(elder, from) is { } near && BoardPrices.Between(elder, to) is { } far ? far - near : 0;

    private PairBonds BondsOf(int i, int j)
    {
        var (elder, helper) = (board.Elders[i], board.Helpers[j]);
        var bonds = price.BondsOf((elder.Person, helper.Person), board.Bonds);
        if (elder.Wish.Asks) bonds |= PairBonds.Wished;
        if (price.Household > 0 && elder.Household is { } roof && _roofs[roof].Any(o => o != i && plan.Volunteer[o] == j))
            bonds |= PairBonds.Household;
        return BoardPrices.Between(elder, helper) is null && elder.Group == helper.Group ? bonds | PairBonds.Group : bonds;
    }

    /// <summary>What speaks for one helper and not for another. Whoever is a candidate is as wished.</summary>
    private PairBonds Only(int elder, int one, int other)
    {
        var bonds = BondsOf(elder, one) & ~BondsOf(elder, other) & ~PairBonds.Wished;
        return board.Elders[elder].Point is { } own && board.Helpers[one].Point == own && board.Helpers[other].Point != own
            ? bonds | PairBonds.Point : bonds;
    }

    private static int[] LoadOf(BoardReader.Board board, PairingPlan plan)
    {
        var load = new int[board.Helpers.Count];
        foreach (var j in plan.Volunteer.Where(j => j >= 0)) load[j]++;
        return load;
    }
}
