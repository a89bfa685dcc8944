using System.Text;

namespace Shouwang.Benchmarks;

/// <summary>
/// Everything the planning engines promise, measured in one go: each set is a part of its own, so that a run of one set leaves the others'
/// figures in the document as they are.
/// </summary>
internal static class PlanningBench
{
    private const string Heading = "## Planning";

    private static readonly SortedDictionary<string, Action<TextWriter, PlanningBenchSettings>> s_sets = new(StringComparer.Ordinal)
    {
        ["checks"] = (output, asked) => ChecksBench.Run(output, asked.Instances),
        ["cvrp-x"] = MealRuns("cvrp-x"),
        ["hhcrsp"] = (output, asked) => RoundsBench.Hhcrsp(output, asked),
        ["pairs"] = (output, asked) => PairingBench.Run(output, asked.Seeds, asked.Judge),
        ["points"] = (output, asked) => PointsBench.Run(output, asked.Seeds, asked.Judge),
        ["replan"] = (output, asked) => ReplanBench.Run(output, asked),
        ["uhhc"] = (output, asked) => RoundsBench.Uhhc(output, asked),
        ["vrptw-homberger"] = MealRuns("vrptw-homberger"),
        ["vrptw-solomon"] = MealRuns("vrptw-solomon"),
    };

    /// <summary>Where instances usually lie: in the samples, or in a folder of shared data beside the repository.</summary>
    public static string UsualInstances() =>
        Environment.GetEnvironmentVariable("SHOUWANG_INSTANCES")
        ?? new[] { "samples/instances", "../shared/data/instances" }.FirstOrDefault(Directory.Exists) ?? "samples/instances";

    /// <summary>Measures one set or all; prints the tables, and writes them into the document if one is named.</summary>
    public static int Run(PlanningBenchSettings asked, TextWriter output)
    {
        if (asked.Only is { } only && !s_sets.ContainsKey(only))
        {
            Console.Error.WriteLine($"There is no set {only}; the sets are: {string.Join(", ", s_sets.Keys)}.");
            return 2;
        }

        if (!Directory.Exists(asked.Instances))
        {
            Console.Error.WriteLine($"No instances in {asked.Instances}; name their folder with --instances or SHOUWANG_INSTANCES.");
            return 1;
        }

        foreach (var (name, measure) in s_sets.Where(set => asked.Only is null || set.Key == asked.Only))
        {
            using var table = new StringWriter { NewLine = "\n" };
            measure(table, asked);
            output.WriteLine($"### {name}\n\n{table}");
            if (asked.Document is { } document) Write(document, name, Words(name, asked, table.ToString()));
        }

        return 0;
    }

    private static Action<TextWriter, PlanningBenchSettings> MealRuns(string folder) => (output, asked) => MealRunsBench.Run(
        output, new MealRunsBenchSettings(asked.Instances, asked.Seeds, asked.Judge, MadeUp: false, folder));

    private static string Words(string name, PlanningBenchSettings asked, string table) =>
        $"### {name}\n\n`./shouwang bench planning --set {name} --seeds {asked.Seeds}`, {DateTimeOffset.UtcNow:yyyy-MM-dd}, "
        + $"{Environment.ProcessorCount} shared cores, one thread, processor seconds.\n\n{table.TrimEnd()}\n";

    /// <summary>Replaces the part of one set under the heading, or adds it at the heading's end; all else stays.</summary>
    internal static void Write(string document, string name, string part)
    {
        var text = File.Exists(document) ? File.ReadAllText(document) : "# Benchmarks\n";
        if (!text.Contains(Heading + "\n", StringComparison.Ordinal)) text = $"{text.TrimEnd()}\n\n{Heading}\n";
        var from = text.IndexOf(Heading + "\n", StringComparison.Ordinal) + Heading.Length;
        var end = Next(text, "\n## ", from);
        var start = text.IndexOf($"\n### {name}\n", from, end - from, StringComparison.Ordinal);
        var (cut, rest) = start < 0 ? (end, end) : (start + 1, Math.Min(end, Next(text, "\n### ", start + 1)));
        var made = new StringBuilder(text[..cut].TrimEnd()).Append("\n\n").Append(part.TrimEnd()).Append('\n').Append(text[rest..]);
        File.WriteAllText(document, made.ToString().TrimEnd() + "\n");
    }

    private static int Next(string text, string mark, int from)
    {
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at;
    }
}

/// <summary>Where the instances are, how many seeds, with OR-Tools or without, one set or all, and the document to write.</summary>
internal sealed record PlanningBenchSettings(string Instances, int Seeds, bool Judge, string? Only, string? Document);
