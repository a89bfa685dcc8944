using System.CommandLine;

namespace Shouwang.Cli.Plan;

/// <summary>`shouwang plan hhcrsp`: home-care rounds with double visits, in the form of Mankowska, Meisel and Bierwirth (2014).
/// 探访排班</summary>
internal static class PlanHhcrsp
{
    /// <summary>Builds the command.</summary>
    internal static Command Create() => new PlanRounds(RoundsForm.Hhcrsp).Onto(new("hhcrsp", "Plan home-care rounds with double visits."));
}
