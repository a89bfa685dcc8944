using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Acting in another's place: by a standing mandate, or as the guardian. 代办核对</summary>
internal static class MandateBook
{
    /// <summary>Uses a mandate once and writes the use down; says no where there is none. A guardian needs no mandate.</summary>
    public static Task<Refusal?> Use(
        UnitOfWork unit, (Id<Person> Person, Id<Person> Agent) pair, MandateMatters matter, Guid command, CancellationToken ct) =>
        Use(unit.Db, pair, matter, (command, unit.Now), ct);

    /// <summary>The same where no unit of work is at hand: what is done, and when.</summary>
    public static async Task<Refusal?> Use(
        ShouwangDb db, (Id<Person> Person, Id<Person> Agent) pair, MandateMatters matter, (Guid Command, DateTimeOffset At) done,
        CancellationToken ct)
    {
        var today = Days.Of(done.At);
        var held = await db.Mandates.Where(m => m.Person == pair.Person && m.Agent == pair.Agent && m.Until > today).ToListAsync(ct);
        if (held.Find(m => m.Covers(matter, today)) is { } mandate) return mandate.Use(matter, done.Command, done.At).Refusal;

        var guards = await db.Relations.AnyAsync(
            r => r.Elder == pair.Person && r.Relative == pair.Agent && r.Kind == RelationKind.Guardian && r.EndedOn == null, ct);
        return guards ? null : ConsentRefusals.NoMandate;
    }

    /// <summary>Whether someone sees a person and has ever been allowed to act for them: only they are told what is missing.</summary>
    public static async Task<bool> Knows(ShouwangDb db, (Id<Person> Person, Id<Person> Agent) pair, CancellationToken ct) =>
        await db.People.AnyAsync(p => p.Id == pair.Person, ct)
        && (await db.Mandates.AnyAsync(m => m.Person == pair.Person && m.Agent == pair.Agent, ct)
            || await db.Relations.AnyAsync(
                r => r.Elder == pair.Person && r.Relative == pair.Agent && r.Kind == RelationKind.Guardian, ct));

    /// <summary>Who may act for a person in a matter today.</summary>
    public static async Task<IReadOnlyList<Id<Person>>> Agents(
        ShouwangDb db, Id<Person> person, MandateMatters matter, DateOnly today, CancellationToken ct)
    {
        var held = await db.Mandates.Where(m => m.Person == person && m.Until > today).ToListAsync(ct);
        var guardians = await db.Relations.Where(r => r.Elder == person && r.Kind == RelationKind.Guardian && r.EndedOn == null)
            .Select(r => r.Relative).ToListAsync(ct);
        return [.. held.Where(m => m.Covers(matter, today)).Select(m => m.Agent).Concat(guardians).Distinct()];
    }
}
