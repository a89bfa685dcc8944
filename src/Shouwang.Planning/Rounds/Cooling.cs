namespace Shouwang.Planning.Rounds;

/// <summary>The schedule of one solve: how hot, how long, when searches meet, when to heat again.</summary>
internal sealed class Cooling(RoundsTables tables, RoundsSearch search, CancellationToken cancel)
{
    private const int Batch = 512;

    public static double Hot = 0.3;
    public static double Cold = 0.002;
    public static int Cycles = 1;
    public static double Reheat = 0.3;

    /// <summary>Runs the whole schedule.</summary>
    public RoundsPlan Run()
    {
        var annealer = new Annealer(tables, search.Seed);
        annealer.First();
        var scale = annealer.Roughness(200); if (Environment.GetEnvironmentVariable("DBG") != null) Console.Error.WriteLine($"scale {scale/3000:0.0} first {annealer.Cost/3000:0.0}");
        var start = 0.0;
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            var end = Cycles == 1 ? 1.0 : 0.5 + 0.5 * cycle / (Cycles - 1);
            var hot = scale * Hot * (cycle == 0 ? 1 : Reheat);
            if (cycle > 0) annealer.Return();
            while (!cancel.IsCancellationRequested)
            {
                var used = search.Budget.Used(annealer.Iterations);
                if (used >= end) break;
                var part = (used - start) / (end - start);
                annealer.Step(hot * Math.Pow(scale * Cold / hot, part), Batch);
            }
            start = end;
        }
        return annealer.Best();
    }
}
