using System.Globalization;
using System.Text.Json.Nodes;
using Shouwang.Planning.MealRuns;
using Shouwang.Planning.Rounds;

namespace Shouwang.Benchmarks;

/// <summary>
/// The checks themselves, on every stored solution there is: each must have its published cost to 0.001, and each of its spoiled copies
/// must be refused. A way of spoiling that a solution offers no place for (nobody has lunch, nobody is visited by two) is left out and
/// counted.
/// </summary>
internal static class ChecksBench
{
    private delegate (double Cost, bool Valid) Check(string solution);

    /// <summary>Writes one Markdown row per benchmark and throws when a cost differs or a spoiled copy is taken for good.</summary>
    public static void Run(TextWriter output, string instances)
    {
        output.WriteLine("| benchmark | solutions, cost reproduced | spoiled copies, refused | fewest and most ways for one |");
        output.WriteLine("|---|---|---|---|");
        var hhcrsp = Path.Combine(instances, "hhcrsp-mankowska");
        Row(output, "hhcrsp", Known(hhcrsp, 1, 8).Where(known => Stored(hhcrsp, known.Name) is not null)
            .Select(known => Hhcrsp(hhcrsp, known.Name, known.Cost)));
        var uhhc = Path.Combine(instances, "uhhc");
        Row(output, "uhhc", Known(uhhc, 0, 3).Where(known => Stored(uhhc, known.Name) is not null)
            .Select(known => Uhhc(uhhc, known.Name, known.Cost)));
        Row(output, "cvrp-x", Directory.GetFiles(Path.Combine(instances, "cvrp-x"), "*.sol").Order(StringComparer.Ordinal).Select(Cvrp));
    }

    private static void Row(TextWriter output, string name, IEnumerable<int> tried)
    {
        var ways = tried.ToArray();
        if (ways.Length == 0) return;
        output.WriteLine($"| {name} | {ways.Length} of {ways.Length} | {ways.Sum():N0} of {ways.Sum():N0} | {ways.Min()}, {ways.Max()} |");
    }

    private static IEnumerable<(string Name, double Cost)> Known(string folder, int name, int cost) =>
        File.ReadLines(Path.Combine(folder, "BEST-KNOWN.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => (cells[name], double.Parse(cells[cost], CultureInfo.InvariantCulture)));

    private static string? Stored(string folder, string name)
    {
        var stored = Path.Combine(folder, "best-solutions");
        return Directory.GetFiles(stored, $"sol-{name}.json").Concat(Directory.GetFiles(stored, $"sol-{name}-*.json")).SingleOrDefault();
    }

    private static int Hhcrsp(string folder, string name, double cost)
    {
        var instance = File.ReadAllText(Path.Combine(folder, name + ".json"));
        var solution = File.ReadAllText(Stored(folder, name)!);
        return Try(name, cost, solution, Copies(solution, new SpoiledRounds(instance, "required_caregivers")), copy =>
        {
            var verdict = MankowskaCheck.Check(instance, copy);
            return (verdict.Cost, verdict.Valid);
        });
    }

    private static int Uhhc(string folder, string name, double cost)
    {
        var instance = File.ReadAllText(Path.Combine(folder, "validation", name + ".json"));
        var solution = File.ReadAllText(Stored(folder, name)!);
        return Try(name, cost, solution, Copies(solution, new SpoiledRounds(instance, "required_services")), copy =>
        {
            var verdict = UhhcCheck.Check(instance, copy);
            return (verdict.Cost, verdict.Valid);
        });
    }

    private static IEnumerable<(string Way, string Copy)> Copies(string solution, SpoiledRounds spoiled)
    {
        foreach (var way in SpoiledRounds.Ways)
        {
            var copy = JsonNode.Parse(solution)!.AsObject();
            if (spoiled.Spoil(copy, way)) yield return (way, copy.ToJsonString());
        }
    }

    private static int Cvrp(string file)
    {
        var instance = CvrpFile.Read(File.ReadAllText(Path.ChangeExtension(file, ".vrp")));
        var solution = RoutingSolution.Read(File.ReadAllText(file));
        return Try(Path.GetFileName(file), solution.Cost, File.ReadAllText(file), SpoiledRoutes.Copies(instance, solution), copy =>
        {
            var verdict = RoutingCheck.Check(instance, RoutingSolution.Read(copy));
            return (verdict.Cost, verdict.Holds);
        });
    }

    private static int Try(string name, double cost, string solution, IEnumerable<(string Way, string Copy)> copies, Check check)
    {
        var sound = check(solution);
        if (!sound.Valid || Math.Abs(sound.Cost - cost) > 0.001)
        {
            throw new InvalidOperationException($"{name}: {sound.Cost}, published is {cost}");
        }

        var tried = 0;
        foreach (var (way, copy) in copies)
        {
            if (Passes(check, copy)) throw new InvalidOperationException($"{name}: taken for good although {way}");
            tried++;
        }

        return tried;
    }

    private static bool Passes(Check check, string copy)
    {
        try
        {
            return check(copy).Valid;
        }
        catch (Exception refused) when (refused is RoundsFormatException or RoutingFileException)
        {
            return false;
        }
    }
}
