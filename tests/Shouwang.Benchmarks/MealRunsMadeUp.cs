using System.Text;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Benchmarks;

/// <summary>
/// Seeded instances drawn as the public ones were (Solomon 1987; Uchoa et al. 2017), to see that the engine is not tuned to the few
/// files at hand.
/// </summary>
internal static class MealRunsMadeUp
{
    private const int Map = 1000;

    /// <summary>Three capacity instances and three with windows.</summary>
    public static IEnumerable<BenchInstance> All()
    {
        foreach (var (seed, stops, perRoute) in new[] { (1, 150, 5), (2, 220, 14), (3, 300, 22) })
        {
            yield return new BenchInstance("made-up capacity", $"m{stops}-{perRoute}", Capacity(seed, stops, perRoute), 20, double.NaN);
        }

        foreach (var (seed, stops, width, horizon) in new[] { (4, 100, 30, 230), (5, 100, 240, 1000), (6, 200, 480, 2500) })
        {
            var seconds = stops > 100 ? 20 : 10;
            var made = Windows(seed, stops, width, horizon);
            yield return new BenchInstance("made-up windows", $"w{stops}-{width}", made, seconds, double.NaN);
        }
    }

    /// <summary>Half the stops anywhere, half drawn near a few centres; demands 1–100; so many stops per full cart.</summary>
    public static RoutingInstance Capacity(int seed, int stops, int perRoute)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, random.Next(3, 9)).Select(_ => (X: random.Next(Map + 1), Y: random.Next(Map + 1))).ToArray();
        var text = new StringBuilder($"NAME : made-up\nTYPE : CVRP\nDIMENSION : {stops + 1}\nEDGE_WEIGHT_TYPE : EUC_2D\n");
        var demands = Enumerable.Range(0, stops).Select(_ => random.Next(1, 101)).ToArray();
        text.Append($"CAPACITY : {(int)Math.Ceiling((double)perRoute * demands.Sum() / stops)}\nNODE_COORD_SECTION\n");
        text.Append($"1 {random.Next(Map + 1)} {random.Next(Map + 1)}\n");
        for (var i = 0; i < stops; i++)
        {
            var (x, y) = i < stops / 2 ? (random.Next(Map + 1), random.Next(Map + 1)) : Near(random, centres[random.Next(centres.Length)]);
            text.Append($"{i + 2} {x} {y}\n");
        }

        text.Append("DEMAND_SECTION\n1 0\n");
        for (var i = 0; i < stops; i++)
        {
            text.Append($"{i + 2} {demands[i]}\n");
        }

        return CvrpFile.Read(text.Append("DEPOT_SECTION\n1\n-1\nEOF\n").ToString());
    }

    /// <summary>Stops anywhere around a central depot; three of four have a window of up to this width.</summary>
    public static RoutingInstance Windows(int seed, int stops, int width, int horizon)
    {
        var random = new Random(seed);
        var text = new StringBuilder($"made-up\n\nVEHICLE\nNUMBER CAPACITY\n{stops / 2} {(horizon > 500 ? 1000 : 200)}\n\nCUSTOMER\n");
        text.Append($"NO X Y DEMAND READY DUE SERVICE\n\n0 50 50 0 0 {horizon} 0\n");
        for (var i = 1; i <= stops; i++)
        {
            var (x, y) = (random.Next(101), random.Next(101));
            var away = (int)Math.Ceiling(Math.Sqrt(((x - 50) * (x - 50)) + ((y - 50) * (y - 50))));
            var (opens, closes) = (0, horizon - away - 10);
            if (random.Next(4) > 0)
            {
                var middle = random.Next(away, closes + 1);
                var half = random.Next(width / 4, (width / 2) + 1);
                (opens, closes) = (Math.Max(0, middle - half), Math.Min(closes, middle + half));
            }

            text.Append($"{i} {x} {y} {random.Next(1, 36)} {opens} {closes} 10\n");
        }

        return SolomonFile.Read(text.ToString(), DistanceRounding.Dimacs);
    }

    private static (int X, int Y) Near(Random random, (int X, int Y) centre)
    {
        var away = -40 * Math.Log(1 - random.NextDouble());
        var angle = 2 * Math.PI * random.NextDouble();
        var (x, y) = ((int)(centre.X + (away * Math.Cos(angle))), (int)(centre.Y + (away * Math.Sin(angle))));
        return (Math.Clamp(x, 0, Map), Math.Clamp(y, 0, Map));
    }
}
