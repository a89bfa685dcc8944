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
    /// <summary>How many elders a helper has who stay whatever the proposal says.</summary>
    public int Has { get; init; }

    /// <summary>Under whose roof an elder lives.</summary>
    public Id<Household>? Household { get; init; }

    /// <summary>Whether an elder is bed-ridden (rule pairing.bedridden-from-level).</summary>
    public bool IsBedridden { get; init; }

    /// <summary>How many bed-ridden elders a helper may still have (rule pairing.max-bedridden); as many as one likes where it is unpaid
    /// help only that is limited.</summary>
    public int BedriddenFree { get; init; } = int.MaxValue;

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
    IReadOnlySet<(Id<Person>, Id<Person>)> Neighbours, IReadOnlySet<(Id<Person>, Id<Person>)> Present)
{
    /// <summary>Elder and helper who comes to somebody under the same roof, and goes on coming whatever the proposal says.</summary>
    public IReadOnlySet<(Id<Person>, Id<Person>)> Roofs { get; init; } = new HashSet<(Id<Person>, Id<Person>)>();

    /// <summary>Those of the elders of one village after the other.</summary>
    public Func<AreaCode, BoardBonds> Among(IEnumerable<BoardSeat> elders)
    {
        var homes = elders.ToDictionary(e => e.Person, e => e.Village);
        ILookup<AreaCode, (Id<Person>, Id<Person>)> Of(IReadOnlySet<(Id<Person>, Id<Person>)> bonds) =>
            bonds.Where(b => homes.ContainsKey(b.Item1)).ToLookup(b => homes[b.Item1]);
        var (refused, kin, neighbours, present, roofs) = (Of(Refused), Of(Kin), Of(Neighbours), Of(Present), Of(Roofs));
        return v => new(refused[v].ToHashSet(), kin[v].ToHashSet(), neighbours[v].ToHashSet(), present[v].ToHashSet())
        {
            Roofs = roofs[v].ToHashSet(),
        };
    }
}

/// <summary>Turns a village into a pairing problem: which helper could visit which elder, and how far that is. 结对问题的建立</summary>
/// <remarks>A cost is a distance in metres; where a home's place is unknown, the villagers' group stands for it, and what speaks for a
/// pair is worth metres too (rules pairing.*).</remarks>
internal static class PairingBoard
{
    public static PairingProblem Problem(
        IReadOnlyList<BoardSeat> elders, IReadOnlyList<BoardSeat> helpers, BoardBonds bonds, RulesInForce rules)
    {
        var price = new BoardPrices(rules);
        var bound = new ElderBonds(helpers, bonds, price);
        var near = Enumerable.Range(0, helpers.Count).Where(j => helpers[j].Free > 0).ToLookup(j => helpers[j].Village);
        var most = elders.Sum(e => near[e.Village].Count());
        var (first, to, cost) = (new List<int> { 0 }, new List<int>(most), new List<long>(most));
        foreach (var elder in elders)
        {
            bound.To(elder.Person);
            foreach (var j in near[elder.Village])
            {
                var helper = helpers[j];
                if (elder.IsBedridden && helper.BedriddenFree <= 0) continue;
                if (bound.IsRefused(j) || helper.Person == elder.Person || !elder.Wish.SuitedBy(helper.Sex, helper.Skills)) continue;
                var metres = price.Way(elder, helper);
                if (metres > price.Farthest) continue;
                to.Add(j);
                cost.Add(metres - bound.Worth(j));
            }

            first.Add(to.Count);
        }

        return new(
            elders.Count, helpers.Count, [.. first], [.. to], [.. cost], [.. helpers.Select(v => v.Free)],
            [.. helpers.SelectMany(v => Enumerable.Range(v.Has, v.Free).Select(k => (long)k * price.LoadStep))],
            [.. elders.Select(_ => price.Unpaired)]);
    }

    /// <summary>What no flow can say: who lives under one roof, and who is bed-ridden.</summary>
    public static SideRules Side(IReadOnlyList<BoardSeat> elders, IReadOnlyList<BoardSeat> helpers, BoardPrices price) => new(
        [
            .. Enumerable.Range(0, elders.Count).Where(i => elders[i].Household is not null).GroupBy(i => elders[i].Household!.Value)
                .Select(g => g.ToArray()).Where(roof => roof.Length > 1),
        ],
        price.Household, [.. Enumerable.Range(0, elders.Count).Where(i => elders[i].IsBedridden)],
        [.. helpers.Select(h => h.BedriddenFree)]);
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

    /// <summary>What it costs to leave an elder without a pair: far more than any way.</summary>
    public long Unpaired { get; } = (long)rules.Int("pairing.unpaired") * rules.Int("pairing.farthest") / 100;

    /// <summary>What it is worth that one helper comes to a couple, or to all under one roof.</summary>
    public int Household { get; } = rules.Int("pairing.household");

    /// <summary>The way between two homes; null where the place of one is not known.</summary>
    public static long? Between(BoardSeat elder, BoardSeat helper) =>
        elder.Spot is { } a && helper.Spot is { } b ? Metres(a.X - b.X, a.Y - b.Y) : null;

    /// <summary>How far the helper has to go.</summary>
    public long Way(BoardSeat elder, BoardSeat helper)
    {
        var way = Between(elder, helper) ?? (elder.Group == helper.Group ? _sameGroup : _otherGroup);
        var apart = elder.Point is { } own && helper.Point is { } other && own != other;
        return way + (apart ? _otherPoint : 0);
    }

    /// <summary>Each pair for which something speaks, and what it is worth.</summary>
    public IEnumerable<((Id<Person> Elder, Id<Person> Helper) Pair, int Worth)> Worths(BoardBonds bonds) =>
    [
        .. bonds.Kin.Select(p => (p, _kin)), .. bonds.Neighbours.Select(p => (p, _neighbour)),
        .. bonds.Present.Select(p => (p, _present)), .. bonds.Roofs.Select(p => (p, Household)),
    ];

    /// <summary>What speaks for a pair, as far as the rules give it weight.</summary>
    public PairBonds BondsOf((Id<Person> Elder, Id<Person> Helper) pair, BoardBonds bonds) =>
        (_kin > 0 && bonds.Kin.Contains(pair) ? PairBonds.Kin : 0)
        | (_neighbour > 0 && bonds.Neighbours.Contains(pair) ? PairBonds.Neighbour : 0)
        | (_present > 0 && bonds.Present.Contains(pair) ? PairBonds.Present : 0)
        | (Household > 0 && bonds.Roofs.Contains(pair) ? PairBonds.Household : 0);

    private static long Metres(double east, double north) => (long)Math.Sqrt((east * east) + (north * north));
}

/// <summary>What binds or parts one elder and each helper. Of the hundreds of a township hardly any is bound to an elder, so nobody is
/// looked up one by one. 老人结对关系</summary>
internal sealed class ElderBonds
{
    private readonly ILookup<Id<Person>, int> _refused;
    private readonly ILookup<Id<Person>, (int Helper, int Worth)> _worths;
    private readonly HashSet<int> _no = [];
    private readonly long[] _worth;

    public ElderBonds(IReadOnlyList<BoardSeat> helpers, BoardBonds bonds, BoardPrices price)
    {
        _worth = new long[helpers.Count];
        var places = helpers.Select((h, j) => (h.Person, j)).ToDictionary(h => h.Person, h => h.j);
        _refused = bonds.Refused.Where(p => places.ContainsKey(p.Helper)).ToLookup(p => p.Elder, p => places[p.Helper]);
        _worths = price.Worths(bonds).Where(w => places.ContainsKey(w.Pair.Helper))
            .ToLookup(w => w.Pair.Elder, w => (places[w.Pair.Helper], w.Worth));
    }

    /// <summary>From now on it is about this elder.</summary>
    public void To(Id<Person> elder)
    {
        Array.Clear(_worth);
        _no.Clear();
        _no.UnionWith(_refused[elder]);
        foreach (var (helper, worth) in _worths[elder]) _worth[helper] += worth;
    }

    /// <summary>Whether one of the two said no to the other.</summary>
    public bool IsRefused(int helper) => _no.Count > 0 && _no.Contains(helper);

    /// <summary>What speaks for the two, in metres.</summary>
    public long Worth(int helper) => _worth[helper];
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
