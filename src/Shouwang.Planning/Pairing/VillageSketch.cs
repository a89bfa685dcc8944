namespace Shouwang.Planning.Pairing;

/// <summary>
/// Made-up villages for benchmarks and demonstrations: homes scattered around village centres, the same for the same seed. 村庄样图
/// </summary>
public sealed record VillageSketch(MapPoint[] Elders, MapPoint[] Volunteers)
{
    private const int EldersPerVillage = 50;
    private const int SquareMetresPerVillage = 2000 * 2000;
    private const int HomeSpreadMetres = 250;

    /// <summary>
    /// Villages of 50 elders each on a square map, volunteers drawn to villages by lot, so that some villages have too few.
    /// </summary>
    public static VillageSketch Draw(int elders, int volunteers, int seed)
    {
        var random = new Random(seed);
        var villages = Math.Max(1, (elders + EldersPerVillage - 1) / EldersPerVillage);
        var side = (int)Math.Sqrt((double)villages * SquareMetresPerVillage);
        var centres = new MapPoint[villages];
        for (var v = 0; v < villages; v++) centres[v] = new MapPoint(random.Next(side), random.Next(side));
        var homes = new MapPoint[elders];
        for (var i = 0; i < elders; i++) homes[i] = Near(centres[i / EldersPerVillage], random);
        var helpers = new MapPoint[volunteers];
        for (var j = 0; j < volunteers; j++) helpers[j] = Near(centres[random.Next(villages)], random);
        return new VillageSketch(homes, helpers);
    }

    /// <summary>
    /// The pairing problem of this sketch: <paramref name="candidates"/> nearest volunteers, <paramref name="places"/> elders per volunteer
    /// at most, each further elder of one volunteer costing <paramref name="loadStep"/> more; staying unpaired costs 1,000,000.
    /// </summary>
    public PairingProblem ToProblem(int candidates, int places = 3, long loadStep = 0)
    {
        var (first, to, cost) = CandidateGrid.Nearest(Elders, Volunteers, candidates);
        var capacity = new int[Volunteers.Length];
        var load = new long[Volunteers.Length * places];
        var unpaired = new long[Elders.Length];
        Array.Fill(capacity, places);
        Array.Fill(unpaired, 1_000_000);
        for (var u = 0; u < load.Length; u++) load[u] = u % places * loadStep;
        return new PairingProblem(Elders.Length, Volunteers.Length, first, to, cost, capacity, load, unpaired);
    }

    private static MapPoint Near(MapPoint centre, Random random) =>
        new(centre.X + Scatter(random), centre.Y + Scatter(random));

    // Sum of three uniform draws: a bell shape without logarithms, the same on every machine.
    private static int Scatter(Random random) =>
        random.Next(-HomeSpreadMetres, HomeSpreadMetres) + random.Next(-HomeSpreadMetres, HomeSpreadMetres) +
        random.Next(-HomeSpreadMetres, HomeSpreadMetres);
}
