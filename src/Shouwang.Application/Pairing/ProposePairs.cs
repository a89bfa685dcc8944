using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Proposes who is paired with whom in an area or at a point: the cheapest way, with a proof that it is and a reason for each
/// pair. 撮合结对</summary>
public sealed class ProposePairs(Workspace work, PersonVault vault, Rulebook rulebook)
{
    private const string NoneAsWished = "none-as-wished";
    private const string NoConsent = "no-consent";
    private const string BedriddenFull = "bedridden-full";

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
        if (!unit.Actor.May(Permission.ProposePairs, command.Area)) return CommonRefusals.MayNot(unit.Actor, command.Area);
        if (command.Point is { } point && !await unit.Db.Places.AnyAsync(p => p.Id == point && p.Kind == PlaceKind.Point, ct))
            return PlaceRefusals.NotFound;
        var rules = rulebook.At(command.Area, Days.Of(unit.Now));
        var board = await new BoardReader(unit.Db, vault, rules).Read(command.Area, command.Point, command.Anew, ct);
        if (board.Elders.Count + board.Apart.Count == 0) return PairingRefusals.NobodyToPair;

        var (plain, price) = (PairingBoard.Problem(board.Elders, board.Helpers, board.Bonds, rules), new BoardPrices(rules));
        var side = SideRulesSolver.Solve(plain, PairingBoard.Side(board.Elders, board.Helpers, price), ct);
        var (plan, reasons) = (side.Session.Plan(), side.Session.Reasons());

        await Forget(unit.Db, board, ct);
        var found = new Found(command.Id, board, new(board, plan, price)) { Barred = [.. side.Forbade.Select(f => f.Elder)] };
        foreach (var reason in reasons) found.Keep(reason);
        foreach (var elder in board.Apart) found.Leave(elder, NoConsent);
        await unit.Enter(found.Fresh, (_, _) => { }, ct);
        var elders = board.Elders.Count + board.Apart.Count;
        return new Receipt(
            elders, plan.Paired, found.Unpaired, plan.Cost, PairingCertificate.Check(side.Session.Problem(), plan).Holds, side.Loss);
    }

    /// <summary>An earlier proposal for the same elders gives way to this one.</summary>
    private static async Task Forget(ShouwangDb db, BoardReader.Board board, CancellationToken ct)
    {
        var elders = board.Elders.Concat(board.Apart).Select(e => e.Person).ToArray();
        await db.Pairs.Where(p => p.State == PairState.Proposed && elders.Contains(p.Elder)).ExecuteDeleteAsync(ct);
        await db.PairingGaps.Where(g => elders.Contains(g.Elder)).ExecuteDeleteAsync(ct);
    }

    /// <summary>What the computation found: pairs to propose, and elders left without one.</summary>
    private sealed class Found(Id<ProposePairs> command, BoardReader.Board board, BoardReasons grounds)
    {
        public List<Entity> Fresh { get; } = [];

        public List<Unpaired> Unpaired { get; } = [];

        /// <summary>Elders who were sent away from a helper who has a bed-ridden one.</summary>
        public required HashSet<int> Barred { get; init; }

        public void Keep(PairingReason reason)
        {
            var elder = board.Elders[reason.Elder];
            if (reason.Paired < 0)
            {
                Leave(elder, elder.Wish.Asks ? NoneAsWished : IsBarred(reason) ? BedriddenFull : RuleWords.Kebab($"{reason.Kind}"));
                return;
            }

            var helper = board.Helpers[reason.Paired];
            if (board.Bonds.Present.Contains((elder.Person, helper.Person))) return;
            var id = new Id<Pair>(DerivedId.Of(command.Value, elder.Person.ToString()));
            Fresh.Add(new Pair(id, elder.Village, elder.Person, helper.Person, elder.Point).Because(grounds.Of(reason)));
        }

        private bool IsBarred(PairingReason reason)
        {
            var elder = board.Elders[reason.Elder];
            return Barred.Contains(reason.Elder)
                || (elder.IsBedridden && board.Helpers.Any(h => h.Village == elder.Village && h is { Free: > 0, BedriddenFree: <= 0 }));
        }

        public void Leave(BoardSeat elder, string why)
        {
            Fresh.Add(new PairingGap(elder.Person, elder.Village, why));
            Unpaired.Add(new(elder.Person, $"pairing.reason.{why}"));
        }
    }
}
