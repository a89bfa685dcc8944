using System.Net.Http.Json;
using System.Text.Json;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>Holds the calls for help against the emergencies that the public API shows: each that was kept is there, once, and was
/// heard.</summary>
internal sealed class AlarmChecker(Arena arena, OperationLog log)
{
    /// <summary>What waits in the alarm journal is stored within this time once the load ends.</summary>
    private static readonly TimeSpan s_storing = TimeSpan.FromSeconds(60);

    public async Task<Report> Check(Report basis, CancellationToken ct)
    {
        var kept = log.Calls.Where(c => c.IsKept).Select(c => c.Elder).ToList();
        var since = TimeProvider.System.GetTimestamp();
        var open = await Open(ct);
        while (kept.Exists(e => !open.Contains(e)) && TimeProvider.System.GetElapsedTime(since) < s_storing)
        {
            await Task.Delay(500, ct);
            open = await Open(ct);
        }

        var heard = log.Calls.Select(c => c.HeardAfter).OfType<TimeSpan>().Order().ToList();
        return basis with
        {
            Alarms = log.Calls.Count, AlarmsKept = kept.Count, AlarmsKeptForLater = log.CallsKeptForLater,
            AlarmsTurnedAway = log.CallsTurnedAway,
            AlarmsUnheard = log.Calls.Count(c => c is { IsKept: true, HeardAfter: null }),
            AlarmsLost = kept.Count(e => !open.Contains(e)), AlarmsDoubled = open.Count - open.Distinct().Count(),
            AlarmP99Ms = heard.Count == 0 ? null : (long)heard[(int)Math.Ceiling(heard.Count * 0.99) - 1].TotalMilliseconds,
            AlarmWorstMs = heard.Count == 0 ? null : (long)heard[^1].TotalMilliseconds,
        };
    }

    /// <summary>Whose emergencies are open.</summary>
    private async Task<List<Id<Person>>> Open(CancellationToken ct)
    {
        var elders = new List<Id<Person>>();
        for (var page = 1; ; page++)
        {
            var rows = await arena.Auditor.GetFromJsonAsync<JsonElement>($"/api/v1/incidents?page={page}", ct);
            elders.AddRange(rows.EnumerateArray().Select(row => new Id<Person>(row.GetProperty("elder").GetGuid())));
            if (rows.GetArrayLength() == 0) return elders;
        }
    }
}
