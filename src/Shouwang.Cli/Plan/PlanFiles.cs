using System.CommandLine;
using System.Text.Json;
using Shouwang.Planning.Pairing;
using Shouwang.Planning.Points;

namespace Shouwang.Cli.Plan;

/// <summary>A division as a file. 划分方案文件</summary>
internal sealed record PointsFile(int[] Site, long Cost, long Bound);

/// <summary>A pairing as a file; with the prices, everybody can check that it is the cheapest. 结对方案文件</summary>
internal sealed record PairsFile(int[] Volunteer, long[] Price, long Cost);

/// <summary>Made-up problems and their plans as JSON files, and their checks. 规划文件</summary>
internal static class PlanFiles
{
    /// <summary>Where the made-up problem goes.</summary>
    public static Option<FileInfo?> Problem() => new("--problem") { Description = "Where the made-up problem goes, for plan validate." };

    /// <summary>Where the plan goes.</summary>
    public static Option<FileInfo?> Out() => new("--out") { Description = "Where the plan goes." };

    /// <summary>Writes one object to a file, if a file was named.</summary>
    public static void Write<T>(FileInfo? file, T content)
    {
        if (file is not null) File.WriteAllText(file.FullName, JsonSerializer.Serialize(content, JsonSerializerOptions.Web));
    }

    /// <summary>Checks a division.</summary>
    public static PlanVerdict Points(string instance, string solution) => Checked(() =>
    {
        var (problem, plan) = (Read<PointsProblem>(instance, "instance"), Read<PointsFile>(solution, "solution"));
        var verdict = PointsCheck.Check(problem, plan.Site, plan.Cost);
        return new(verdict.Cost, new Dictionary<string, double> { ["points"] = plan.Site.Distinct().Count() }, verdict.Broken);
    });

    /// <summary>Checks a pairing, and says which cost no pairing can beat.</summary>
    public static PlanVerdict Pairs(string instance, string solution) => Checked(() =>
    {
        var (problem, plan) = (Read<PairingProblem>(instance, "instance"), Read<PairsFile>(solution, "solution"));
        var verdict = PairingCheck.Check(problem, plan.Volunteer, plan.Cost);
        if (verdict.Broken.Count > 0) return new(verdict.Cost, new Dictionary<string, double>(), verdict.Broken);
        if (plan.Price.Length != problem.Volunteers) return Broken($"{plan.Price.Length} prices for {problem.Volunteers} volunteers");
        var bound = PairingCertificate.Check(problem, new(plan.Volunteer, plan.Price, plan.Cost)).Bound;
        var parts = new Dictionary<string, double> { ["paired"] = plan.Volunteer.Count(j => j >= 0), ["bound"] = bound };
        return new(verdict.Cost, parts, []);
    });

    private static PlanVerdict Checked(Func<PlanVerdict> check)
    {
        try
        {
            return check();
        }
        catch (ArgumentException fault)
        {
            return Broken($"instance: {fault.Message}");
        }
        catch (JsonException fault)
        {
            return Broken($"line {fault.LineNumber + 1 ?? 1}: {fault.Message}");
        }
    }

    private static PlanVerdict Broken(string rule) => new(0, new Dictionary<string, double>(), [rule]);

    private static readonly JsonSerializerOptions s_strict =
        new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private static T Read<T>(string text, string what) =>
        JsonSerializer.Deserialize<T>(text, s_strict) ?? throw new JsonException($"the {what} is empty");
}
