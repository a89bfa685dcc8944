using System.Diagnostics;
using Google.OrTools.Graph;
using Shouwang.Planning.Pairing;

namespace Shouwang.Benchmarks;

/// <summary>The pairing engine beside OR-Tools' min-cost flow in one run: same problem, processor seconds, equal cost demanded.</summary>
internal static class PairingBench
{
    private static readonly (int Elders, int Volunteers)[] s_sizes =
        [(50, 22), (2_000, 900), (100_000, 45_000), (100_000, 39_216), (100_000, 36_000), (100_000, 34_014), (100_000, 30_000)];

    /// <summary>Writes one Markdown row per size; the mean of so many seeds.</summary>
    public static void Run(TextWriter output, int seeds, bool judge)
    {
        PairingSolver.Solve(VillageSketch.Draw(500, 200, 1).ToProblem(20));
        output.Write("| elders / volunteers / candidates | load | paired | cost (seed 1) | own solve, CPU s | certificate ");
        output.WriteLine("| OR-Tools solve, CPU s | cost equal |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (elders, volunteers) in s_sizes) Row(output, elders, volunteers, seeds, judge);
        Changes(output, 100_000, 39_216);
        output.WriteLine($"Peak working set of the whole run: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB.");
    }

    private static void Row(TextWriter output, int elders, int volunteers, int seeds, bool judge)
    {
        var (own, theirs, first, paired, equal, holds) = (0.0, 0.0, 0L, 0, true, true);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var problem = VillageSketch.Draw(elders, volunteers, seed).ToProblem(20);
            var start = Cpu();
            var plan = PairingSolver.Solve(problem);
            own += Cpu() - start;
            holds &= PairingCertificate.Check(problem, plan).Holds;
            if (seed == 1) (first, paired) = (plan.Cost, plan.Paired);
            if (!judge || seed > 1) continue;
            var flow = Network(problem);
            start = Cpu();
            flow.Solve();
            theirs += Cpu() - start;
            equal &= flow.OptimalCost() == plan.Cost;
        }

        var rival = judge ? $"{theirs:F3} | {(equal ? "yes" : "NO")}" : "– | –";
        output.Write($"| {elders:N0} / {volunteers:N0} / 20 | {elders / (3.0 * volunteers):P0} | {paired:N0} | {first:N0} ");
        output.WriteLine($"| {own / seeds:F3} | {(holds ? "holds" : "FAILS")} | {rival} |");
    }

    private static void Changes(TextWriter output, int elders, int volunteers)
    {
        var problem = VillageSketch.Draw(elders, volunteers, 1).ToProblem(20);
        var session = new PairingSession(problem);
        session.SolveAll();
        session.RemoveElder(0);
        var random = new Random(7);
        var (worst, sum, moved) = (0.0, 0.0, 0);
        for (var k = 0; k < 1000; k++)
        {
            var elder = random.Next(elders);
            var (candidates, costs) = session.ArcsOf(elder);
            random.Shuffle(costs);
            var start = Stopwatch.GetTimestamp();
            moved += session.ChangeElder(elder, candidates, costs, session.UnpairedCostOf(elder)).Count;
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            (worst, sum) = (Math.Max(worst, took), sum + took);
        }

        var holds = PairingCertificate.Check(session.Problem(), session.Plan()).Holds;
        output.WriteLine();
        output.Write($"One elder changed and re-paired, 1,000 times in {elders:N0}: mean {sum / 1000:F3} ms, worst {worst:F2} ms, ");
        output.WriteLine($"{moved / 1000.0:F2} elders move; certificate {(holds ? "holds" : "FAILS")}.");
    }

    private static MinCostFlow Network(PairingProblem p)
    {
        var flow = new MinCostFlow();
        var sink = p.Elders + p.Volunteers;
        for (var i = 0; i < p.Elders; i++)
        {
            flow.SetNodeSupply(i, 1);
            flow.AddArcWithCapacityAndUnitCost(i, sink, 1, p.UnpairedCost[i]);
            for (var a = p.FirstArc[i]; a < p.FirstArc[i + 1]; a++)
            {
                flow.AddArcWithCapacityAndUnitCost(i, p.Elders + p.ArcVolunteer[a], 1, p.ArcCost[a]);
            }
        }

        for (var j = 0; j < p.Volunteers; j++) flow.AddArcWithCapacityAndUnitCost(p.Elders + j, sink, p.Capacity[j], 0);
        flow.SetNodeSupply(sink, -p.Elders);
        return flow;
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
