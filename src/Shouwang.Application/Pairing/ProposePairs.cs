using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Pairing;

/// <summary>Proposes who is paired with whom in an area or at a point: the cheapest way, with a proof that it is and a reason for each
/// pair. Nobody is paired beyond the own village, so each village is worked out by its own rules. 撮合结对</summary>
public sealed class ProposePairs(Workspace work, PersonVault vault, Rulebook rulebook)
{
    /// <param name="Id">The command's id.</param>
    /// <param name="Area">Village, township or county.</param>
    public sealed record Command(Id<ProposePairs> Id, AreaCode Area) : ICommand
    {
        public Guid CommandId => Id.Value;

        /// <summary>Only the elders of this point.</summary>
        public Id<Place>? Point { get; init; }

        /// <summary>Asks anew about elders who have a pair already; present pairs weigh in favour of staying.</summary>
        public bool Anew { get; init; }
    }

    /// <param name="Unpaired">Elders for whom nobody was found, and why.</param>
    /// <param name="Cost">What the plan costs by the rules' weights; least possible where <paramref name="Optimal"/>.</param>
    /// <param name="Optimal">Whether the certificate proves that no cheaper plan exists by these weights, among those that keep the same
    /// households together and the same bed-ridden elders apart. Which ones those are is chosen well, not proven best.</param>
    /// <param name="SideLoss">By how much keeping households together and bed-ridden elders apart made the pairs dearer than the cheapest
    /// without; that one is proven, so nothing better than this much is left.</param>
    public sealed record Receipt(int Elders, int Paired, IReadOnlyList<Unpaired> Unpaired, long Cost, bool Optimal, long SideLoss);

    /// <summary>An elder left without a pair, and why.</summary>
    public sealed record Unpaired(Id<Person> Elder, string Reason);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Propose(unit, command, ct), ct);

    private async Task<Result<Receipt>> Propose(UnitOfWork unit, Command command, CancellationToken ct)
    {
        Patience.Lift();
        if (!unit.Actor.May(Permission.ProposePairs, command.Area)) return CommonRefusals.MayNot(unit.Actor, command.Area);
        if (command.Point is { } point && !await unit.Db.Places.AnyAsync(p => p.Id == point && p.Kind == PlaceKind.Point, ct))
            return PlaceRefusals.NotFound;
        var rules = new VillageRules(rulebook, Days.Of(unit.Now));
        var board = await new BoardReader(unit.Db, vault, rules).Read(command.Area, command.Point, command.Anew, ct);
        if (board.Elders.Count + board.Apart.Count == 0) return PairingRefusals.NobodyToPair;

        var found = new FoundPairs(command.Id);
        foreach (var (village, own) in board.ByVillage()) found.Solve(own, rules.Of(village), ct);

        await Forget(unit.Db, board, ct);
        await unit.Enter(found.Fresh, (_, _) => { }, ct);
        return found.Receipt;
    }

    /// <summary>An earlier proposal for the same elders gives way to this one.</summary>
    private static async Task Forget(ShouwangDb db, BoardReader.Board board, CancellationToken ct)
    {
        var elders = board.Elders.Concat(board.Apart).Select(e => e.Person).ToArray();
        await db.Pairs.Where(p => p.State == PairState.Proposed && elders.Contains(p.Elder)).ExecuteDeleteAsync(ct);
        await db.PairingGaps.Where(g => elders.Contains(g.Elder)).ExecuteDeleteAsync(ct);
    }
}
