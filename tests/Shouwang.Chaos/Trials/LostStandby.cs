using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R16: the standby that every commit waits for is gone. Callers are told "not now", and nothing is acknowledged that stands on
/// one machine only.</summary>
internal static class LostStandby
{
    /// <summary>Loses it for a time. Returns what was odd about it, if anything was; ask <see cref="Answers"/> when the house is
    /// back.</summary>
    public static async Task<string?> Hold(Arena arena, OperationLog log, TimeSpan time, CancellationToken ct)
    {
        var (granted, refused) = (0, log.Unavailable);
        await arena.Standby!.LoseFollower(
            async () =>
            {
                // What reached the standby just before may be answered in the first half.
                await Task.Delay(time / 2, ct);
                granted = log.Granted;
                await Task.Delay(time / 2, ct);
                granted = log.Granted - granted;
            },
            ct);
        if (granted > 0) return $"{granted} gifts were acknowledged that only one server had";
        return log.Unavailable > refused ? null : "nobody was told that the standby is gone";
    }
}
