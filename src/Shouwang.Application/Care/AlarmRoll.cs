using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Who is in the register, by name and village, kept in memory: so that help can be called, and a call understood, while the
/// database cannot be read. 报警名册</summary>
public sealed class AlarmRoll(Workspace work)
{
    /// <summary>Houses with more people do without: a county has fifty thousand elders and helpers.</summary>
    private const int Most = 250_000;

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(5);
    private volatile Known? _known;

    /// <summary>Somebody of the register.</summary>
    internal sealed record Entry(Id<Person> Id, string Name, string Initials, AreaCode Area, bool IsElder);

    /// <summary>Whether it is time to read it again.</summary>
    internal bool IsOld => _known is not { } known || work.Now < known.At || work.Now >= known.At + s_life;

    /// <summary>Reads it anew.</summary>
    /// <exception cref="StorageUnavailable">The database cannot be read now; what was read before stays.</exception>
    public Task Read(CancellationToken ct) => work.Read(Actor.System(AreaCode.Nation), async db =>
    {
        var now = work.Now;
        var people = await db.People
            .Where(p => p.MergedInto == null && !db.Departures.Any(d => d.Person == p.Id && d.UndoneAt == null))
            .OrderBy(p => p.Initials).ThenBy(p => p.Id)
            .Select(p => new Entry(p.Id, p.Name, p.Initials, p.Area, (p.Roles & PersonRoles.Elder) != 0)).Take(Most + 1).ToListAsync(ct);
        if (people.Count > Most) people = [];
        var places = await AreaNames.Of(db, people.Select(p => p.Area), Days.Of(now), ct);
        _known = new(now, people, people.ToFrozenDictionary(p => p.Id), places.ToFrozenDictionary());
        return true;
    });

    /// <summary>Reads it where it has never been read, and then waits for it.</summary>
    internal Task ReadOnce(CancellationToken ct) => _known is null ? Read(ct) : Task.CompletedTask;

    internal Entry? Of(Id<Person> person) => _known?.ById.GetValueOrDefault(person);

    internal string? PlaceOf(AreaCode area) => _known?.Places.GetValueOrDefault(area);

    /// <summary>The elders for whom somebody may call, by name.</summary>
    internal IEnumerable<Entry> EldersOf(Actor actor) => (_known?.People ?? []).Where(p => MayCall(actor, p));

    /// <summary>Whether somebody may call for this person: another one, an elder, whom they see, where they answer emergencies.</summary>
    internal static bool MayCall(Actor actor, Entry person) =>
        person.IsElder && person.Id != actor.Person && actor.May(Permission.AnswerIncidents, person.Area) && actor.Sees(person.Id);

    private sealed record Known(
        DateTimeOffset At, IReadOnlyList<Entry> People, FrozenDictionary<Id<Person>, Entry> ById,
        FrozenDictionary<AreaCode, string> Places);
}
