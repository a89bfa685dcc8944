using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Pairing;

/// <summary>The pairs an actor may see, proposals with their reasons and beside today's pairs, and the elders without one with what would
/// help. 结对名单</summary>
public sealed class ListPairs(Workspace work, Rulebook rulebook)
{
    public const int PageSize = 50;

    private const int ExportedMost = 20_000;

    /// <param name="TodayName">Who comes today, where the elder has a pair that the proposal would change.</param>
    public sealed record Row(
        Id<Pair> Id, Id<Person> Elder, string ElderName, int ElderAge, string Group, Id<Person> Volunteer, string VolunteerName,
        PairState State, DateOnly? From, Reason? Why, string? TodayName, string? UnderstudyName, bool ElderAgreed, bool VolunteerAgreed,
        PairSide? ChangeAskedBy);

    /// <summary>The ground of a proposal with the names a cadre reads out.</summary>
    public sealed record Reason(string Code, string? Better, long Gain, string? Displaced, long DisplacedLoss, long PlanLoss)
    {
        /// <summary>Whether the way was estimated by group, since one of the two does not agree to coordinates.</summary>
        public bool ByGroup { get; init; }
    }

    /// <param name="Why">Why the last proposal found nobody; none where nobody has asked yet.</param>
    public sealed record Waiting(Id<Person> Elder, string Name, int Age, string Group, string? Why)
    {
        /// <summary>What the elder asks of whoever comes.</summary>
        public PairingWish Wish { get; init; }

        /// <summary>How far somebody may live, in metres.</summary>
        public int Within { get; init; }
    }

    /// <param name="Page">Of the pairs, counted from 1.</param>
    /// <param name="WaitingPage">Of the elders without one, counted from 1.</param>
    public sealed record Query(int Page = 1, int WaitingPage = 1);

    /// <param name="Active">How many stand, on all pages.</param>
    /// <param name="Proposed">How many are proposed, on all pages.</param>
    /// <param name="Pairs">Those of the page.</param>
    /// <param name="Without">How many elders have no pair, on all pages.</param>
    /// <param name="WithoutPair">Those of the page.</param>
    public sealed record View(int Active, int Proposed, IReadOnlyList<Row> Pairs, int Without, IReadOnlyList<Waiting> WithoutPair)
    {
        public int Page { get; init; } = 1;

        public int WaitingPage { get; init; } = 1;

        public int Pages => PagesOf(Active + Proposed);

        public int WaitingPages => PagesOf(Without);

        /// <summary>For whoever may pair: the helpers of a village to choose from by hand; in a larger area only those left out of the
        /// computation.</summary>
        public IReadOnlyList<VolunteerLine> Helpers { get; init; } = [];
    }

    /// <param name="Apart">Whether they do not agree to be proposed by computation, and are only paired by hand.</param>
    public sealed record VolunteerLine(Id<Person> Id, string Name, string Group, bool Apart);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct) => actor.May(Permission.ViewPairs, actor.Scope)
        ? await work.Read(actor, async db => await List(db, query, ct) with
        {
            Helpers = actor.May(Permission.AcceptPairs, actor.Scope) ? await HelpersOf(db, actor.Scope, ct) : [],
        })
        : CommonRefusals.Forbidden;

    /// <summary>Everything on one page, for a workbook.</summary>
    public async Task<Result<View>> All(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope) ? await work.Read(actor, db => List(db, null, ct)) : CommonRefusals.Forbidden;

    private static int PagesOf(int count) => Math.Max(1, (count + PageSize - 1) / PageSize);

    private async Task<View> List(ShouwangDb db, Query? query, CancellationToken ct)
    {
        var counts = await Shown(db).GroupBy(p => p.State)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (active, proposed) = (counts.GetValueOrDefault(PairState.Active), counts.GetValueOrDefault(PairState.Proposed));
        var without = await Unpaired(db).CountAsync(ct);
        var page = Math.Clamp(query?.Page ?? 1, 1, PagesOf(active + proposed));
        var waiting = Math.Clamp(query?.WaitingPage ?? 1, 1, PagesOf(without));
        var most = query is null ? ExportedMost : PageSize;
        return new(
            active, proposed, await Pairs(db, ((page - 1) * PageSize, most), ct), without,
            await WithoutPair(db, ((waiting - 1) * PageSize, most), ct)) { Page = page, WaitingPage = waiting };
    }

    private async Task<List<Row>> Pairs(ShouwangDb db, (int Skip, int Take) part, CancellationToken ct)
    {
        var today = work.Today;
        var found = await (
            from pair in Shown(db)
            join elder in db.People on pair.Elder equals elder.Id
            orderby elder.NameKey, elder.Born, pair.State, pair.Id
            select new { pair, elder.Name, elder.Born, elder.Group }).Skip(part.Skip).Take(part.Take).ToListAsync(ct);
        var elders = found.Select(f => f.pair.Elder).Distinct().ToArray();
        var standing = await db.Pairs.Where(p => p.State == PairState.Active && elders.Contains(p.Elder))
            .Select(p => new { p.Elder, p.Volunteer }).ToListAsync(ct);
        var present = standing.ToLookup(p => p.Elder, p => p.Volunteer);
        var names = await KnownNames.Of(db, [.. found.SelectMany(f => Named(f.pair)), .. standing.Select(p => p.Volunteer)], ct);
        return [.. found.Select(f => RowOf(f.pair, new(f.Name, Person.Age(f.Born, today), f.Group), present[f.pair.Elder], names))];
    }

    private static async Task<List<VolunteerLine>> HelpersOf(ShouwangDb db, AreaCode scope, CancellationToken ct)
    {
        var apart = await AutomatedConsent.Withdrawn(db, ct);
        var (all, only) = (scope.Level == AreaLevel.Village, apart.ToArray());
        var found = await db.People
            .Where(p => (p.Roles & (PersonRoles.Volunteer | PersonRoles.CareWorker)) != 0 && (all || only.Contains(p.Id)))
            .OrderBy(p => p.NameKey).ThenBy(p => p.Born).Select(p => new { p.Id, p.Name, p.Group }).ToListAsync(ct);
        return [.. found.Select(p => new VolunteerLine(p.Id, p.Name, p.Group, apart.Contains(p.Id)))];
    }

    private sealed record ElderLine(string Name, int Age, string Group);

    private static IEnumerable<Id<Person>> Named(Pair pair) =>
        new[] { pair.Volunteer, pair.Understudy, pair.Ground?.Better, pair.Ground?.Displaced }.OfType<Id<Person>>();

    private static Row RowOf(
        Pair pair, ElderLine elder, IEnumerable<Id<Person>> present, IReadOnlyDictionary<Id<Person>, string> names)
    {
        string? NameOf(Id<Person>? id) => id is { } known ? names[known] : null;
        var today = pair.State == PairState.Proposed ? present.Select(p => (Id<Person>?)p).FirstOrDefault() : null;
        return new(
            pair.Id, pair.Elder, elder.Name, elder.Age, elder.Group, pair.Volunteer, names[pair.Volunteer], pair.State, pair.From,
            pair.Ground is { } g ? new(g.Reason, NameOf(g.Better), g.Gain, NameOf(g.Displaced), g.DisplacedLoss, g.PlanLoss)
            {
                ByGroup = g.ByGroup,
            }
            : null,
            NameOf(today), NameOf(pair.Understudy), pair.Consents.Any(c => c.Side == PairSide.Elder),
            pair.Consents.Any(c => c.Side == PairSide.Volunteer), pair.ChangeAskedBy);
    }

    private static IQueryable<Pair> Shown(ShouwangDb db) =>
        db.Pairs.Where(p => p.State != PairState.Ended && db.People.Any(e => e.Id == p.Elder));

    private static IQueryable<Person> Unpaired(ShouwangDb db) => db.People
        .Where(p => (p.Roles & PersonRoles.Elder) != 0 && !db.Pairs.Any(r => r.Elder == p.Id && r.State != PairState.Ended));

    private async Task<List<Waiting>> WithoutPair(ShouwangDb db, (int Skip, int Take) part, CancellationToken ct)
    {
        var today = work.Today;
        var waiting = await Unpaired(db).OrderBy(p => p.NameKey).ThenBy(p => p.Born).ThenBy(p => p.Id)
            .Skip(part.Skip).Take(part.Take)
            .Select(p => new
            {
                Person = p, Why = db.PairingGaps.Where(g => g.Elder == p.Id).Select(g => g.Reason).FirstOrDefault(),
            })
            .AsSplitQuery().ToListAsync(ct);
        return
        [
            .. waiting.Select(w => new Waiting(w.Person.Id, w.Person.Name, w.Person.AgeOn(today), w.Person.Group, w.Why)
            {
                Wish = PairingWish.Of(w.Person, today), Within = rulebook.At(w.Person.Area, today).Int("pairing.farthest"),
            }),
        ];
    }
}
