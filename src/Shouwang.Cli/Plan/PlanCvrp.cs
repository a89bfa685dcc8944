using System.CommandLine;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan cvrp`: meal runs with cart capacity alone on the CVRPLIB benchmarks. 容量路线</summary>
internal static class PlanCvrp
{
    /// <summary>Builds the command.</summary>
    internal static Command Create() =>
        new PlanRoutes().Onto(new Command("cvrp", "Routes with capacities, least distance."), (text, _) => CvrpFile.Read(text));
}
