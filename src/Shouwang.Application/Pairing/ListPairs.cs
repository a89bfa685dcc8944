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
    /// <summary>Counted up to here; beyond it there are only "more".</summary>
    public const int CountedTo = 1_000;

    /// <param name="TodayName">Who comes today, where the elder has a pair that the proposal would change.</param>
    public sealed record Row(
        Id<Pair> Id, Id<Person> Elder, string ElderName, int ElderAge, string Group, Id<Person> Volunteer, string VolunteerName,
        PairState State, DateOnly? From, PairReason? Why, string? TodayName, string? UnderstudyName, bool ElderAgreed, bool VolunteerAgreed,
        PairSide? ChangeAskedBy);

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
    /// <param name="OnlyProposed">Only what waits for the cadre; null means that, as long as anything waits.</param>
    public sealed record Query(int Page = 1, int WaitingPage = 1, bool? OnlyProposed = false);

    /// <param name="Active">How many stand, on all pages; one more than <see cref="CountedTo"/> says "more", here and below.</param>
    /// <param name="Proposed">How many are proposed, on all pages.</param>
    /// <param name="Pairs">Those of the page.</param>
    /// <param name="Without">How many elders have no pair, on all pages.</param>
    /// <param name="WithoutPair">Those of the page.</param>
    public sealed record View(int Active, int Proposed, IReadOnlyList<Row> Pairs, int Without, IReadOnlyList<Waiting> WithoutPair)
    {
        public int Page { get; init; } = 1;

        public int WaitingPage { get; init; } = 1;

        /// <summary>Whether the pairs shown are the proposals alone.</summary>
        public bool IsProposedOnly { get; init; }

        /// <summary>One more than this page, where there is more and nobody has counted how much.</summary>
        public int Pages { get; init; } = 1;

        /// <summary>The same for the elders without a pair.</summary>
        public int WaitingPages { get; init; } = 1;

        /// <summary>For whoever may pair: the helpers of a village to choose from by hand; in a larger area only those left out of the
        /// computation.</summary>
        public IReadOnlyList<VolunteerLine> Helpers { get; init; } = [];
    }

    /// <param name="Apart">Whether they do not agree to be proposed by computation, and are only paired by hand.</param>
    public sealed record VolunteerLine(Id<Person> Id, string Name, string Group, bool Apart);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct) => actor.May(Permission.ViewPairs, actor.Scope)
        ? await work.Read(actor, async db => await List(db, query, ct) with
        {
            Helpers = actor.May(Permission.AcceptPairs, actor.Scope) ? await HelpersOf(db, actor.Scope, work.Today, ct) : [],
        })
        : CommonRefusals.Forbidden;

    /// <summary>A part of the pairs alone, however long, for a workbook.</summary>
    public async Task<Result<Paged<Row>>> Paired(Slice part, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope)
            ? await work.Read(actor, async db => await Pairs(db, (part, false), await AreMany(Shown(db).Select(p => p.Id), ct), ct))
            : CommonRefusals.Forbidden;

    /// <summary>A part of the elders without a pair, however long, for a workbook.</summary>
    public async Task<Result<Paged<Waiting>>> Alone(Slice part, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope)
            ? await work.Read(
                actor, async db => await WithoutPair(db, part, await AreMany(Unpaired(db, work.Today).Select(p => p.Id), ct), ct))
            : CommonRefusals.Forbidden;

    /// <summary>Everything at once, for the command line.</summary>
    public async Task<Result<View>> All(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope) ? await work.ReadWhole(actor, db => Whole(db, ct), ct) : CommonRefusals.Forbidden;

    private async Task<View> Whole(ShouwangDb db, CancellationToken ct) => await List(db, new(), ct) with
    {
        Pairs = await Paging.Every(part => Pairs(db, (part, false), true, ct)),
        WithoutPair = await Paging.Every(part => WithoutPair(db, part, true, ct)),
        Pages = 1,
        WaitingPages = 1,
    };

    private async Task<View> List(ShouwangDb db, Query query, CancellationToken ct)
    {
        var active = await Counted(Shown(db).Where(p => p.State == PairState.Active).Select(p => p.Id), ct);
        var proposed = await Counted(Shown(db).Where(p => p.State == PairState.Proposed).Select(p => p.Id), ct);
        var without = await Counted(Unpaired(db, work.Today).Select(p => p.Id), ct);
        var only = query.OnlyProposed ?? proposed > 0;
        var (pairs, waiting) = (only ? proposed : active + proposed, without);
        var shown = await Pairs(db, (Within(query.Page, pairs), only), pairs > ByName.Many, ct);
        var left = await WithoutPair(db, Within(query.WaitingPage, waiting), waiting > ByName.Many, ct);
        return new(active, proposed, shown, without, left)
        {
            IsProposedOnly = only, Page = shown.Number, Pages = PagesOf(shown, pairs),
            WaitingPage = left.Number, WaitingPages = PagesOf(left, waiting),
        };
    }

    private static Task<int> Counted<T>(IQueryable<T> rows, CancellationToken ct) => ByName.CountUpTo(rows, CountedTo, ct);

    private static async Task<bool> AreMany<T>(IQueryable<T> rows, CancellationToken ct) =>
        await ByName.CountUpTo(rows, ByName.Many, ct) > ByName.Many;

    /// <summary>The page asked for, or the last one where it is known.</summary>
    private static int Within(int page, int count) => count > CountedTo ? page : Math.Min(page, PagesOf(count));

    private static int PagesOf<T>(Paged<T> shown, int count) =>
        count > CountedTo ? shown.Number + (shown.HasMore ? 1 : 0) : PagesOf(count);

    private static int PagesOf(int count) => Math.Max(1, (count + Paging.Size - 1) / Paging.Size);

    private async Task<Paged<Row>> Pairs(ShouwangDb db, (Slice Page, bool OnlyProposed) asked, bool areMany, CancellationToken ct)
    {
        var only = asked.OnlyProposed;
        var today = work.Today;
        var found = await (
            from elder in ByName.Along(db, db.People, areMany)
            join pair in db.Pairs on elder.Id equals pair.Elder
            where only ? pair.State == PairState.Proposed : pair.State != PairState.Ended
            orderby elder.Initials, elder.NameKey, elder.Id, pair.State, pair.Id
            select new { pair, elder.Name, elder.Born, elder.Group }).PageAt(asked.Page, ct);
        var elders = found.Select(f => f.pair.Elder).Distinct().ToArray();
        var standing = await db.Pairs.Where(p => p.State == PairState.Active && elders.Contains(p.Elder))
            .Select(p => new { p.Elder, p.Volunteer }).ToListAsync(ct);
        var present = standing.ToLookup(p => p.Elder, p => p.Volunteer);
        var names = await KnownNames.Of(db, [.. found.SelectMany(f => Named(f.pair)), .. standing.Select(p => p.Volunteer)], ct);
        var kin = await KinView.Of(db, ct);
        return found.With(found.Select(
            f => RowOf(f.pair, new(f.Name, Person.Age(f.Born, today), f.Group), present[f.pair.Elder], (kin, names))));
    }

    private static async Task<List<VolunteerLine>> HelpersOf(ShouwangDb db, AreaCode scope, DateOnly today, CancellationToken ct)
    {
        var apart = await AutomatedConsent.Withdrawn(db, ct);
        var (all, only) = (scope.Level == AreaLevel.Village, apart.ToArray());
        var found = await WhoLives.Here(AlongIndex.Narrow(db, db.People), today)
            .Where(p => (p.Roles & (PersonRoles.Volunteer | PersonRoles.CareWorker)) != 0 && (all || only.Contains(p.Id)))
            .OrderBy(p => p.NameKey).ThenBy(p => p.Born).Select(p => new { p.Id, p.Name, p.Group }).ToListAsync(ct);
        return [.. found.Select(p => new VolunteerLine(p.Id, p.Name, p.Group, apart.Contains(p.Id)))];
    }

    private sealed record ElderLine(string Name, int Age, string Group);

    private static IEnumerable<Id<Person>> Named(Pair pair) =>
        new[] { pair.Volunteer, pair.Understudy }.Concat(PairReason.Named(pair.Ground)).OfType<Id<Person>>();

    private static Row RowOf(
        Pair pair, ElderLine elder, IEnumerable<Id<Person>> present, (KinView Kin, IReadOnlyDictionary<Id<Person>, string> Names) read)
    {
        var (kin, names) = read;
        string? NameOf(Id<Person>? id) => id is { } known ? kin.NameOf(pair.Elder, known, names[known]) : null;
        var today = pair.State == PairState.Proposed ? present.Select(p => (Id<Person>?)p).FirstOrDefault() : null;
        return new(
            pair.Id, pair.Elder, elder.Name, elder.Age, elder.Group, pair.Volunteer, NameOf(pair.Volunteer)!, pair.State, pair.From,
            kin.Told(pair.Elder, PairReason.Of(pair.Ground, names)), NameOf(today),
            kin.Told(pair.Elder, NameOf(pair.Understudy)), pair.Consents.Any(c => c.Side == PairSide.Elder),
            pair.Consents.Any(c => c.Side == PairSide.Volunteer), pair.ChangeAskedBy);
    }

    private static IQueryable<Pair> Shown(ShouwangDb db) =>
        AlongIndex.Narrow(db, db.Pairs).Where(p => p.State != PairState.Ended && db.People.Any(e => e.Id == p.Elder));

    private static IQueryable<Person> Unpaired(ShouwangDb db, DateOnly today) => WhoLives.Here(db.People, today)
        .Where(p => (p.Roles & PersonRoles.Elder) != 0 && !db.Pairs.Any(r => r.Elder == p.Id && r.State != PairState.Ended));

    private async Task<Paged<Waiting>> WithoutPair(ShouwangDb db, Slice page, bool areMany, CancellationToken ct)
    {
        var today = work.Today;
        var ids = await ByName.Order(db, Unpaired(db, today), areMany).Select(p => p.Id).PageAt(page, ct);
        var shown = ids.ToArray();
        var people = await ByName.Order(db.People.Where(p => shown.Contains(p.Id))).AsSplitQuery().ToListAsync(ct);
        var why = await db.PairingGaps.Where(g => shown.Contains(g.Elder)).ToDictionaryAsync(g => g.Elder, g => g.Reason, ct);
        return ids.With(people.Select(p => new Waiting(p.Id, p.Name, p.AgeOn(today), p.Group, why.GetValueOrDefault(p.Id))
        {
            Wish = PairingWish.Of(p, today), Within = rulebook.At(p.Area, today).Int("pairing.farthest"),
        }));
    }
}
