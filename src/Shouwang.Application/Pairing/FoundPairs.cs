using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>What the computation found, village after village: pairs to propose, and elders left without one. 撮合结果</summary>
internal sealed class FoundPairs(Id<ProposePairs> command)
{
    private const string NoneAsWished = "none-as-wished";
    private const string NoConsent = "no-consent";
    private const string BedriddenFull = "bedridden-full";

    private readonly List<ProposePairs.Unpaired> _unpaired = [];

    public List<Entity> Fresh { get; } = [];

    public ProposePairs.Receipt Receipt { get; private set; } = new(0, 0, [], 0, true, 0);

    /// <summary>Pairs one village by its rules. What it costs adds up; the whole is proven where each village is.</summary>
    public void Solve(BoardReader.Board village, RulesInForce rules, CancellationToken ct)
    {
        var price = new BoardPrices(rules);
        var plain = PairingBoard.Problem(village.Elders, village.Helpers, village.Bonds, rules);
        var side = SideRulesSolver.Solve(plain, PairingBoard.Side(village.Elders, village.Helpers, price), ct);
        var (plan, reasons) = (side.Session.Plan(), side.Session.Reasons());

        var (barred, grounds) = (side.Forbade.Select(f => f.Elder).ToHashSet(), new BoardReasons(village, plan, price));
        foreach (var reason in reasons)
        {
            if (reason.Paired >= 0) Propose(village, reason, grounds);
            else Leave(village.Elders[reason.Elder], WhyNobody(village, reason, barred));
        }

        foreach (var elder in village.Apart) Leave(elder, NoConsent);
        Receipt = new(
            Receipt.Elders + village.Elders.Count + village.Apart.Count, Receipt.Paired + plan.Paired, _unpaired, Receipt.Cost + plan.Cost,
            Receipt.Optimal && PairingCertificate.Check(side.Session.Problem(), plan).Holds, Receipt.SideLoss + side.Loss);
    }

    private void Propose(BoardReader.Board village, PairingReason reason, BoardReasons grounds)
    {
        var (elder, helper) = (village.Elders[reason.Elder], village.Helpers[reason.Paired]);
        if (village.Bonds.Present.Contains((elder.Person, helper.Person))) return;
        var id = new Id<Pair>(DerivedId.Of(command.Value, elder.Person.ToString()));
        Fresh.Add(new Pair(id, elder.Village, elder.Person, helper.Person, elder.Point).Because(grounds.Of(reason)));
    }

    /// <param name="barred">Elders who were sent away from a helper who has a bed-ridden one.</param>
    private static string WhyNobody(BoardReader.Board village, PairingReason reason, HashSet<int> barred)
    {
        var elder = village.Elders[reason.Elder];
        if (elder.Wish.Asks) return NoneAsWished;
        var isBarred = barred.Contains(reason.Elder)
            || (elder.IsBedridden && village.Helpers.Any(h => h is { Free: > 0, BedriddenFree: <= 0 }));
        return isBarred ? BedriddenFull : RuleWords.Kebab($"{reason.Kind}");
    }

    private void Leave(BoardSeat elder, string why)
    {
        Fresh.Add(new PairingGap(elder.Person, elder.Village, why));
        _unpaired.Add(new(elder.Person, $"pairing.reason.{why}"));
    }
}
