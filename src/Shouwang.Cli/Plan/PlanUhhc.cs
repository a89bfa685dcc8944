using System.CommandLine;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan uhhc`: home-care rounds with shifts, lunch, preferences and optional visits. 探访排班</summary>
internal static class PlanUhhc
{
    /// <summary>Builds the command.</summary>
    internal static Command Create() =>
        new PlanRounds(RoundsForm.Uhhc).Onto(new("uhhc", "Plan home-care rounds with shifts, lunch, preferences and optional visits."));
}
