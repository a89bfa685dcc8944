using System.Diagnostics;
using Google.OrTools.Sat;
using Shouwang.Planning.Points;

namespace Shouwang.Benchmarks;

/// <summary>The points engine beside CP-SAT (one worker, at least five times the seconds) on made-up villages and townships.</summary>
internal static class PointsBench
{
    /// <summary>Writes one Markdown row per size; mean of so many seeds.</summary>
    public static void Run(TextWriter output, int seeds, bool judge)
    {
        PointsSolver.Solve(PointsSketch.Draw(60, 8, 1), new PointsBudget(2000));
        output.WriteLine("| elders / sites | points of | mean gap | optimal | CPU s mean | CPU s worst | CP-SAT, one worker (seed 1) |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        Row(output, 100, 20, 40, 2, seeds, judge);
        Row(output, 100, 20, 18, 2, seeds, judge);
        Row(output, 2000, 200, 40, 30, seeds, judge);
        Row(output, 2000, 200, 20, 30, seeds, judge);
    }

    private static void Row(TextWriter output, int elders, int sites, int largest, double seconds, int seeds, bool judge)
    {
        var (gap, optimal, sum, worst, rival) = (0.0, 0, 0.0, 0.0, "–");
        for (var seed = 1; seed <= seeds; seed++)
        {
            var problem = PointsSketch.Draw(elders, sites, seed);
            problem = problem with { Largest = Array.ConvertAll(problem.Largest, _ => largest) };
            var start = Cpu();
            var plan = PointsSolver.Solve(problem, new PointsBudget(long.MaxValue, seconds, Cpu) { Seed = seed });
            var took = Cpu() - start;
            (gap, sum, worst) = (gap + plan.Gap, sum + took, Math.Max(worst, took));
            optimal += plan.Optimal ? 1 : 0;
            if (judge && seed == 1) rival = Rival(problem, Math.Max(2, 5 * took), plan.Cost);
        }

        output.Write($"| {elders:N0} / {sites} | 10–{largest} | {gap / seeds:P3} | {optimal} of {seeds} ");
        output.WriteLine($"| {sum / seeds:F3} | {worst:F3} | {rival} |");
    }

    private static string Rival(PointsProblem p, double seconds, long own)
    {
        var model = new CpModel();
        BoolVar[] open = [.. p.OpenCost.Select((_, s) => model.NewBoolVar($"o{s}"))];
        var used = new Dictionary<(int, int), BoolVar>();
        var members = Array.ConvertAll(open, _ => new List<BoolVar>());
        var cost = new List<LinearExpr>();
        for (var i = 0; i < p.Elders; i++)
        {
            var one = new List<BoolVar>();
            for (var a = p.FirstArc[i]; a < p.FirstArc[i + 1]; a++)
            {
                var key = (p.Hamlet[i], p.ArcSite[a]);
                if (!used.TryGetValue(key, out var block)) used[key] = block = model.NewBoolVar("b");
                var goes = model.NewBoolVar("x");
                model.AddImplication(goes, block);
                one.Add(goes);
                members[p.ArcSite[a]].Add(goes);
                cost.Add(goes * p.ArcCost[a]);
            }

            model.AddExactlyOne(one);
        }

        for (var s = 0; s < p.Sites; s++)
        {
            model.Add(LinearExpr.Sum(members[s]) >= open[s] * p.Smallest[s]);
            model.Add(LinearExpr.Sum(members[s]) <= open[s] * p.Largest[s]);
            cost.Add(open[s] * p.OpenCost[s]);
        }

        cost.AddRange(used.Values.Select(b => b * p.SplitCost));
        model.Minimize(LinearExpr.Sum(cost) - (p.SplitCost * p.Hamlet.Distinct().Count()));
        var solver = new CpSolver { StringParameters = $"num_workers:1 max_deterministic_time:{seconds:F1} max_time_in_seconds:150" };
        var start = Cpu();
        var status = solver.Solve(model);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return $"no plan in {Cpu() - start:F1} CPU s";
        return $"{(solver.ObjectiveValue / own) - 1:+0.00 %;-0.00 %;0 %} in {Cpu() - start:F1} CPU s, {status}";
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
