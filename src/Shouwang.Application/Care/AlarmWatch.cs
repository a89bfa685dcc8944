using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Stores the calls that wait in the alarm journal, brings emergencies that came another way to the board, keeps the roll, and
/// says when nothing can be stored, while the house is open. 报警值班</summary>
public sealed class AlarmWatch(
    Workspace work, AlarmBoard board, AlarmJournal journal, AlarmRoll roll, SessionBook sessions, IServiceScopeFactory scopes,
    ILogger<AlarmWatch> log) : BackgroundService
{
    /// <summary>Emergencies looked for at once; the newest go out.</summary>
    private const int Most = 200;

    /// <summary>How long the house waits with its opening for the roll.</summary>
    private static readonly TimeSpan s_starts = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_settles = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_reviews = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_looks = TimeSpan.FromSeconds(2);

    /// <summary>Offers every waiting call to the database. Returns how many it took.</summary>
    /// <exception cref="StorageUnavailable">It takes none now; they go on waiting.</exception>
    public async Task<int> Settle(CancellationToken ct)
    {
        var taken = 0;
        foreach (var call in journal.Waiting)
        {
            var sheet = await Offer(call, ct);
            board.Settle(RaiseAlarm.AlarmOf(call), sheet);
            journal.Free(call);
            taken += sheet is null ? 0 : 1;
        }

        return taken;
    }

    /// <summary>Asks the database, and tells whoever calls whether it is worth asking.</summary>
    private async Task<T> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            var answer = await ask();
            board.Answered();
            return answer;
        }
        catch (StorageUnavailable)
        {
            board.WaitedInVain();
            throw;
        }
    }

    /// <summary>The sheet that a call was stored under; none where it was refused.</summary>
    private async Task<Id<Incident>?> Offer(WaitingCall call, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var open = scope.ServiceProvider.GetRequiredService<OpenIncident>();
        var answer = await Ask(() => open.Run(new(call.Command, call.Elder), call.Actor, call.At, ct));
        if (answer.IsOk(out var receipt, out var refusal)) return receipt.Id;
        log.LogError("A call for help was refused when it was to be stored: {Code}.", refusal.Code);
        return null;
    }

    /// <summary>Reads the emergencies that are open now and to which nobody is on the way yet.</summary>
    /// <exception cref="StorageUnavailable">They cannot be read now; the board stays as it is.</exception>
    public async Task Look(CancellationToken ct)
    {
        if (roll.IsOld) await roll.Read(ct);
        var since = board.Version;
        var open = await work.Read(Actor.System(AreaCode.Nation), db => db.Incidents
            .Where(i => i.ClosedAt == null && !i.Steps.Any(s => s.What == IncidentEvent.Coming))
            .OrderByDescending(i => i.OpenedAt).Take(Most).ToListAsync(ct));
        board.Match([.. open.Select(Of)], since);
    }

    private static Alarm Of(Incident incident)
    {
        var opened = incident.Steps.First(s => s.What == IncidentEvent.Opened);
        return new(incident.Id, incident.Elder, incident.Area, opened.By, opened.At, true);
    }

    /// <summary>Reads the roll before the first request: it may be a call.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Patiently(roll.Read, cancellationToken).WaitAsync(s_starts, work.Clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            journal.Open();
        }
        catch (StorageUnavailable failed)
        {
            log.LogCritical(failed, "The alarm journal cannot be opened: calls for help are not kept while the database is away.");
        }

        // What waits from before goes out again, before it is stored.
        foreach (var call in journal.Waiting) board.Raise(RaiseAlarm.AlarmOf(call));
        await Task.WhenAll(
            Rounds.Keep(s_settles, work.Clock, log, LookAtTheBooks, stoppingToken),
            Rounds.Keep(s_settles, work.Clock, log, ct => Patiently(Settle, ct), stoppingToken),
            Rounds.Keep(s_reviews, work.Clock, log, ct => Patiently(sessions.Review, ct), stoppingToken),
            Rounds.Keep(s_looks, work.Clock, log, ct => Patiently(LookForScreens, ct), stoppingToken));
    }

    /// <summary>Puts on the board, and into the log, that nothing can be stored.</summary>
    internal Task LookAtTheBooks(CancellationToken ct)
    {
        if (work.StuckSince is var since && since != board.StuckSince)
        {
            if (since is { } begun) log.LogCritical("Nothing could be stored since {Since:O}.", begun);
            else log.LogWarning("Storing goes on.");
            board.Stuck(since);
        }

        return Task.CompletedTask;
    }

    /// <summary>Looks where somebody has a screen, or the roll is old.</summary>
    private Task LookForScreens(CancellationToken ct) => board.HasScreens || roll.IsOld ? Look(ct) : Task.CompletedTask;

    /// <summary>A database that is away is no mistake: the next round tries again.</summary>
    private async Task Patiently(Func<CancellationToken, Task> round, CancellationToken ct)
    {
        try
        {
            await round(ct);
        }
        catch (Exception notNow) when (notNow is StorageUnavailable or TimeoutException)
        {
            log.LogDebug(notNow, "The database is away; calls go on waiting.");
        }
    }
}
