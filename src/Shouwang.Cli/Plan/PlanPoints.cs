using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Shouwang.Planning.Points;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan points`: divides made-up hamlets among mutual-aid points and shows cost, bound and time. 互助点规划</summary>
internal static class PlanPoints
{
    private const double DefaultSeconds = 30;

    /// <summary>Builds the command.</summary>
    internal static Command Create()
    {
        var elders = new Option<int>("--elders") { Description = "Number of elders.", Required = true };
        var sites = new Option<int>("--sites") { Description = "Number of possible sites.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of hamlets and search.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double?>("--seconds") { Description = $"Time budget; {DefaultSeconds} when no budget is given." };
        var iterations = new Option<long?>("--iterations") { Description = "Iteration budget: same seed, same plan." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var files = (Problem: PlanFiles.Problem(), Out: PlanFiles.Out());
        var command = new Command("points", "Divide elders among mutual-aid points of 10 to 40.")
        {
            elders, sites, seed, seconds, iterations, json, files.Problem, files.Out,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(elders) is < 1 or > 100_000) result.AddError("--elders is 1 to 100,000.");
            if (result.GetValue(sites) is < 1 or > 10_000) result.AddError("--sites is 1 to 10,000.");
            if (result.GetValue(seconds) is not (null or > 0)) result.AddError("--seconds is positive.");
            if (result.GetValue(iterations) is not (null or > 0)) result.AddError("--iterations is positive.");
            var both = result.GetValue(seconds) is not null && result.GetValue(iterations) is not null;
            if (both) result.AddError("Give --seconds or --iterations.");
        });
        command.SetAction((asked, stop) =>
        {
            var problem = PointsSketch.Draw(asked.GetValue(elders), asked.GetValue(sites), asked.GetValue(seed));
            var budget = Budget(asked.GetValue(seconds), asked.GetValue(iterations), asked.GetValue(seed), stop);
            var (plan, found) = Run(problem, budget);
            PlanFiles.Write(asked.GetValue(files.Problem), problem);
            if (plan.Found) PlanFiles.Write(asked.GetValue(files.Out), new PointsFile(plan.Site, plan.Cost, plan.Bound));
            Console.WriteLine(asked.GetValue(json) ? JsonSerializer.Serialize(found, JsonSerializerOptions.Web) : Words(found));
            return Task.FromResult(found.Open > 0 ? 0 : 1);
        });
        return command;
    }

    private static PointsBudget Budget(double? seconds, long? iterations, int seed, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        double Elapsed() => clock.Elapsed.TotalSeconds;
        var progress = new PlanProgress(Console.Error, Elapsed);
        var most = iterations is null ? seconds ?? DefaultSeconds : double.PositiveInfinity;
        return new PointsBudget(iterations ?? long.MaxValue, most, Elapsed)
        {
            Seed = seed,
            Stop = stop,
            Progress = cost => progress.Hear(cost),
        };
    }

    private static (PointsPlan, Found) Run(PointsProblem problem, PointsBudget budget)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var plan = PointsSolver.Solve(problem, budget);
        var elapsed = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var found = new Found(
            problem.Elders, problem.Sites, plan.Site.Distinct().Count(), plan.Cost, plan.Bound, Math.Round(plan.Gap * 100, 4), plan.Optimal,
            plan.Obstacle.ToString(), plan.Number, plan.Iterations, elapsed, (process.TotalProcessorTime - before).TotalSeconds);
        return (plan, found);
    }

    private static string Words(Found f) =>
        f.Open == 0
            ? $"No division: {f.Obstacle} ({f.Number})."
            : $"""
              {f.Elders:N0} elders at {f.Open:N0} of {f.Sites:N0} sites.
              cost     {f.Cost:N0}, proven bound {f.Bound:N0}, {(f.Optimal ? "optimal" : $"at most {f.GapPercent:F3} % above the best")}
              search   {f.Iterations:N0} iterations, {f.Seconds:F3} s ({f.ProcessorSeconds:F3} s processor)
              """;

    private sealed record Found(
        int Elders, int Sites, int Open, long Cost, long Bound, double GapPercent, bool Optimal, string Obstacle, int Number,
        long Iterations, double Seconds, double ProcessorSeconds);
}
