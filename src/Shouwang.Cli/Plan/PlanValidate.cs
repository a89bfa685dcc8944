using System.CommandLine;
using System.Text.Json;
using Shouwang.Planning.Rounds;

namespace Shouwang.Cli.Plan;

/// <summary>What a checker says of a solution, whatever the kind: cost, its parts, and one sentence per broken rule. 校验结论</summary>
internal sealed record PlanVerdict(double Cost, IReadOnlyDictionary<string, double> Parts, IReadOnlyList<string> Broken);

/// <summary>`shouwang plan validate KIND INSTANCE SOLUTION`: checks a solution with code that shares nothing with the search.
/// 校验方案</summary>
internal static class PlanValidate
{
    /// <summary>One line per kind: the texts of the instance and the solution to a verdict.</summary>
    private static readonly SortedDictionary<string, Func<string, string, PlanVerdict>> s_kinds = new(StringComparer.Ordinal)
    {
        ["hhcrsp"] = (instance, solution) => Of(RoundsForm.Hhcrsp, instance, solution),
        ["uhhc"] = (instance, solution) => Of(RoundsForm.Uhhc, instance, solution),
        ["vrptw"] = ValidateRoutes.Vrptw,
        ["cvrp"] = ValidateRoutes.Cvrp,
        ["points"] = PlanFiles.Points,
        ["pairs"] = PlanFiles.Pairs,
    };

    /// <summary>Builds the command.</summary>
    internal static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = string.Join(", ", s_kinds.Keys) };
        kind.AcceptOnlyFromAmong([.. s_kinds.Keys]);
        var instance = new Argument<FileInfo>("INSTANCE") { Description = "The instance." };
        var solution = new Argument<FileInfo>("SOLUTION") { Description = "The solution to check." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("validate", "Check a solution: its cost, or every rule it breaks.") { kind, instance, solution, json };
        command.SetAction(asked => Run(
            s_kinds[asked.GetRequiredValue(kind)], asked.GetRequiredValue(instance), asked.GetRequiredValue(solution),
                asked.GetValue(json)));
        return command;
    }

    private static int Run(Func<string, string, PlanVerdict> check, FileInfo instance, FileInfo solution, bool json)
    {
        try
        {
            var verdict = check(File.ReadAllText(instance.FullName), File.ReadAllText(solution.FullName));
            if (json) Console.WriteLine(Json(verdict));
            else Say(verdict);
            return verdict.Broken.Count == 0 ? 0 : 1;
        }
        catch (Exception fault) when (fault is RoundsFormatException or IOException or UnauthorizedAccessException)
        {
            return PlanRounds.Refuse(json, [fault.Message]);
        }
    }

    private static string Json(PlanVerdict verdict) => JsonSerializer.Serialize(
        new { valid = verdict.Broken.Count == 0, cost = Math.Round(verdict.Cost, 3), parts = verdict.Parts, broken = verdict.Broken },
        JsonSerializerOptions.Web);

    private static void Say(PlanVerdict verdict)
    {
        foreach (var rule in verdict.Broken) Console.Error.WriteLine(rule);
        if (verdict.Broken.Count > 0) return;
        Console.WriteLine($"valid, cost {verdict.Cost:0.###}");
        foreach (var (name, value) in verdict.Parts) Console.WriteLine($"  {name} {value:0.###}");
    }

    private static PlanVerdict Of(RoundsForm form, string instance, string solution)
    {
        form.Read(instance);
        var verdict = form.Check(instance, solution);
        return new(verdict.Cost, verdict.Parts, verdict.Broken);
    }
}
