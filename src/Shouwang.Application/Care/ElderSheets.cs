using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>What somebody on an elder's sheet is to them. 联系人类别</summary>
public enum SheetPart { Volunteer = 1, Understudy = 2, Relative = 3, Cadre = 4 }

/// <summary>The large sheet an elder hangs on the wall: who comes, when, whom to call; for one elder or all of a point. 老人联系卡</summary>
public sealed class ElderSheets(Workspace work, Rulebook rulebook)
{
    private const int RelativesMost = 3;

    /// <summary>One elder, or every elder of a point.</summary>
    public sealed record Query(Id<Person>? Elder, Id<Place>? Point);

    /// <param name="PhoneMask">The number with its middle hidden; empty where none is known.</param>
    public sealed record Contact(Id<Person> Person, string Name, SheetPart Part, string PhoneMask);

    /// <param name="EveryDays">Days from one visit to the next.</param>
    /// <param name="Next">The next visit; today where one is overdue.</param>
    public sealed record Sheet(
        Id<Person> Elder, string Name, string? PointName, string? VolunteerName, int EveryDays, DateOnly Next,
        IReadOnlyList<Contact> Contacts);

    public async Task<Result<List<Sheet>>> Run(Query query, Actor actor, CancellationToken ct) =>
        actor.May(Permission.KeepRegister, actor.Scope) ? await work.Read(actor, db => Make(db, query, ct)) : CommonRefusals.Forbidden;

    private async Task<Result<List<Sheet>>> Make(ShouwangDb db, Query query, CancellationToken ct)
    {
        var today = work.Today;
        Id<Person>? one = query.Elder is { } asked ? await Successor.Of(db, asked, ct) : null;
        var elders = db.People.Where(p => p.Id == one);
        if (query.Point is { } id)
        {
            if (await db.Places.SingleOrDefaultAsync(p => p.Id == id && p.Kind == PlaceKind.Point, ct) is not { } point)
                return PlaceRefusals.NotFound;
            var members = point.On(today, MemberPart.Elder).ToArray();
            elders = db.People.Where(p => members.Contains(p.Id));
        }

        var due = await DueBook.Of(db, elders, rulebook, today, ct);
        if (due.Count == 0 && query.Point is null) return PeopleRefusals.NotFound;
        var theirs = due.Select(e => e.Point).OfType<Id<Place>>().Distinct().ToArray();
        var points = await db.Places.Where(p => theirs.Contains(p.Id) && p.Kind == PlaceKind.Point)
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var book = new ContactBook(db, today);
        var sheets = new List<Sheet>();
        foreach (var e in due.OrderBy(e => e.Elder.Group, StringComparer.Ordinal).ThenBy(e => e.Elder.Name, StringComparer.Ordinal))
        {
            var contacts = await book.Of(e, ct);
            sheets.Add(new(
                e.Elder.Id, e.Elder.Name, e.Point is { } at ? points.GetValueOrDefault(at) : null,
                contacts.Find(c => c.Part == SheetPart.Volunteer)?.Name, e.Rhythm.ContactDays ?? e.Rhythm.EveryDays,
                e.Due.Day < today ? today : e.Due.Day, contacts));
        }

        return sheets;
    }

    /// <summary>Whom an elder calls, in this order.</summary>
    private sealed class ContactBook(ShouwangDb db, DateOnly today)
    {
        private readonly Dictionary<AreaCode, Id<Person>?> _cadres = [];

        public async Task<List<Contact>> Of(ElderDue elder, CancellationToken ct)
        {
            var relations = await db.Relations.Where(r => r.Elder == elder.Elder.Id && r.EndedOn == null).ToListAsync(ct);
            var relatives = relations.OrderBy(r => r.Contact == 0).ThenBy(r => r.Contact).ThenBy(r => r.Kind).ThenBy(r => r.Id.Value)
                .Take(RelativesMost).Select(r => (Id<Person>?)r.Relative);
            var wanted = new[] { (SheetPart.Volunteer, elder.Volunteer), (SheetPart.Understudy, elder.Understudy) }
                .Concat(relatives.Select(r => (SheetPart.Relative, r))).Append((SheetPart.Cadre, await Cadre(elder.Elder.Area, ct)))
                .Where(w => w.Item2 is not null).Select(w => (Part: w.Item1, Person: w.Item2!.Value)).DistinctBy(w => w.Person).ToList();
            var known = await KnownNames.WithPhones(db, [.. wanted.Select(w => w.Person)], ct);
            return
            [
                .. wanted.Where(w => known.ContainsKey(w.Person))
                    .Select(w => new Contact(w.Person, known[w.Person].Name, w.Part, known[w.Person].Phone)),
            ];
        }

        private async Task<Id<Person>?> Cadre(AreaCode village, CancellationToken ct)
        {
            if (!_cadres.TryGetValue(village, out var cadre))
                _cadres[village] = cadre = await new PostHolders(db, today).On(DutyRung.Village, village, ct);
            return cadre;
        }
    }
}
