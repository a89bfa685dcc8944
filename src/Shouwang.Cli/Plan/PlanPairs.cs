using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Shouwang.Planning.Pairing;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan pairs`: pairs a made-up county of clustered villages and shows time, memory, cost and proof. 结对规划</summary>
internal static class PlanPairs
{
    /// <summary>Builds the command.</summary>
    internal static Command Create()
    {
        var elders = new Option<int>("--elders") { Description = "Number of elders.", Required = true };
        var volunteers = new Option<int>("--volunteers") { Description = "Number of volunteers, three elders each.", Required = true };
        var candidates = new Option<int>("--candidates") { Description = "Nearest volunteers per elder.", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "Seed of the made-up villages.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var files = (Problem: PlanFiles.Problem(), Out: PlanFiles.Out());
        foreach (var count in new[] { elders, volunteers, candidates })
        {
            count.Validators.Add(result =>
            {
                if (result.Tokens.Count == 0 || result.GetValueOrDefault<int>() is >= 1 and <= 10_000_000) return;
                result.AddError($"{count.Name} is 1 to 10,000,000.");
            });
        }

        var command = new Command("pairs", "Pair elders with volunteers on made-up villages of 50.")
        {
            elders, volunteers, candidates, seed, json, files.Problem, files.Out,
        };
        command.SetAction(asked =>
        {
            var size = (asked.GetValue(elders), asked.GetValue(volunteers), asked.GetValue(candidates));
            var (problem, plan, found) = Run(size, asked.GetValue(seed));
            PlanFiles.Write(asked.GetValue(files.Problem), problem);
            PlanFiles.Write(asked.GetValue(files.Out), new PairsFile(plan.Volunteer, plan.Price, plan.Cost));
            Console.WriteLine(asked.GetValue(json) ? JsonSerializer.Serialize(found, JsonSerializerOptions.Web) : Words(found));
            return found.CertificateHolds ? 0 : 1;
        });
        return command;
    }

    private static (PairingProblem, PairingPlan, Found) Run((int Elders, int Volunteers, int Candidates) size, int seed)
    {
        var (elders, volunteers, candidates) = size;
        var clock = Stopwatch.StartNew();
        var problem = VillageSketch.Draw(elders, volunteers, seed).ToProblem(candidates);
        var grid = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        clock.Restart();
        var plan = PairingSolver.Solve(problem);
        var solve = clock.Elapsed.TotalSeconds;
        process.Refresh();
        processor = process.TotalProcessorTime - processor;
        var certificate = PairingCertificate.Check(problem, plan);
        process.Refresh();
        var found = new Found(
            elders, volunteers, problem.ArcCost.Length, plan.Paired, plan.Cost, certificate.Bound, certificate.Holds, grid, solve,
            processor.TotalSeconds, process.PeakWorkingSet64 / (1024 * 1024));
        return (problem, plan, found);
    }

    private static string Words(Found f) =>
        $"""
        {f.Paired:N0} of {f.Elders:N0} elders paired with {f.Volunteers:N0} volunteers over {f.Arcs:N0} candidate pairs.
        cost         {f.Cost:N0}, proven bound {f.Bound:N0}, certificate {(f.CertificateHolds ? "holds" : "FAILS")}
        candidates   {f.CandidateSeconds:F3} s
        solve        {f.SolveSeconds:F3} s ({f.SolveProcessorSeconds:F3} s processor)
        peak memory  {f.PeakMegabytes} MB
        """;

    private sealed record Found(
        int Elders, int Volunteers, int Arcs, int Paired, long Cost, long Bound, bool CertificateHolds, double CandidateSeconds,
        double SolveSeconds, double SolveProcessorSeconds, long PeakMegabytes);
}
