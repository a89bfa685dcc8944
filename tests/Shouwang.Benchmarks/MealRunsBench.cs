using System.Globalization;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Benchmarks;

/// <summary>
/// The meal run engine on public and made-up instances: mean of so many seeds at a budget of processor seconds, beside the best known cost
/// and OR-Tools routing at the same processor time. Every solution passes the independent check before it counts.
/// </summary>
internal static class MealRunsBench
{
    /// <summary>Best known distances under the DIMACS rule; capacity instances carry theirs in a .sol file beside them.</summary>
    private static readonly Dictionary<string, double> s_bestKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        ["R101"] = 1637.7, ["C101"] = 827.3, ["C201"] = 589.1, ["RC208"] = 776.1, ["r1_2_1"] = 4667.2, ["rc2_2_1"] = 2797.4,
    };

    private static readonly (string Folder, double Seconds)[] s_folders =
        [("vrptw-solomon", 10), ("vrptw-homberger", 20), ("cvrp-x", 20)];

    /// <summary>Writes one Markdown row per instance and one per set.</summary>
    public static void Run(TextWriter output, MealRunsBenchSettings settings)
    {
        output.WriteLine("| set | instance | stops | CPU s | best known | mean | gap | best | worst | OR-Tools, same CPU | gap |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var set in Sets(settings).GroupBy(i => i.Set))
        {
            var rows = set.Select(i => Row(output, i, settings)).ToArray();
            var theirs = rows.Where(r => !double.IsNaN(r.TheirGap)).Select(r => r.TheirGap).DefaultIfEmpty(double.NaN).Average();
            output.WriteLine($"| **{set.Key}** | mean | | | | | **{Percent(rows.Average(r => r.Gap))}** | | | | {Percent(theirs)} |");
        }
    }

    private static IEnumerable<BenchInstance> Sets(MealRunsBenchSettings settings)
    {
        if (settings.MadeUp)
        {
            foreach (var made in MealRunsMadeUp.All())
            {
                yield return made;
            }

            yield break;
        }

        foreach (var (folder, seconds) in s_folders.Where(f => settings.Only is null || settings.Only == f.Folder))
        {
            var path = Path.Combine(settings.Instances, folder);
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path) : [];
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileNameWithoutExtension(file);
                if (!file.EndsWith(".sol", StringComparison.Ordinal))
                {
                    var text = File.ReadAllText(file);
                    var read = folder == "cvrp-x" ? CvrpFile.Read(text) : SolomonFile.Read(text, DistanceRounding.Dimacs);
                    yield return new BenchInstance(folder, name, read, seconds, BestKnown(file, name));
                }
            }
        }
    }

    private static double BestKnown(string file, string name)
    {
        var stored = Path.ChangeExtension(file, ".sol");
        return File.Exists(stored) ? RoutingSolution.Read(File.ReadAllText(stored)).Cost : s_bestKnown.GetValueOrDefault(name, double.NaN);
    }

    private static (double Gap, double TheirGap) Row(TextWriter output, BenchInstance instance, MealRunsBenchSettings settings)
    {
        var costs = Enumerable.Range(1, settings.Seeds).Select(seed => Solve(instance, (ulong)seed)).ToArray();
        var theirs = settings.Judge ? MealRunsRival.Solve(instance.Read, instance.Seconds) : double.NaN;
        var reference = double.IsNaN(instance.BestKnown) ? costs.Min() : instance.BestKnown;
        var (gap, theirGap) = ((costs.Average() / reference) - 1, (theirs / reference) - 1);
        var rival = settings.Judge ? $"{Number(theirs)} | {Percent(theirGap)}" : "– | –";
        output.WriteLine(
            $"| {instance.Set} | {instance.Name} | {instance.Read.X.Length - 1} | {instance.Seconds} | {Number(instance.BestKnown)} "
            + $"| {Number(costs.Average())} | {Percent(gap)} | {Number(costs.Min())} | {Number(costs.Max())} | {rival} |");
        output.Flush();
        return (gap, theirGap);
    }

    private static double Solve(BenchInstance instance, ulong seed)
    {
        var problem = instance.Read.ToSolvableProblem();
        var found = MealRunSolver.Solve(problem, RunBudget.OfSeconds(instance.Seconds, Cpu), new MealRunOptions { Seed = seed });
        var routes = found.Plan?.Routes ?? throw new InvalidOperationException($"{instance.Name}: no plan");
        var cost = RoutingCheck.CostOf(instance.Read, routes);
        var verdict = RoutingCheck.Check(instance.Read, RoutingSolution.Read(RoutingSolution.Write(routes, cost)));
        return verdict.Holds ? cost : throw new InvalidOperationException($"{instance.Name}: {verdict.Breaches[0].Message}");
    }

    /// <summary>Processor seconds of this process, so that a busy machine does not change the result.</summary>
    public static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Percent(double value) =>
        double.IsNaN(value) ? "–" : (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}

/// <summary>One instance of a set with its budget and best known cost (NaN: none, then the best of the run).</summary>
internal sealed record BenchInstance(string Set, string Name, RoutingInstance Read, double Seconds, double BestKnown);

/// <summary>Which folder, how many seeds, with OR-Tools or without, made-up instances instead of public ones.</summary>
internal sealed record MealRunsBenchSettings(string Instances, int Seeds, bool Judge, bool MadeUp, string? Only = null);
