using Microsoft.Extensions.Logging;

namespace Shouwang.Application.Common;

/// <summary>Does something again and again while the house is open. 定时巡查</summary>
internal static class Rounds
{
    /// <summary>Goes round until the house closes. A round that stumbles is logged under the watch's own name, and the next one goes
    /// on.</summary>
    public static async Task Keep(
        TimeSpan every, TimeProvider clock, ILogger log, Func<CancellationToken, Task> round, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await round(stop);
            }
            catch (Exception mistake) when (mistake is not OperationCanceledException)
            {
                log.LogError(mistake, "The round stumbled; the next one goes on.");
            }

            await Task.Delay(every, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
