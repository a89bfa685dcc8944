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
internal sealed class BoardReader(ShouwangDb db, PersonVault vault, VillageRules rules)
{
    private HashSet<Id<Person>> _unlocated = [];
    private readonly Dictionary<int, HashSet<Id<Person>>> _bedridden = [];
    private Dictionary<Id<Person>, MapPoint> _spots = [];

    /// <param name="Apart">Elders without a pair who do not agree to be proposed by computation.</param>
    public sealed record Board(
        IReadOnlyList<BoardSeat> Elders, IReadOnlyList<BoardSeat> Helpers, BoardBonds Bonds, IReadOnlyList<BoardSeat> Apart)
    {
        /// <summary>The elders of each village with the helpers there: nobody else is a candidate.</summary>
        public IEnumerable<(AreaCode Village, Board Own)> ByVillage()
        {
            var (helpers, apart) = (Helpers.ToLookup(h => h.Village), Apart.ToLookup(e => e.Village));
            var (elders, bonds) = (Elders.ToLookup(e => e.Village), Bonds.Among(Elders));
            return elders.Concat(apart).Select(g => g.Key).Distinct().Order()
                .Select(v => (v, new Board([.. elders[v]], [.. helpers[v]], bonds(v), [.. apart[v]])));
        }
    }

    private const PersonRoles Seated = PersonRoles.Elder | PersonRoles.Volunteer | PersonRoles.CareWorker;

    private static readonly FactKind[] s_wishes = [FactKind.HelperWish, FactKind.NeededSkills, FactKind.Skills];

    /// <param name="anew">Whether elders who have a pair are asked about again; otherwise only those without one, and those for whom a
    /// change was asked.</param>
    public async Task<Board> Read(AreaCode area, Id<Place>? point, bool anew, CancellationToken ct)
    {
        var people = await People(area, ct);
        var pairs = await InArea(db.Pairs.AsNoTracking(), area).Where(p => p.State != PairState.Ended || p.DeclinedBy != null)
            .Select(p => new Bond(p.Elder, p.Volunteer, p.State, p.ChangeAskedBy != null, p.DeclinedBy != null)).ToListAsync(ct);
        var pointOf = await Points(area, ct);
        var no = await AutomatedConsent.Withdrawn(db, ct);
        _unlocated = [.. await ConsentBook.WhoTookBack(db, ConsentPurpose.Location).ToListAsync(ct)];
        foreach (var level in people.Select(p => p.Area).Distinct().Select(FromLevel).Distinct())
            _bedridden[level] = await Bedridden.Among(InArea(db.People.AsNoTracking(), area), level, rules.Day, ct);
        var settled = pairs.Where(p => p.State == PairState.Active && !p.IsToChange).ToLookup(s => s.Elder, s => s.Volunteer);
        var open = people.Where(p => Is(p, PersonRoles.Elder) && (point is null || At(pointOf, p) == point))
            .Where(p => !settled[p.Id].Any(v => !anew || no.Contains(v) || no.Contains(p.Id))).ToList();
        var asked = open.FindAll(p => !no.Contains(p.Id));
        var moving = asked.Select(p => p.Id).ToHashSet();
        var helpers = people.FindAll(p => IsHelper(p.Roles) && !no.Contains(p.Id));
        _spots = Spots(open.Concat(helpers));
        var load = pairs.Where(p => p.State != PairState.Ended && !moving.Contains(p.Elder)).ToLookup(p => p.Volunteer, p => p.Elder);
        return new(
            [.. asked.Select(p => Elder(p, At(pointOf, p)))],
            [.. helpers.Select(p => Helper(p, At(pointOf, p), load))],
            await Bonds(pairs, area, ct) with { Roofs = Roofs(people, settled, moving) },
            [.. open.Where(p => no.Contains(p.Id)).Select(p => Seat(p, At(pointOf, p), 0))]);
    }

    /// <summary>Whether somebody may look after an elder.</summary>
    internal static bool IsHelper(PersonRoles roles) => (roles & (PersonRoles.Volunteer | PersonRoles.CareWorker)) != 0;

    /// <summary>How many elders a helper may look after.</summary>
    internal static int PlacesOf(PersonRoles helper, RulesInForce rules) =>
        rules.Int((helper & PersonRoles.CareWorker) != 0 ? "points.max-elders-per-care-worker" : "points.max-elders-per-volunteer");

    /// <summary>What of a person the board needs; a whole entry with everything known of it is read only of those few who ask for somebody
    /// special or can do something special.</summary>
    private sealed record Someone(
        Id<Person> Id, AreaCode Area, string Group, Sex Sex, PersonRoles Roles, Id<Household>? Household, Secrets Secrets)
    {
        public PairingWish Wish { get; init; }

        public Skills Skills { get; init; }
    }

    private sealed record Bond(Id<Person> Elder, Id<Person> Volunteer, PairState State, bool IsToChange, bool IsDeclined);

    private static bool Is(Someone person, PersonRoles role) => (person.Roles & role) != 0;

    private async Task<List<Someone>> People(AreaCode area, CancellationToken ct)
    {
        var seated = WhoLives.Here(InArea(AlongIndex.Narrow(db, db.People).AsNoTracking(), area), rules.Day)
            .Where(p => (p.Roles & Seated) != 0);
        var wishing = await seated.Where(p => p.Facts.Any(f => s_wishes.Contains(f.Kind))).Select(p => p.Id).ToArrayAsync(ct);
        var special = wishing.Length == 0 ? []
            : await db.People.AsNoTracking().Where(p => wishing.Contains(p.Id)).AsSplitQuery().ToDictionaryAsync(p => p.Id, ct);
        var people = await seated.OrderBy(p => p.NameKey).ThenBy(p => p.Born).ThenBy(p => p.Id)
            .Select(p => new Someone(p.Id, p.Area, p.Group, p.Sex, p.Roles, p.Household, p.Secrets)).ToListAsync(ct);
        return people.ConvertAll(p => special.TryGetValue(p.Id, out var whole)
            ? p with { Wish = PairingWish.Of(whole, rules.Day), Skills = PairingWish.SkillsOf(whole, rules.Day) } : p);
    }

    private async Task<Dictionary<Id<Person>, Id<Place>>> Points(AreaCode area, CancellationToken ct)
    {
        var day = rules.Day;
        var members = await InArea(db.Places.AsNoTracking(), area).Where(p => p.Kind == PlaceKind.Point)
            .SelectMany(p => p.Members, (p, m) => new { m.Person, p.Id, m.From, m.To })
            .Where(m => m.From <= day && (m.To == null || m.To > day)).ToListAsync(ct);
        return members.GroupBy(m => m.Person).ToDictionary(g => g.Key, g => g.MinBy(m => m.Id.Value)!.Id);
    }

    private static Id<Place>? At(Dictionary<Id<Person>, Id<Place>> points, Someone person) =>
        points.TryGetValue(person.Id, out var point) ? point : null;

    /// <summary>Whoever asks for somebody has a helper under the same roof already, who goes on coming there.</summary>
    private static HashSet<(Id<Person>, Id<Person>)> Roofs(
        List<Someone> people, ILookup<Id<Person>, Id<Person>> settled, HashSet<Id<Person>> moving)
    {
        var helpers = people.Where(p => p.Household is not null && !moving.Contains(p.Id))
            .SelectMany(p => settled[p.Id].Select(helper => (Roof: p.Household!.Value, helper))).ToLookup(h => h.Roof, h => h.helper);
        return [.. people.Where(p => p.Household is not null && moving.Contains(p.Id))
            .SelectMany(p => helpers[p.Household!.Value].Select(helper => (p.Id, helper)))];
    }

    private BoardSeat Elder(Someone person, Id<Place>? point) =>
        Seat(person, point, 0) with
        {
            Household = person.Household, IsBedridden = _bedridden[FromLevel(person.Area)].Contains(person.Id),
        };

    private BoardSeat Helper(Someone person, Id<Place>? point, ILookup<Id<Person>, Id<Person>> load)
    {
        var (own, has) = (rules.Of(person.Area), load[person.Id].Count());
        var seat = Seat(person, point, Math.Max(0, PlacesOf(person.Roles, own) - has)) with { Has = has };
        if (Is(person, PersonRoles.CareWorker)) return seat;
        var bedridden = _bedridden[FromLevel(person.Area)];
        return seat with { BedriddenFree = own.Int("pairing.max-bedridden") - load[person.Id].Count(bedridden.Contains) };
    }

    private int FromLevel(AreaCode village) => rules.Of(village).Int(Bedridden.FromLevel);

    private BoardSeat Seat(Someone person, Id<Place>? point, int free)
    {
        var spot = _spots.TryGetValue(person.Id, out var at) ? at : (MapPoint?)null;
        return new(person.Id, person.Area, person.Group, point, spot, free)
        {
            Wish = person.Wish, Sex = person.Sex, Skills = person.Skills, IsUnlocated = _unlocated.Contains(person.Id),
        };
    }

    /// <summary>Where they live. Each home is sealed under a key of its own, so opening a township's is work for every processor.</summary>
    private Dictionary<Id<Person>, MapPoint> Spots(IEnumerable<Someone> people) => people.DistinctBy(p => p.Id).AsParallel()
        .Where(p => !_unlocated.Contains(p.Id))
        .Select(p => (p.Id, Home: vault.OpenHome(p.Id, p.Secrets)))
        .Select(p => (p.Id, At: HomeSpotMetres.Of(p.Home?.Latitude, p.Home?.Longitude)))
        .Where(p => p.At is not null).ToDictionary(p => p.Id, p => new MapPoint(p.At!.Value.East, p.At.Value.North));

    private async Task<BoardBonds> Bonds(List<Bond> pairs, AreaCode area, CancellationToken ct)
    {
        var relations = await InArea(db.Relations.AsNoTracking(), area).Select(r => new { r.Elder, r.Relative, r.Kind }).ToListAsync(ct);
        return new(
            pairs.Where(p => p.IsDeclined || p.IsToChange).Select(p => (p.Elder, p.Volunteer)).ToHashSet(),
            relations.Where(r => r.Kind != RelationKind.Neighbour).Select(r => (r.Elder, r.Relative)).ToHashSet(),
            relations.Where(r => r.Kind == RelationKind.Neighbour).Select(r => (r.Elder, r.Relative)).ToHashSet(),
            pairs.Where(p => p.State == PairState.Active && !p.IsToChange).Select(p => (p.Elder, p.Volunteer)).ToHashSet());
    }

    internal static IQueryable<T> InArea<T>(IQueryable<T> all, AreaCode area) where T : Entity
    {
        var (first, last) = (area.First, area.Last);
        return all.Where(e => e.Area >= first && e.Area <= last);
    }
}
