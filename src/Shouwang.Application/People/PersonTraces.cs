using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Everything that names one person, under each of their entries and whatever the reader's reach: a person's own file leaves
/// nothing out. 个人痕迹</summary>
internal static class PersonTraces
{
    private static readonly string[] s_whatever = ["reach", "standing"];

    public static async Task<PersonRecords> Records(
        ShouwangDb db, Id<Person>[] ids, IReadOnlyList<FactRecord> facts, CancellationToken ct)
    {
        var relations = await All(db.Relations).Where(r => ids.Contains(r.Elder) || ids.Contains(r.Relative))
            .OrderBy(r => ids.Contains(r.Relative)).ThenBy(r => r.Contact).ThenBy(r => r.Id).ToListAsync(ct);
        var consents = await All(db.Consents).Where(c => ids.Contains(c.Person)).OrderBy(c => c.GivenAt).ToListAsync(ct);
        var mandates = await All(db.Mandates).Where(m => ids.Contains(m.Person) || ids.Contains(m.Agent)).OrderBy(m => m.From)
            .ToListAsync(ct);
        var departures = await All(db.Departures).Where(d => ids.Contains(d.Person)).OrderBy(d => d.RecordedAt).ToListAsync(ct);

        var others = relations.SelectMany(r => new[] { r.Elder, r.Relative }).Concat(mandates.SelectMany(m => new[] { m.Person, m.Agent }))
            .Concat(consents.SelectMany(c => new[] { c.Witness, c.OnBehalf }).OfType<Id<Person>>());
        var names = await KnownNames.Of(db, others, ct);
        string NameOf(Id<Person>? other) => other is { } known ? names[known] : "";

        return new(
            facts,
            [.. relations.Select(r => new RelationRecord(
                NameOf(ids.Contains(r.Elder) ? r.Relative : r.Elder), r.Kind, ids.Contains(r.Elder), r.Contact, r.EndedOn))],
            [.. consents.Select(c => new ConsentRecord(
                c.Purpose, c.TextVersion, c.Method, NameOf(c.Witness), NameOf(c.OnBehalf), c.GivenAt, c.WithdrawnAt))],
            [.. mandates.Select(m => new MandateRecord(
                NameOf(m.Person), NameOf(m.Agent), m.Matters, m.From, m.Until, [.. m.Uses.Select(u => u.At)]))],
            [.. departures.Select(d => new DepartureRecord(d.Kind, d.Day, d.RecordedAt, d.UndoneAt))]);
    }

    /// <param name="remarksOf">Opens the remarks of a visit to the person.</param>
    public static async Task<PersonDoings> Doings(ShouwangDb db, Id<Person>[] ids, Func<Visit, string> remarksOf, CancellationToken ct)
    {
        var places = await All(db.Places).Where(p => p.Members.Any(m => ids.Contains(m.Person))).OrderBy(p => p.Name).ToListAsync(ct);
        var pairs = await All(db.Pairs).Where(p => ids.Contains(p.Elder) || ids.Contains(p.Volunteer)).OrderBy(p => p.From).ToListAsync(ct);
        var visits = await All(db.Visits).Where(v => ids.Contains(v.Elder) || ids.Contains(v.Volunteer)).OrderBy(v => v.StartedAt)
            .ToListAsync(ct);
        var readings = await All(db.Readings).Where(r => ids.Contains(r.Person)).OrderBy(r => r.TakenAt).ToListAsync(ct);
        var incidents = await All(db.Incidents).Where(i => ids.Contains(i.Elder)).OrderBy(i => i.OpenedAt).ToListAsync(ct);
        var holders = ids.Select(id => id.Value).ToArray();
        var accounts = await All(db.Accounts).Where(a => holders.Contains(a.Holder)).OrderBy(a => a.Book).ToListAsync(ct);
        var posts = await All(db.Posts).Where(p => ids.Contains(p.Person)).OrderBy(p => p.From).ToListAsync(ct);

        var others = pairs.SelectMany(p => new[] { p.Elder, p.Volunteer }).Concat(visits.SelectMany(v => new[] { v.Elder, v.Volunteer }))
            .Concat(readings.Select(r => r.TakenBy));
        var names = await KnownNames.Of(db, others, ct);
        return new(
            [.. places.SelectMany(p => p.Members.Where(m => ids.Contains(m.Person))
                .Select(m => new MembershipRecord(p.Name, m.Part, m.From, m.To)))],
            [.. pairs.Select(p => new PairRecord(names[p.Elder], names[p.Volunteer], p.State, p.From, p.To))],
            [.. visits.Select(v => new VisitRecord(
                v.StartedAt, names[v.Elder], names[v.Volunteer], v.Minutes, new(v.Way, v.Outcome, v.Items, v.Condition), v.State,
                ids.Contains(v.Elder) ? remarksOf(v) : ""))],
            [.. readings.Select(r => new ReadingRecord(r.TakenAt, r.Kind, $"{r.Measured}", names[r.TakenBy]))],
            [.. incidents.Select(i => new IncidentRecord(i.OpenedAt, i.ClosedAt, i.Result))],
            [.. accounts.Select(a => new BalanceRecord(a.Book, a.Balance))],
            [.. posts.Select(p => new PostRecord(p.Role, p.Area, p.From, p.To))]);
    }

    public static async Task<IReadOnlyList<LookLine>> Looks(ShouwangDb db, Id<Person>[] ids, CancellationToken ct)
    {
        var looks = await All(db.Looks).Where(l => ids.Contains(l.Person)).OrderBy(l => l.At).ThenBy(l => l.Id).ToListAsync(ct);
        var names = await KnownNames.Of(db, looks.Select(l => l.By), ct);
        return [.. looks.Select(l => new LookLine(l.At, names[l.By], l.Role, l.Field, l.Purpose))];
    }

    private static IQueryable<T> All<T>(IQueryable<T> rows) where T : class => rows.IgnoreQueryFilters(s_whatever).AsNoTracking();
}
