using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Someone on the pairing board: who, where they live, to which point they belong. 结对候选</summary>
/// <param name="Spot">Position in metres on a local map, where the home's coordinates are known.</param>
/// <param name="Free">Places left, for a helper.</param>
internal sealed record BoardSeat(Id<Person> Person, AreaCode Village, string Group, Id<Place>? Point, MapPoint? Spot, int Free)
{
    /// <summary>What an elder asks of whoever comes.</summary>
    public PairingWish Wish { get; init; }

    public Sex Sex { get; init; }

    /// <summary>What a helper can do.</summary>
    public Skills Skills { get; init; }

    /// <summary>Whether they took back the consent to coordinates: their group stands for the home.</summary>
    public bool IsUnlocated { get; init; }
}

/// <summary>What binds or parts two people, from the pairs and relations that are known. 结对关系</summary>
/// <param name="Refused">Elder and helper of whom one said no to the other: never proposed again.</param>
/// <param name="Kin">Elder and helper who are related.</param>
/// <param name="Neighbours">Elder and helper who are known to be neighbours.</param>
/// <param name="Present">Elder and helper who are a pair today.</param>
internal sealed record BoardBonds(
    IReadOnlySet<(Id<Person> Elder, Id<Person> Helper)> Refused, IReadOnlySet<(Id<Person>, Id<Person>)> Kin,
    IReadOnlySet<(Id<Person>, Id<Person>)> Neighbours, IReadOnlySet<(Id<Person>, Id<Person>)> Present);

/// <summary>Turns a village into a pairing problem: which helper could visit which elder, and how far that is. 结对问题的建立</summary>
/// <remarks>A cost is a distance in metres; where a home's place is unknown, the villagers' group stands for it, and what speaks for a
/// pair is worth metres too (rules pairing.*).</remarks>
internal static class PairingBoard
{
    public static PairingProblem Problem(
        IReadOnlyList<BoardSeat> elders, IReadOnlyList<BoardSeat> helpers, BoardBonds bonds, RulesInForce rules)
    {
        var (first, to, cost) = (new List<int> { 0 }, new List<int>(), new List<long>());
        var price = new BoardPrices(rules);
        var near = Enumerable.Range(0, helpers.Count).ToLookup(j => helpers[j].Village);
        foreach (var elder in elders)
        {
            foreach (var j in near[elder.Village].Where(j => helpers[j].Free > 0 && helpers[j].Person != elder.Person))
            {
                var pair = (elder.Person, helpers[j].Person);
                if (bonds.Refused.Contains(pair) || !elder.Wish.SuitedBy(helpers[j].Sex, helpers[j].Skills)) continue;
                var metres = price.Way(elder, helpers[j]);
                if (metres > price.Farthest) continue;
                to.Add(j);
                cost.Add(metres - price.Worth(pair, bonds));
            }

            first.Add(to.Count);
        }

        return new(
            elders.Count, helpers.Count, [.. first], [.. to], [.. cost], [.. helpers.Select(v => v.Free)],
            [.. helpers.SelectMany(v => Enumerable.Range(0, v.Free).Select(k => (long)k * price.LoadStep))],
            [.. elders.Select(_ => 10L * price.Farthest)]);
    }
}

/// <summary>What the rules say a pair costs and is worth, in metres. 结对权重</summary>
internal sealed class BoardPrices(RulesInForce rules)
{
    private readonly int _sameGroup = rules.Int("pairing.same-group");
    private readonly int _otherGroup = rules.Int("pairing.other-group");
    private readonly int _otherPoint = rules.Int("pairing.other-point");
    private readonly int _kin = rules.Int("pairing.kin");
    private readonly int _neighbour = rules.Int("pairing.neighbour");
    private readonly int _present = rules.Int("pairing.present-pair");

    public int Farthest { get; } = rules.Int("pairing.farthest");

    public int LoadStep { get; } = rules.Int("pairing.load-step");

    /// <summary>How far the helper has to go.</summary>
    public long Way(BoardSeat elder, BoardSeat helper)
    {
        var way = elder.Spot is { } a && helper.Spot is { } b
            ? (long)Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2))
            : elder.Group == helper.Group ? _sameGroup : _otherGroup;
        var apart = elder.Point is { } own && helper.Point is { } other && own != other;
        return way + (apart ? _otherPoint : 0);
    }

    /// <summary>What speaks for a pair.</summary>
    public long Worth((Id<Person>, Id<Person>) pair, BoardBonds bonds) =>
        (bonds.Kin.Contains(pair) ? _kin : 0) + (bonds.Neighbours.Contains(pair) ? _neighbour : 0)
        + (bonds.Present.Contains(pair) ? _present : 0);
}

/// <summary>A home on a local map, metres east and north. </summary>
internal readonly record struct HomeSpotMetres(int East, int North)
{
    private const double MetresPerDegree = 111_320;

    public static HomeSpotMetres? Of(double? latitude, double? longitude) =>
        latitude is { } lat && longitude is { } lon
            ? new((int)(lon * MetresPerDegree * Math.Cos(lat * Math.PI / 180)), (int)(lat * MetresPerDegree))
            : null;
}
