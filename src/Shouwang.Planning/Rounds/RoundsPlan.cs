namespace Shouwang.Planning.Rounds;

/// <summary>One stop of a round. 站点</summary>
/// <param name="Request">Index of the request; for a lunch break, of the request at whose place it is taken, −1 at the carer's
/// start.</param>
/// <param name="Visit">0 or 1 inside the request; −1 for the lunch break.</param>
/// <param name="Start">Start of the service, in time units.</param>
/// <param name="End">End of the service.</param>
public readonly record struct RoundsStop(int Request, int Visit, int Start, int End)
{
    /// <summary>True if this stop is the lunch break.</summary>
    public bool IsLunch => Visit < 0;
}

/// <summary>A whole day's rounds: for each carer the stops in order of time. 排班方案</summary>
/// <param name="Routes">Stops per carer.</param>
/// <param name="Cost">Cost in the source's terms.</param>
/// <param name="LeftOut">Indices of the requests nobody visits.</param>
/// <param name="Iterations">Moves tried until the budget ended.</param>
/// <param name="Forbidden">True if the plan breaks something that must not happen (no better one was found).</param>
public sealed record RoundsPlan(RoundsStop[][] Routes, double Cost, int[] LeftOut, long Iterations, bool Forbidden);
