using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>The open alarms that the actor has to answer, told as soon as there is a new one; it reads no database. 听报警</summary>
public sealed class HearAlarms(Workspace work, AlarmBoard board, AlarmRoll roll)
{
    /// <summary>The longest that somebody is kept waiting for news.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Alarms shown at once.</summary>
    private const int Most = 20;

    /// <summary>Stands for a name that is not known here.</summary>
    private const string Nobody = "—";

    /// <param name="Incident">The sheet; none while it cannot be opened.</param>
    public sealed record Row(
        Id<Incident>? Incident, Id<Person> Elder, string ElderName, string PlaceName, string ByName, DateTimeOffset At);

    /// <param name="Version">To be said with the next question.</param>
    /// <param name="More">How many more there are than are shown.</param>
    /// <param name="StuckSince">Since when nothing can be stored; null when it can.</param>
    /// <param name="Now">What the house takes the time for; the clock of a phone may be wrong.</param>
    public sealed record View(long Version, IReadOnlyList<Row> Alarms, int More, DateTimeOffset? StuckSince, DateTimeOffset Now);

    /// <param name="seen">The version that was seen last; anything else is answered at once.</param>
    /// <param name="wait">How long to wait for something new.</param>
    public async Task<Result<View>> Run(long seen, TimeSpan wait, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.AnswerIncidents, actor.Scope)) return CommonRefusals.Forbidden;
        var now = board.Show(actor);
        if (now.Version == seen && wait > TimeSpan.Zero)
        {
            await board.Wait(seen, wait < Longest ? wait : Longest, ct);
            now = board.Show(actor);
        }

        return new View(now.Version, [.. now.Alarms.Take(Most).Select(RowOf)], Math.Max(0, now.Alarms.Count - Most),
            board.StuckSince, work.Now);
    }

    private Row RowOf(Alarm alarm) => new(
        alarm.IsStored ? alarm.Id : null, alarm.Elder, NameOf(alarm.Elder), roll.PlaceOf(alarm.Area) ?? $"{alarm.Area}", NameOf(alarm.By),
        alarm.At);

    private string NameOf(Id<Person> person) => roll.Of(person)?.Name ?? Nobody;
}
