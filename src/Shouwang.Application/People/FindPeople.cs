using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Finds people an actor may see: by characters of the name, by pinyin initials, or by the last four digits of the phone.
/// 人员查找</summary>
public sealed class FindPeople(Workspace work, PersonVault vault)
{
    private const int PageSize = 50;

    /// <param name="Text">What was typed; everyone when it is empty.</param>
    /// <param name="Page">Counted from 1.</param>
    public sealed record Query(string? Text, int Page = 1);

    /// <param name="Age">Completed years; null where the birthday is not known.</param>
    public sealed record Row(
        Id<Person> Id, string Name, PersonRoles Roles, Sex Sex, int? Age, string Group, string IdMask, string PhoneMask, AreaCode Area);

    public sealed record View(int Count, int Page, int Pages, IReadOnlyList<Row> Rows);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Find(db, query, ct)) : CommonRefusals.Forbidden;

    private async Task<View> Find(ShouwangDb db, Query query, CancellationToken ct)
    {
        var found = Matching(db.People, PersonNames.Of(query.Text ?? "").Key);
        var count = await found.CountAsync(ct);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        var page = Math.Clamp(query.Page, 1, pages);
        var rows = await found.OrderBy(p => p.Initials).ThenBy(p => p.NameKey).ThenBy(p => p.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return new(count, page, pages, [.. rows.Select(p => RowOf(p, work.Today))]);
    }

    private IQueryable<Person> Matching(IQueryable<Person> people, string key)
    {
        if (key.Length == 0) return people;
        if (key.Length == 4 && key.All(char.IsAsciiDigit))
        {
            var tail = vault.PhoneTailIndex(key);
            return people.Where(p => p.Secrets.PhoneTailIndex == tail);
        }

        return key.All(char.IsAsciiLetterUpper)
            ? people.Where(p => p.Initials.StartsWith(key) || p.NameKey.Contains(key))
            : people.Where(p => p.NameKey.Contains(key));
    }

    private static Row RowOf(Person p, DateOnly today) => new(
        p.Id, p.Name, p.Roles, p.Sex, p.BornIsKnown ? p.AgeOn(today) : null, p.Group, p.Secrets.IdMask, p.Secrets.PhoneMask, p.Area);
}
