using System.Globalization;
using Shouwang.Planning.Rounds;

namespace Shouwang.Benchmarks;

/// <summary>
/// The rounds engine on both public benchmarks: mean of so many seeds at a budget of processor seconds beside the best stored costs, and,
/// where it can say the problem at all, OR-Tools routing at the same processor time. Every solution passes the independent check.
/// </summary>
internal static class RoundsBench
{
    /// <summary>Class of instance by number of patients, and its budgets.</summary>
    private static readonly Dictionary<int, (string Class, double[] Seconds)> s_classes = new()
    {
        [10] = ("A", [0.3, 1]), [25] = ("B", [2]), [50] = ("C", [10]), [75] = ("D", [10]), [100] = ("E", [10]), [200] = ("F", [30, 60]),
        [300] = ("G", [30, 60]),
    };

    /// <summary>Double visits (Mankowska and others 2014).</summary>
    public static void Hhcrsp(TextWriter output, PlanningBenchSettings asked)
    {
        var folder = Path.Combine(asked.Instances, "hhcrsp-mankowska");
        var measured = new List<(string Class, double Gap, double Theirs)>();
        Head(output, "stored");
        foreach (var file in Directory.GetFiles(folder, "Instanz*.json").OrderBy(Patients).ThenBy(f => f, StringComparer.Ordinal))
        {
            var (name, seconds) = s_classes[Patients(file)];
            var text = File.ReadAllText(file);
            var problem = MankowskaJson.Read(text);
            var solution = File.ReadAllText(Path.Combine(folder, "best-solutions", "sol-" + Path.GetFileName(file)));
            var stored = MankowskaCheck.Check(text, solution).Cost;
            foreach (var budget in seconds)
            {
                var costs = Costs(asked.Seeds, problem, budget, plan => MankowskaCheck.Check(text, MankowskaJson.Write(problem, plan)));
                var theirs = asked.Judge ? RoundsRival.Solve(problem, text, budget) : double.NaN;
                var label = $"{name}{Path.GetFileNameWithoutExtension(file).Split('_')[^1]}";
                Row(output, label, budget, stored, costs, asked.Judge ? Beside(theirs, stored) : "–");
                measured.Add(($"{name}, {budget} s", costs.Average() / stored - 1, theirs / stored - 1));
            }
        }

        foreach (var set in measured.GroupBy(m => m.Class))
        {
            var found = set.Where(m => !double.IsNaN(m.Theirs)).ToArray();
            var theirs = found.Length == 0 ? "–" : $"OR-Tools, where it found any: {Percent(found.Average(m => m.Theirs))}";
            output.WriteLine($"| **{set.Key}** | | | **{Percent(set.Average(m => m.Gap))}** | | | {theirs} |");
        }
    }

    /// <summary>Unified home health care (Ceschia and others 2026) at the published times; OR-Tools cannot say most of its costs.</summary>
    public static void Uhhc(TextWriter output, PlanningBenchSettings asked)
    {
        var folder = Path.Combine(asked.Instances, "uhhc");
        var known = File.ReadLines(Path.Combine(folder, "BEST-KNOWN.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(l => l[0]);
        Head(output, "their best of 10");
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "validation"), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            double Of(int column) => double.Parse(known[name][column], CultureInfo.InvariantCulture);
            var text = File.ReadAllText(file);
            var problem = UhhcJson.Read(text);
            var costs = Costs(asked.Seeds, problem, Of(6), plan => UhhcCheck.Check(text, UhhcJson.Write(problem, plan, text)));
            Row(output, name, Of(6), Of(3), costs, $"their mean {Number(Of(4))} ({Percent(Of(4) / Of(3) - 1)})");
        }
    }

    public static int Patients(string file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file).Split('_')[2], CultureInfo.InvariantCulture);

    private static double[] Costs(int seeds, RoundsProblem problem, double seconds, Func<RoundsPlan, RoundsVerdict> check)
    {
        var costs = new double[seeds];
        for (var seed = 1; seed <= seeds; seed++)
        {
            var budget = RoundsBudget.OfSeconds(seconds, MealRunsBench.Cpu);
            var verdict = check(RoundsSolver.Solve(problem, new(budget, (ulong)seed)));
            costs[seed - 1] = verdict.Valid ? verdict.Cost : throw new InvalidOperationException(verdict.Broken[0]);
        }

        return costs;
    }

    private static void Head(TextWriter output, string reference)
    {
        output.WriteLine($"| instance | CPU s | {reference} | mean (gap) | best | worst | beside |");
        output.WriteLine("|---|---|---|---|---|---|---|");
    }

    private static void Row(TextWriter output, string name, double seconds, double known, double[] costs, string beside)
    {
        var mean = costs.Average();
        output.WriteLine(
            $"| {name} | {Number(seconds)} | {Number(known)} | {Number(mean)} ({Percent(mean / known - 1)}) | {Number(costs.Min())} "
            + $"| {Number(costs.Max())} | {beside} |");
        Console.Error.WriteLine($"{name} {Percent(mean / known - 1)}");
    }

    private static string Beside(double theirs, double known) =>
        double.IsNaN(theirs) ? "OR-Tools: no valid plan" : $"OR-Tools {Number(theirs)} ({Percent(theirs / known - 1)})";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(double value) => (100 * value).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %";
}
