using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Entries of an area that may be one person, the likeliest first; without those somebody decided about. 疑似重复</summary>
public sealed class SuspectDuplicates(Workspace work)
{
    public sealed record Entry(Id<Person> Id, string Name, AreaCode Area, string Group, string IdMask, PersonRoles Roles);

    public sealed record Row(DuplicateGround Ground, Entry One, Entry Other);

    /// <param name="Of">Only the suspicions about this person.</param>
    public async Task<Result<Paged<Row>>> Run(Id<Person>? of, Slice part, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.KeepRegister, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read<Result<Paged<Row>>>(actor, async db =>
        {
            var people = await Alike(db, of, ct);
            var two = people.Select(p => p.Id).ToArray();
            var apart = (await db.KeptApart.Where(k => two.Contains(k.One) && two.Contains(k.Other)).ToListAsync(ct))
                .Select(k => (k.One, k.Other)).ToHashSet();
            return Paging.PageOf(Pairs(people, of, apart).OrderBy(r => r.Ground), part);
        });
    }

    /// <summary>Everyone whose ID number, or name and birthday, somebody else has too.</summary>
    private static async Task<List<Person>> Alike(ShouwangDb db, Id<Person>? of, CancellationToken ct)
    {
        var people = db.People.Where(p => p.MergedInto == null);
        var about = of is { } id ? people.Where(p => p.Id == id) : people;
        var unknown = default(DateOnly);
        // First what is there more than once, then whose it is: asked at once, PostgreSQL takes eight times as long in a full county.
        var numbers = await people.Where(p => p.Secrets.IdIndex != null).GroupBy(p => p.Secrets.IdIndex).Where(g => g.Count() > 1)
            .Select(g => g.Key).Where(n => about.Any(p => p.Secrets.IdIndex == n)).ToListAsync(ct);
        var names = await people.Where(p => p.Born != unknown).GroupBy(p => new { p.NameKey, p.Born }).Where(g => g.Count() > 1)
            .Select(g => g.Key).Where(n => about.Any(p => p.NameKey == n.NameKey && p.Born == n.Born)).ToListAsync(ct);
        var (keys, days) = (names.Select(n => n.NameKey).Distinct().ToArray(), names.Select(n => n.Born).Distinct().ToArray());
        return await people.Where(p => numbers.Contains(p.Secrets.IdIndex) || (keys.Contains(p.NameKey) && days.Contains(p.Born)))
            .OrderBy(p => p.Initials).ThenBy(p => p.Id).ToListAsync(ct);
    }

    private static IEnumerable<Row> Pairs(List<Person> people, Id<Person>? of, HashSet<(Id<Person>, Id<Person>)> apart) =>
        from pair in people.Where(p => p.Secrets.IdIndex is not null).GroupBy(p => p.Secrets.IdIndex).SelectMany(EachWithEach)
            .Union(people.Where(p => p.BornIsKnown).GroupBy(p => (p.NameKey, p.Born)).SelectMany(EachWithEach))
        where of is not { } id || pair.One.Id == id || pair.Other.Id == id
        let ground = Duplicates.Between(pair.One, pair.Other)
        where ground is not null && !apart.Contains(KeptApart.Ordered(pair.One.Id, pair.Other.Id))
        select new Row(ground.Value, EntryOf(pair.One), EntryOf(pair.Other));

    private static IEnumerable<(Person One, Person Other)> EachWithEach(IEnumerable<Person> alike)
    {
        var all = alike.ToList();
        return all.SelectMany((one, at) => all.Skip(at + 1).Select(other => (one, other)));
    }

    private static Entry EntryOf(Person p) => new(p.Id, p.Name, p.Area, p.Group, p.Secrets.IdMask, p.Roles);
}
