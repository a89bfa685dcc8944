using System.CommandLine;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan …`: the planning engines from the command line, in the benchmarks' own formats. 规划</summary>
internal static class PlanCommand
{
    /// <summary>Builds the command with one subcommand per problem.</summary>
    public static Command Create()
    {
        var plan = new Command("plan", "Solve planning problems: pairing, points, rounds, meal runs.");
        plan.Add(PlanPairs.Create());
        plan.Add(PlanPoints.Create());
        plan.Add(PlanVrptw.Create());
        plan.Add(PlanCvrp.Create());
        plan.Add(PlanHhcrsp.Create());
        plan.Add(PlanUhhc.Create());
        plan.Add(PlanValidate.Create());
        return plan;
    }
}
