using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Shouwang.Application.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>One call for help: asked for until it is kept, and heard by somebody else.</summary>
internal sealed class HelpCall(Id<Person> elder)
{
    private long _heardAt;

    public Id<Person> Elder { get; } = elder;

    public Guid Command { get; } = Id<Application.Care.RaiseAlarm>.New(TimeProvider.System).Value;

    public long AskedAt { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>Whether whoever called was told that it is kept, in the books or in the alarm journal.</summary>
    public bool IsKept { get; set; }

    /// <summary>How long after the first asking it was on another screen; not yet when null.</summary>
    public TimeSpan? HeardAfter => _heardAt == 0 ? null : TimeProvider.System.GetElapsedTime(AskedAt, _heardAt);

    public void Hear() => Interlocked.CompareExchange(ref _heardAt, TimeProvider.System.GetTimestamp(), 0);
}

/// <summary>Somebody who calls for help while others give, each time for another elder, and somebody who listens.</summary>
internal sealed class AlarmLine(Arena arena, OperationLog log)
{
    /// <summary>Between two calls.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    /// <summary>After it is time to stop, what is out is waited for so long.</summary>
    private static readonly TimeSpan s_last = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Id<Person>, HelpCall> _calls = [];

    /// <summary>Calls and listens until told to stop, and then until what was called has been kept and heard, for a while.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        var listening = Task.Run(() => Listen(end.Token), CancellationToken.None);
        var calls = new List<Task>();
        foreach (var elder in arena.Populace.Elders)
        {
            if (stop.IsCancellationRequested) break;
            calls.Add(Task.Run(() => Call(_calls[elder] = Keep(new(elder)), stop), CancellationToken.None));
            await Task.Delay(Between, CancellationToken.None);
        }

        await Task.WhenAll(calls);
        var since = TimeProvider.System.GetTimestamp();
        while (_calls.Values.Any(c => c is { IsKept: true, HeardAfter: null }) && TimeProvider.System.GetElapsedTime(since) < s_last)
            await Task.Delay(s_again, CancellationToken.None);
        await end.CancelAsync();
        await listening;
    }

    private HelpCall Keep(HelpCall call)
    {
        log.Calls.Add(call);
        return call;
    }

    /// <summary>Asks with the same id until it is kept; when it is time to stop, a while longer.</summary>
    private async Task Call(HelpCall call, CancellationToken stop)
    {
        var since = (long?)null;
        while (!await Ask(call) && (since is null || TimeProvider.System.GetElapsedTime(since.Value) < s_last))
        {
            if (stop.IsCancellationRequested) since ??= TimeProvider.System.GetTimestamp();
            await Task.Delay(s_again, CancellationToken.None);
        }
    }

    private async Task<bool> Ask(HelpCall call)
    {
        var asking = log.Begins("call for help");
        try
        {
            using var answer = await arena.Second.PutAsync(
                new Uri($"/api/v1/elders/{call.Elder}/incidents/{call.Command}", UriKind.Relative), null, CancellationToken.None);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted) call.IsKept = true;
            else if (answer.StatusCode is HttpStatusCode.ServiceUnavailable) log.TurnsCallAway();
            else log.OddPages.Add($"a call for help was answered {answer.StatusCode:d}");
            if (answer.StatusCode is HttpStatusCode.Accepted) log.KeepsCallForLater();
            return call.IsKept;
        }
        catch (Exception e) when (NoAnswer.Is(e))
        {
            return false;
        }
        finally
        {
            log.Ends(asking);
        }
    }

    private async Task Listen(CancellationToken end)
    {
        var seen = 0L;
        while (!end.IsCancellationRequested)
        {
            try
            {
                var view = await arena.Officer.GetFromJsonAsync<HearAlarms.View>(
                    $"/api/v1/alarms?seen={seen}&wait=10&rows=200", Application.Common.HouseJson.Options, end);
                seen = view!.Version;
                if (view.StuckSince is not null) log.HearsStuck();
                foreach (var alarm in view.Alarms)
                {
                    if (_calls.TryGetValue(alarm.Elder, out var call)) call.Hear();
                }
            }
            catch (Exception e) when (NoAnswer.Is(e))
            {
                if (!end.IsCancellationRequested) await Task.Delay(s_again, CancellationToken.None);
            }
        }
    }
}
