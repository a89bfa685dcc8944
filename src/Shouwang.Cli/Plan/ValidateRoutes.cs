using Shouwang.Planning.MealRuns;

namespace Shouwang.Cli.Plan;

/// <summary>The kinds vrptw and cvrp of `plan validate`: a CVRPLIB solution against its instance. 路线校验</summary>
internal static class ValidateRoutes
{
    /// <summary>With windows: checked under the DIMACS rule, or under real distances when only those bear the solution out.</summary>
    public static PlanVerdict Vrptw(string instance, string solution) => Check(
        solution, () => SolomonFile.Read(instance, DistanceRounding.Dimacs), () => SolomonFile.Read(instance, DistanceRounding.Real));

    /// <summary>Capacities alone, distances rounded to whole numbers.</summary>
    public static PlanVerdict Cvrp(string instance, string solution) => Check(solution, () => CvrpFile.Read(instance));

    private static PlanVerdict Check(string solution, params Func<RoutingInstance>[] readings)
    {
        try
        {
            var routes = RoutingSolution.Read(solution);
            var verdicts = readings.Select(read => RoutingCheck.Check(read(), routes)).ToArray();
            var verdict = Array.Find(verdicts, v => v.Holds) ?? verdicts[0];
            var parts = new Dictionary<string, double> { ["routes"] = verdict.Routes };
            return new PlanVerdict(verdict.Cost, parts, [.. verdict.Breaches.Select(b => $"line {b.Line}: {b.Constraint}: {b.Message}")]);
        }
        catch (RoutingFileException e)
        {
            return new PlanVerdict(0, new Dictionary<string, double>(), [e.Message]);
        }
    }
}
