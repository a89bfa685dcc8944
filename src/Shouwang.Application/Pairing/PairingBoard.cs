using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Someone on the pairing board: who, where they live, to which point they belong. 结对候选</summary>
/// <param name="Spot">Position in metres on a local map, where the home's coordinates are known.</param>
/// <param name="Free">Places left, for a volunteer.</param>
internal sealed record BoardSeat(Id<Person> Person, AreaCode Village, string Group, Id<Place>? Point, MapPoint? Spot, int Free);

/// <summary>Turns a village into a pairing problem: which volunteer could visit which elder, and how far that is. 结对问题的建立</summary>
/// <remarks>A cost is a distance in metres; where a home's place is unknown, the villagers' group stands for it (rules
/// pairing.*).</remarks>
internal static class PairingBoard
{
    public static PairingProblem Problem(IReadOnlyList<BoardSeat> elders, IReadOnlyList<BoardSeat> volunteers, RulesInForce rules)
    {
        var (first, to, cost) = (new List<int> { 0 }, new List<int>(), new List<long>());
        var farthest = rules.Int("pairing.farthest");
        var near = Enumerable.Range(0, volunteers.Count).ToLookup(j => volunteers[j].Village);
        foreach (var elder in elders)
        {
            foreach (var j in near[elder.Village].Where(j => volunteers[j].Free > 0 && volunteers[j].Person != elder.Person))
            {
                var metres = Metres(elder, volunteers[j], rules);
                if (metres > farthest) continue;
                to.Add(j);
                cost.Add(metres);
            }

            first.Add(to.Count);
        }

        var step = rules.Int("pairing.load-step");
        return new(
            elders.Count, volunteers.Count, [.. first], [.. to], [.. cost], [.. volunteers.Select(v => v.Free)],
            [.. volunteers.SelectMany(v => Enumerable.Range(0, v.Free).Select(k => (long)k * step))],
            [.. elders.Select(_ => 10L * farthest)]);
    }

    private static long Metres(BoardSeat elder, BoardSeat volunteer, RulesInForce rules)
    {
        var way = elder.Spot is { } a && volunteer.Spot is { } b
            ? (long)Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2))
            : rules.Int(elder.Group == volunteer.Group ? "pairing.same-group" : "pairing.other-group");
        var apart = elder.Point is { } own && volunteer.Point is { } other && own != other;
        return way + (apart ? rules.Int("pairing.other-point") : 0);
    }
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
