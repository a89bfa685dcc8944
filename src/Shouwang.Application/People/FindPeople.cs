using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>Finds people an actor may see: by characters of the name, by pinyin initials, or by the last four digits of the phone, and
/// by what is known of them today. 人员查找</summary>
public sealed class FindPeople(Workspace work, PersonVault vault, Rulebook rulebook)
{
    /// <summary>Counted up to here; beyond it a list only says "more", since counting a whole county would cost more than showing it.
    /// </summary>
    public const int CountedTo = ByName.Many;

    /// <param name="Text">What was typed; everyone when it is empty.</param>
    /// <param name="Page">Counted from 1.</param>
    public sealed record Query(string? Text, Slice Page = default)
    {
        public PersonRoles Role { get; init; }

        public string? Group { get; init; }

        /// <summary>What holds of them today, by kind.</summary>
        public IReadOnlyDictionary<FactKind, string> Facts { get; init; } = new Dictionary<FactKind, string>();
    }

    /// <param name="Age">Completed years; null where the birthday is not known.</param>
    public sealed record Row(
        Id<Person> Id, string Name, PersonRoles Roles, Sex Sex, int? Age, string Group, string IdMask, string PhoneMask, AreaCode Area)
    {
        public Risk? Risk { get; init; }

        public LivingSituation? Living { get; init; }

        public SupportCategory? Support { get; init; }

        public Absence? Absence { get; init; }
    }

    /// <param name="Pages">One more than this page, where there is more and nobody has counted how much.</param>
    /// <param name="Count">How many there are, counted up to <see cref="CountedTo"/>; one more than that says "more".</param>
    public sealed record View(int Count, int Page, int Pages, IReadOnlyList<Row> Rows);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Find(db, query, ct)) : CommonRefusals.Forbidden;

    private async Task<View> Find(ShouwangDb db, Query query, CancellationToken ct)
    {
        var found = await Matching(db, query, ct);
        var count = await ByName.CountUpTo(found.Select(p => p.Id), CountedTo, ct);
        var (page, size) = (Math.Max(query.Page.Number, 1), query.Page.Rows);
        if (count <= CountedTo)
        {
            var pages = Math.Max(1, (count + size - 1) / size);
            page = Math.Min(page, pages);
            var part = ((page - 1) * size, size);
            return new(count, page, pages, await RowsOf(db, ByName.Order(db, found, areMany: false), part, ct));
        }

        var rows = await RowsOf(db, ByName.Order(db, found, areMany: true), ((page - 1) * size, size), ct);
        return new(count, page, rows.Count < size ? page : page + 1, rows);
    }

    /// <summary>First who, in order and by their names alone, then what is known of those few.</summary>
    private async Task<List<Row>> RowsOf(
        ShouwangDb db, IOrderedQueryable<Person> found, (int Skip, int Take) part, CancellationToken ct)
    {
        var ids = await found.Skip(part.Skip).Take(part.Take).Select(p => p.Id).ToArrayAsync(ct);
        var people = await db.People.Where(p => ids.Contains(p.Id)).AsSplitQuery().ToDictionaryAsync(p => p.Id, ct);
        var alarmed = await RecentAlarms.WhoHad(db, people.Values, rulebook, work.Today, ct);
        return [.. ids.Where(people.ContainsKey).Select(id => RowOf(people[id], work.Today, db.Looking, alarmed.Contains(id)))];
    }

    private async Task<IQueryable<Person>> Matching(ShouwangDb db, Query query, CancellationToken ct)
    {
        var (people, today) = (db.People.Where(p => p.MergedInto == null), work.Today);
        if (query.Role != PersonRoles.None) people = people.Where(p => (p.Roles & query.Role) != 0);
        if (!string.IsNullOrEmpty(query.Group)) people = people.Where(p => p.Group == query.Group);
        var inForce = FactInForce.On(today);
        foreach (var (kind, value) in query.Facts)
            people = people.Where(p => p.Facts.AsQueryable().Where(inForce).Any(f => f.Kind == kind && f.Value == value));

        return await Named(people, PersonNames.Of(query.Text ?? "").Key, ct);
    }

    private async Task<IQueryable<Person>> Named(IQueryable<Person> people, string key, CancellationToken ct)
    {
        if (key.Length == 0) return people;
        if (key.Length == 4 && key.All(char.IsAsciiDigit))
        {
            var tail = vault.PhoneTailIndex(key);
            return people.Where(p => p.Secrets.PhoneTailIndex == tail);
        }

        var within = people.Where(p => p.NameKey.Contains(key));
        if (!key.All(char.IsAsciiLetterUpper)) return within;
        var initials = Beginning(people, key);
        return await initials.AnyAsync(ct) ? initials : within;
    }

    /// <summary>Those whose initials begin so; both ends are said, so that an index is used.</summary>
    private static IQueryable<Person> Beginning(IQueryable<Person> people, string key)
    {
        var begins = people.Where(p => p.Initials.CompareTo(key) >= 0 && p.Initials.StartsWith(key));
        if (key.TrimEnd('Z') is not { Length: > 0 } start) return begins;
        var end = start[..^1] + (char)(start[^1] + 1);
        return begins.Where(p => p.Initials.CompareTo(end) < 0);
    }

    private Row RowOf(Person p, DateOnly today, Actor actor, bool hadAlarm) => new(
        p.Id, PersonSight.NameFor(actor, p.Name), p.Roles, p.Sex, p.BornIsKnown ? p.AgeOn(today) : null, p.Group, p.Secrets.IdMask,
        p.Secrets.PhoneMask, p.Area)
    {
        Risk = p.RiskOn(today, RiskRules.Of(rulebook.At(p.Area, today)), hadAlarm),
        Living = p.FactOn<LivingSituation>(FactKind.Living, today),
        Support = actor.Reach.Kind == ReachKind.Area ? p.FactOn<SupportCategory>(FactKind.Support, today) : null,
        Absence = p.FactOn<Absence>(FactKind.Absence, today),
    };
}
