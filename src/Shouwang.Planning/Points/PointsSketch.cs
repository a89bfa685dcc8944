using Shouwang.Planning.Pairing;

namespace Shouwang.Planning.Points;

/// <summary>Made-up hamlets and possible sites for benchmarks and demonstrations, the same for the same seed. 互助点样图</summary>
public static class PointsSketch
{
    private const int EldersPerHamlet = 12;
    private const int MetresBetweenSites = 700;

    /// <summary>
    /// Hamlets of twelve near the sites, 1,500 m walking limit, 10 to 40 elders per point, 4,000 metre-units per opening (± a quarter),
    /// 600 per split.
    /// </summary>
    public static PointsProblem Draw(int elders, int sites, int seed)
    {
        var random = new Random(seed);
        var side = (int)(Math.Sqrt(sites) * MetresBetweenSites) + 1;
        var at = new MapPoint[sites];
        for (var s = 0; s < sites; s++) at[s] = new MapPoint(random.Next(side), random.Next(side));
        var home = new MapPoint[elders];
        var hamlet = new int[elders];
        var centre = default(MapPoint);
        for (var i = 0; i < elders; i++)
        {
            if (i % EldersPerHamlet == 0) centre = Near(at[i / EldersPerHamlet % sites], 700, random);
            (home[i], hamlet[i]) = (Near(centre, 200, random), i / EldersPerHamlet);
        }

        var (first, to, cost) = CandidateGrid.Nearest(home, at, sites, 1500);
        var open = new long[sites];
        for (var s = 0; s < sites; s++) open[s] = random.Next(3000, 5000);
        return new PointsProblem(first, to, cost, Same(sites, 10), Same(sites, 40), open, hamlet, 600);
    }

    private static int[] Same(int count, int value)
    {
        var all = new int[count];
        Array.Fill(all, value);
        return all;
    }

    private static MapPoint Near(MapPoint centre, int reach, Random random) =>
        new(centre.X + random.Next(-reach, reach + 1), centre.Y + random.Next(-reach, reach + 1));
}
