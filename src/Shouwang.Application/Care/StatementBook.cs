using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.Care;

/// <summary>Which month of which subject, and by which moment's knowledge. 月报范围</summary>
/// <param name="KnownAt">What was learned later is left out, so that a closed month can be worked out again as it was.</param>
internal sealed record StatementScope(StatementSubject Subject, DateOnly First, DateTimeOffset KnownAt)
{
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    public string Month => $"{First:yyyy-MM}";
}

/// <summary>Reads everything a statement is made of. 月报取数</summary>
internal sealed class StatementBook(ShouwangDb db)
{
    /// <summary>What a statement is made of.</summary>
    public sealed record Found(
        StatementScope Scope, string Name, AreaCode Area, List<Visit> Visits, List<VisitCredit> Credits, List<Person> Elders,
        int WithoutPair, int OpenDisputes, IReadOnlyDictionary<Id<Person>, string> Names, List<StatementContent.Supplement> Supplements)
    {
        /// <summary>Emergencies that were opened in the month.</summary>
        public required List<Incident> Incidents { get; init; }
    }

    /// <summary>Reads a month; null where there is no such point or village in sight.</summary>
    public async Task<Found?> Read(StatementScope scope, CancellationToken ct)
    {
        var point = scope.Subject.Point is { } id
            ? await db.Places.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Kind == PlaceKind.Point, ct)
            : null;
        if (scope.Subject.Point is not null && point is null) return null;

        var area = point?.Area ?? scope.Subject.Village!.Value;
        var name = point?.Name ?? await NameOf(area, ct);
        if (name is null) return null;

        var visits = await Visits(scope, area).Where(v => v.Day >= scope.First && v.Day <= scope.Last).ToListAsync(ct);
        visits = await Standing(visits, scope.KnownAt, ct);
        var credits = await CreditsOf(visits, scope.KnownAt, ct);
        var elders = await Elders(point, area, scope.Last, ct);
        var names = await KnownNames.Of(db, visits.Select(v => v.Volunteer), ct);
        return new(
            scope, name, area, visits, credits, elders, await WithoutPair(elders, scope, ct), await OpenDisputes(visits, scope, ct), names,
            await Supplements(scope, area, ct))
        {
            Incidents = await Incidents(scope, area, elders, ct),
        };
    }

    private async Task<List<Incident>> Incidents(StatementScope scope, AreaCode area, List<Person> elders, CancellationToken ct)
    {
        var (first, next) = (Days.Start(scope.First).ToUniversalTime(), Days.Start(scope.First.AddMonths(1)).ToUniversalTime());
        var opened = db.Incidents.AsNoTracking()
            .Where(i => i.Area == area && i.OpenedAt >= first && i.OpenedAt < next && i.OpenedAt <= scope.KnownAt);
        var ids = elders.Select(e => e.Id).ToArray();
        if (scope.Subject.Point is not null) opened = opened.Where(i => ids.Contains(i.Elder));
        return await opened.ToListAsync(ct);
    }

    /// <summary>A village as a whole is for those who see all of it.</summary>
    private async Task<string?> NameOf(AreaCode village, CancellationToken ct) =>
        village.Level == AreaLevel.Village && db.Looking.Reach.Kind == ReachKind.Area
        ? await db.Areas.AsNoTracking().Where(a => a.Area == village).Select(a => a.Name).FirstOrDefaultAsync(ct)
        : null;

    /// <summary>Also those that gave way later: a closed month is worked out as it was known.</summary>
    private IQueryable<Visit> Written => db.Visits.IgnoreQueryFilters(["standing"]).AsNoTracking();

    private IQueryable<Visit> Visits(StatementScope scope, AreaCode area)
    {
        var visits = Written.Where(v => v.RecordedAt <= scope.KnownAt);
        return scope.Subject.Point is { } point ? visits.Where(v => v.Point == point) : visits.Where(v => v.Area == area);
    }

    /// <summary>A record that gave way to another counts no more, from the moment the other was written.</summary>
    private async Task<List<Visit>> Standing(List<Visit> visits, DateTimeOffset knownAt, CancellationToken ct)
    {
        var corrections = await WrittenAt(visits, ct);
        return visits.FindAll(v => v.CorrectedBy is not { } to || corrections[to] > knownAt);
    }

    /// <summary>When the records that took the place of these were written.</summary>
    private async Task<Dictionary<Id<Visit>, DateTimeOffset>> WrittenAt(List<Visit> visits, CancellationToken ct)
    {
        var by = visits.Select(v => v.CorrectedBy).OfType<Id<Visit>>().Distinct().ToArray();
        if (by.Length == 0) return [];
        return await Written.Where(v => by.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.RecordedAt, ct);
    }

    private async Task<List<VisitCredit>> CreditsOf(List<Visit> visits, DateTimeOffset knownAt, CancellationToken ct)
    {
        var ids = visits.Select(v => v.Id.Value).ToArray();
        return await db.Credits.AsNoTracking().Where(c => ids.Contains(c.Visit) && c.CreditedAt <= knownAt).ToListAsync(ct);
    }

    private async Task<List<Person>> Elders(Place? point, AreaCode area, DateOnly last, CancellationToken ct)
    {
        if (point is null)
        {
            var elders = await db.People.AsNoTracking().Where(p => p.Area == area && (p.Roles & PersonRoles.Elder) != 0).ToListAsync(ct);
            return elders.FindAll(e => IsInListOn(e, last));
        }

        var served = point.On(last, MemberPart.Elder).ToHashSet();
        return await db.People.AsNoTracking().Where(p => served.Contains(p.Id)).ToListAsync(ct);
    }

    /// <summary>Who was registered later is in no earlier month's list; who died or moved away by then is in it no more.</summary>
    private static bool IsInListOn(Person elder, DateOnly day) =>
        !elder.HasDepartedOn(day) && (elder.Facts.Count == 0 || elder.Facts.Min(f => f.From) <= day);

    private async Task<int> WithoutPair(List<Person> elders, StatementScope scope, CancellationToken ct)
    {
        var ids = elders.Select(e => e.Id).ToHashSet();
        var paired = await db.Pairs.AsNoTracking()
            .Where(p => ids.Contains(p.Elder) && p.State != PairState.Proposed)
            .Where(p => p.From <= scope.Last && (p.To == null || p.To > scope.Last))
            .Select(p => p.Elder).Distinct().CountAsync(ct);
        return elders.Count - paired;
    }

    private async Task<int> OpenDisputes(List<Visit> visits, StatementScope scope, CancellationToken ct)
    {
        var ids = visits.Select(v => v.Id.Value).ToArray();
        return await db.HoursDisputes.AsNoTracking().CountAsync(
            d => ids.Contains(d.Visit) && d.RaisedAt <= scope.KnownAt && (d.SettledAt == null || d.SettledAt > scope.KnownAt), ct);
    }

    /// <summary>What arrived in this month for a month of the same subject that had been closed before.</summary>
    private async Task<List<StatementContent.Supplement>> Supplements(StatementScope scope, AreaCode area, CancellationToken ct)
    {
        var closes = await db.MonthCloses.AsNoTracking()
            .Where(c => c.Area == area && c.Point == scope.Subject.Point && c.Month < scope.First && c.SubmittedAt <= scope.KnownAt
                && (c.State == StatementState.Submitted || c.State == StatementState.Accepted))
            .OrderBy(c => c.Month).ToListAsync(ct);
        var found = new List<StatementContent.Supplement>();
        foreach (var close in closes)
        {
            var late = await Late(scope, area, close, ct);
            if (late is { Visits: 0, Minutes: 0, Verified: 0, Credited: 0 }) continue;
            found.Add(late);
        }

        return found;
    }

    /// <summary>What the closed month holds at the end of this one, less what it held when this one began or it was closed: of a
    /// correction only the difference.</summary>
    private async Task<StatementContent.Supplement> Late(StatementScope scope, AreaCode area, MonthClose close, CancellationToken ct)
    {
        var (first, next) = (Days.Start(scope.First).ToUniversalTime(), Days.Start(scope.First.AddMonths(1)).ToUniversalTime());
        var (from, last) = (close.SubmittedAt > first ? close.SubmittedAt : first, close.Month.AddMonths(1).AddDays(-1));
        var visits = await Visits(scope, area).Where(v => v.Day >= close.Month && v.Day <= last && v.Outcome == VisitOutcome.Done)
            .ToListAsync(ct);
        var ids = visits.Select(v => v.Id.Value).ToArray();
        var credits = await db.Credits.AsNoTracking().Where(c => ids.Contains(c.Visit)).ToListAsync(ct);
        var corrections = await WrittenAt(visits, ct);

        return Sum(at => at < next && at <= scope.KnownAt).Less(Sum(at => at <= from));

        StatementContent.Supplement Sum(Func<DateTimeOffset?, bool> known)
        {
            var standing = visits.FindAll(v => known(v.RecordedAt) && !(v.CorrectedBy is { } by && known(corrections[by])));
            return new(
                $"{close.Month:yyyy-MM}", standing.Count, standing.Sum(v => v.Minutes), standing.Count(v => known(v.VerifiedAt)),
                credits.Where(c => known(c.CreditedAt) && !known(c.TakenBackAt)).Sum(c => c.Credited));
        }
    }
}
