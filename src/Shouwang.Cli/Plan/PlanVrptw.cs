using System.CommandLine;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan vrptw`: meal runs with time windows on the Solomon and Homberger benchmarks. 时间窗路线</summary>
internal static class PlanVrptw
{
    /// <summary>Builds the command.</summary>
    internal static Command Create()
    {
        var rounding = new Option<string>("--rounding")
        {
            Description = "dimacs: distances cut to one decimal; real: as they are.",
            DefaultValueFactory = _ => "dimacs",
        };
        rounding.AcceptOnlyFromAmong("dimacs", "real");
        var command = new Command("vrptw", "Routes with time windows, least distance.") { rounding };
        return new PlanRoutes().Onto(command, (text, asked) => SolomonFile.Read(text, RoundingOf(asked.GetRequiredValue(rounding))));
    }

    /// <summary>The rule behind the word.</summary>
    internal static DistanceRounding RoundingOf(string word) => word == "real" ? DistanceRounding.Real : DistanceRounding.Dimacs;
}
