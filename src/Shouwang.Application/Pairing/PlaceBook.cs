using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Pairing;

/// <summary>What binds every pair on the day it begins, whether it was proposed or made by hand: who the two are, what the elder asks for,
/// and which places the volunteer has left. 名额簿</summary>
internal sealed class PlaceBook(Dictionary<Id<Person>, Person> people, List<Pair> standing, Rulebook rulebook, DateOnly today)
{
    private HashSet<Id<Person>> _apart = [];
    private Dictionary<int, HashSet<Id<Person>>> _bedridden = [];

    public static async Task<PlaceBook> Of(
        ShouwangDb db, Rulebook rulebook, DateOnly today, IReadOnlyCollection<Pair> asked, CancellationToken ct)
    {
        var (elders, helpers) = (asked.Select(p => p.Elder).ToArray(), asked.Select(p => p.Volunteer).Distinct().ToArray());
        var people = await db.People.AsNoTracking().Where(p => elders.Contains(p.Id) || helpers.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, ct);
        var standing = await db.Pairs
            .Where(p => p.State == PairState.Active && (elders.Contains(p.Elder) || helpers.Contains(p.Volunteer))).ToListAsync(ct);
        var book = new PlaceBook(people, standing, rulebook, today) { _apart = await AutomatedConsent.Withdrawn(db, ct) };
        var all = standing.Select(p => p.Elder).Concat(elders).Distinct().ToArray();
        foreach (var level in asked.Select(p => book.FromLevel(p.Area)).Distinct())
        {
            book._bedridden[level] = await Bedridden.Among(
                db.People.AsNoTracking().Where(p => all.Contains(p.Id)), level, today, ct);
        }

        return book;
    }

    /// <summary>Gives the pair a place with its volunteer, and says which pairs of the elder it ends.</summary>
    public Result<List<Pair>> Take(Pair pair)
    {
        if (!people.TryGetValue(pair.Elder, out var elder) || !people.TryGetValue(pair.Volunteer, out var helper))
            return PairingRefusals.NotFound;
        if (helper.Id == elder.Id || !elder.Is(PersonRoles.Elder) || !BoardReader.IsHelper(helper.Roles)) return PairingRefusals.NotAPair;
        if (elder.HasDepartedOn(today) || helper.HasDepartedOn(today)) return PairingRefusals.Departed;
        if (pair.Ground is not null && (_apart.Contains(elder.Id) || _apart.Contains(helper.Id))) return PairingRefusals.ConsentWithdrawn;
        if (!PairingWish.Of(elder, today).SuitedBy(helper, today)) return PairingRefusals.NotAsWished;
        if (Full(pair, elder, helper) is { } full) return full;

        // From here on it succeeds.
        var before = standing.Where(s => s.Elder == elder.Id).ToList();
        _ = standing.RemoveAll(before.Contains);
        standing.Add(pair);
        return before;
    }

    /// <summary>Whether the volunteer has no place left, for anybody or for one more who is bed-ridden; hired helpers take as many of those
    /// as they have places.</summary>
    private Refusal? Full(Pair pair, Person elder, Person helper)
    {
        var rules = rulebook.At(pair.Area, today);
        var (others, places) = (
            standing.FindAll(s => s.Volunteer == helper.Id && s.Elder != elder.Id), BoardReader.PlacesOf(helper.Roles, rules));
        if (others.Count >= places) return PairingRefusals.VolunteerFull.With("places", places);
        var (bedridden, most) = (_bedridden[FromLevel(pair.Area)], rules.Int("pairing.max-bedridden"));
        return !helper.Is(PersonRoles.CareWorker) && bedridden.Contains(elder.Id) && others.Count(s => bedridden.Contains(s.Elder)) >= most
            ? PairingRefusals.BedriddenFull.With("most", most) : null;
    }

    private int FromLevel(AreaCode area) => rulebook.At(area, today).Int(Bedridden.FromLevel);
}
