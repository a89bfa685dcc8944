using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>What a person agrees to now. Some things need a yes; most go on until a yes is taken back. 同意核对</summary>
internal static class ConsentBook
{
    /// <summary>Whether the person agreed to a purpose and still does.</summary>
    public static async Task<bool> Holds(ShouwangDb db, Id<Person> person, ConsentPurpose purpose, CancellationToken ct)
    {
        var every = await Entries(db, person, ct);
        return await db.Consents.AnyAsync(c => every.Contains(c.Person) && c.Purpose == purpose && c.WithdrawnAt == null, ct);
    }

    /// <summary>Whether the person once agreed to a purpose and took it back: what rested on it stands still.</summary>
    public static async Task<bool> TakenBack(ShouwangDb db, Id<Person> person, ConsentPurpose purpose, CancellationToken ct)
    {
        var every = await Entries(db, person, ct);
        var given = await db.Consents.Where(c => every.Contains(c.Person) && c.Purpose == purpose).Select(c => c.WithdrawnAt)
            .ToListAsync(ct);
        return given.Count > 0 && given.TrueForAll(at => at is not null);
    }

    /// <summary>Those who took their consent to a purpose back.</summary>
    public static IQueryable<Id<Person>> WhoTookBack(ShouwangDb db, ConsentPurpose purpose) => db.Consents
        .Where(c => c.Purpose == purpose
            && !db.Consents.Any(o => o.Person == c.Person && o.Purpose == purpose && o.WithdrawnAt == null))
        .Select(c => c.Person);

    /// <summary>Which of some people agreed to a purpose and still do, under this entry or one that was merged into it.</summary>
    public static async Task<HashSet<Id<Person>>> WhoAgreed(
        ShouwangDb db, IReadOnlyCollection<Id<Person>> people, ConsentPurpose purpose, CancellationToken ct) =>
    [
        .. await db.People.Where(p => people.Contains(p.Id)
            && db.Consents.Any(c => c.Purpose == purpose && c.WithdrawnAt == null
                && (c.Person == p.Id || db.People.Any(m => m.Id == c.Person && m.MergedInto == p.Id))))
            .Select(p => p.Id).ToListAsync(ct),
    ];

    private static async Task<Id<Person>[]> Entries(ShouwangDb db, Id<Person> person, CancellationToken ct) =>
        await Successor.With(db, await Successor.Of(db, person, ct), ct);
}
