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

    /// <summary>Alarms that a screen shows at once.</summary>
    public const int OnScreen = 20;

    /// <summary>Alarms told at once to who wants to hear of each, when many come together.</summary>
    private const int Most = 200;

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

    /// <param name="Seen">The version that was seen last; anything else is answered at once.</param>
    /// <param name="Wait">How long to wait for something new.</param>
    /// <param name="Rows">How many are wanted, the newest first.</param>
    public sealed record Asked(long Seen, TimeSpan Wait, int Rows = OnScreen);

    public async Task<Result<View>> Run(Asked asked, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.AnswerIncidents, actor.Scope)) return CommonRefusals.Forbidden;
        var now = board.Show(actor);
        if (now.Version == asked.Seen && asked.Wait > TimeSpan.Zero)
        {
            await board.Wait(asked.Seen, asked.Wait < Longest ? asked.Wait : Longest, ct);
            now = board.Show(actor);
        }

        var rows = now.Alarms.Take(Math.Clamp(asked.Rows, 1, Most)).Select(RowOf).ToList();
        return new View(now.Version, rows, now.Alarms.Count - rows.Count, board.StuckSince, work.Now);
    }

    private Row RowOf(Alarm alarm) => new(
        alarm.IsStored ? alarm.Id : null, alarm.Elder, NameOf(alarm.Elder), roll.PlaceOf(alarm.Area) ?? $"{alarm.Area}", NameOf(alarm.By),
        alarm.At);

    private string NameOf(Id<Person> person) => roll.Of(person)?.Name ?? Nobody;
}
