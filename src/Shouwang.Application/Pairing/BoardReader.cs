using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Who is to be paired in an area or at a point, who has places left, and what binds them. 结对取数</summary>
internal sealed class BoardReader(ShouwangDb db, PersonVault vault, RulesInForce rules)
{
    private HashSet<Id<Person>> _unlocated = [];

    /// <param name="Apart">Elders without a pair who do not agree to be proposed by computation.</param>
    public sealed record Board(
        IReadOnlyList<BoardSeat> Elders, IReadOnlyList<BoardSeat> Helpers, BoardBonds Bonds, IReadOnlyList<BoardSeat> Apart);

    /// <param name="anew">Whether elders who have a pair are asked about again; otherwise only those without one, and those for whom a
    /// change was asked.</param>
    public async Task<Board> Read(AreaCode area, Id<Place>? point, bool anew, CancellationToken ct)
    {
        var people = await InArea(db.People.AsNoTracking(), area).OrderBy(p => p.NameKey).ThenBy(p => p.Born).ThenBy(p => p.Id)
            .ToListAsync(ct);
        var pairs = await InArea(db.Pairs.AsNoTracking(), area).Where(p => p.State != PairState.Ended || p.DeclinedBy != null)
            .ToListAsync(ct);
        var points = await InArea(db.Places.AsNoTracking(), area).Where(p => p.Kind == PlaceKind.Point).ToListAsync(ct);
        var pointOf = points.SelectMany(p => p.Members.Where(m => m.Period.Holds(rules.Day)).Select(m => (m.Person, p.Id)))
            .GroupBy(m => m.Person).ToDictionary(g => g.Key, g => g.First().Id);
        var standing = pairs.Where(p => p.State == PairState.Active).ToList();
        var no = await AutomatedConsent.Withdrawn(db, ct);
        _unlocated = [.. await ConsentBook.WhoTookBack(db, ConsentPurpose.Location).ToListAsync(ct)];
        var settled = standing.Where(s => s.ChangeAskedBy == null).ToLookup(s => s.Elder, s => s.Volunteer);
        var open = people.Where(p => p.Is(PersonRoles.Elder) && (point is null || At(pointOf, p) == point))
            .Where(p => !settled[p.Id].Any(v => !anew || no.Contains(v) || no.Contains(p.Id))).ToList();
        var asked = open.FindAll(p => !no.Contains(p.Id));
        var moving = asked.Select(p => p.Id).ToHashSet();
        var load = pairs.Where(p => p.State != PairState.Ended && !moving.Contains(p.Elder)).CountBy(p => p.Volunteer).ToDictionary();
        return new(
            [.. asked.Select(p => Seat(p, At(pointOf, p), 0))],
            [.. people.Where(p => IsHelper(p) && !no.Contains(p.Id))
                .Select(p => Seat(p, At(pointOf, p), Math.Max(0, PlacesOf(p) - load.GetValueOrDefault(p.Id))))],
            await Bonds(pairs, area, ct),
            [.. open.Where(p => no.Contains(p.Id)).Select(p => Seat(p, At(pointOf, p), 0))]);
    }

    /// <summary>Whether somebody may look after an elder.</summary>
    internal static bool IsHelper(Person person) => person.Is(PersonRoles.Volunteer) || person.Is(PersonRoles.CareWorker);

    private int PlacesOf(Person helper) => PlacesOf(helper, rules);

    /// <summary>How many elders a helper may look after.</summary>
    internal static int PlacesOf(Person helper, RulesInForce rules) =>
        rules.Int(helper.Is(PersonRoles.CareWorker) ? "points.max-elders-per-care-worker" : "points.max-elders-per-volunteer");

    private static Id<Place>? At(Dictionary<Id<Person>, Id<Place>> points, Person person) =>
        points.TryGetValue(person.Id, out var point) ? point : null;

    private BoardSeat Seat(Person person, Id<Place>? point, int free)
    {
        var isUnlocated = _unlocated.Contains(person.Id);
        var home = isUnlocated ? null : vault.OpenHome(person.Id, person.Secrets);
        var spot = HomeSpotMetres.Of(home?.Latitude, home?.Longitude) is { } s ? new MapPoint(s.East, s.North) : (MapPoint?)null;
        return new(person.Id, person.Area, person.Group, point, spot, free)
        {
            Wish = PairingWish.Of(person, rules.Day), Sex = person.Sex, Skills = PairingWish.SkillsOf(person, rules.Day),
            IsUnlocated = isUnlocated,
        };
    }

    private async Task<BoardBonds> Bonds(List<Pair> pairs, AreaCode area, CancellationToken ct)
    {
        var relations = await InArea(db.Relations.AsNoTracking(), area).ToListAsync(ct);
        return new(
            pairs.Where(p => p.DeclinedBy != null || p.ChangeAskedBy != null).Select(p => (p.Elder, p.Volunteer)).ToHashSet(),
            relations.Where(r => r.Kind != RelationKind.Neighbour).Select(r => (r.Elder, r.Relative)).ToHashSet(),
            relations.Where(r => r.Kind == RelationKind.Neighbour).Select(r => (r.Elder, r.Relative)).ToHashSet(),
            pairs.Where(p => p.State == PairState.Active && p.ChangeAskedBy == null).Select(p => (p.Elder, p.Volunteer)).ToHashSet());
    }

    internal static IQueryable<T> InArea<T>(IQueryable<T> all, AreaCode area) where T : Entity
    {
        var (first, last) = (area.First, area.Last);
        return all.Where(e => e.Area >= first && e.Area <= last);
    }
}
