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
            return Paging.PageOf(Pairs(people, of, apart), part);
        });
    }

    /// <summary>Everyone whose ID number, or name and birthday, somebody else has too; or that one person.</summary>
    private static async Task<List<Person>> Alike(ShouwangDb db, Id<Person>? of, CancellationToken ct)
    {
        var people = AlongIndex.Narrow(db, db.People).Where(p => p.MergedInto == null);
        var alike = of is { } id ? LikeOne(people, people.Where(p => p.Id == id)) : await LikeAnother(people, ct);
        return await alike.OrderBy(p => p.Initials).ThenBy(p => p.Id).ToListAsync(ct);
    }

    private static IQueryable<Person> LikeOne(IQueryable<Person> people, IQueryable<Person> one) => people.Where(p => one.Any(o =>
        (o.Secrets.IdIndex != null && o.Secrets.IdIndex == p.Secrets.IdIndex) || (o.NameKey == p.NameKey && o.Born == p.Born)));

    /// <summary>First what is there more than once, then whose it is: asked at once, PostgreSQL takes eight times as long in a full
    /// county.</summary>
    private static async Task<IQueryable<Person>> LikeAnother(IQueryable<Person> people, CancellationToken ct)
    {
        var unknown = default(DateOnly);
        var numbers = await people.Where(p => p.Secrets.IdIndex != null).GroupBy(p => p.Secrets.IdIndex).Where(g => g.Count() > 1)
            .Select(g => g.Key).ToListAsync(ct);
        var names = await people.Where(p => p.Born != unknown).GroupBy(p => new { p.NameKey, p.Born }).Where(g => g.Count() > 1)
            .Select(g => g.Key).ToListAsync(ct);
        var (keys, days) = (names.Select(n => n.NameKey).Distinct().ToArray(), names.Select(n => n.Born).Distinct().ToArray());
        return people.Where(p => numbers.Contains(p.Secrets.IdIndex) || (keys.Contains(p.NameKey) && days.Contains(p.Born)));
    }

    /// <summary>The likeliest first. Pairs are made one after another, as far as a page needs them: a few hundred of one name and birthday
    /// are a hundred thousand pairs.</summary>
    private static IEnumerable<Row> Pairs(List<Person> people, Id<Person>? of, HashSet<(Id<Person>, Id<Person>)> apart)
    {
        var born = people.Where(p => p.BornIsKnown).ToList();
        return Two(DuplicateGround.IdNumber, people.Where(p => p.Secrets.IdIndex is not null).GroupBy(p => p.Secrets.IdIndex))
            .Concat(Two(DuplicateGround.Household, born.Where(p => p.Household is not null).GroupBy(p => (p.NameKey, p.Born, p.Household))))
            .Concat(Two(DuplicateGround.Birthday, born.GroupBy(p => (p.NameKey, p.Born))));

        IEnumerable<Row> Two(DuplicateGround ground, IEnumerable<IEnumerable<Person>> alike) =>
            from two in alike.SelectMany(all => of is { } id ? OneWithEach([.. all], id) : EachWithEach([.. all]))
            where Duplicates.Between(two.One, two.Other) == ground && !apart.Contains(KeptApart.Ordered(two.One.Id, two.Other.Id))
            select new Row(ground, EntryOf(two.One), EntryOf(two.Other));
    }

    private static IEnumerable<(Person One, Person Other)> EachWithEach(List<Person> all) =>
        all.SelectMany((one, at) => all.Skip(at + 1).Select(other => (one, other)));

    private static IEnumerable<(Person One, Person Other)> OneWithEach(List<Person> all, Id<Person> id) =>
        all.Find(p => p.Id == id) is { } one ? all.Where(other => other != one).Select(other => (one, other)) : [];

    private static Entry EntryOf(Person p) => new(p.Id, p.Name, p.Area, p.Group, p.Secrets.IdMask, p.Roles);
}
