using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Whom to look in on today: who is overdue, due, visited, away; the most pressing first. 今天要看望谁</summary>
public sealed class DueVisits(Workspace work, Rulebook rulebook)
{
    /// <summary>How many elders are listed; the counts are of all.</summary>
    public const int Most = 100;

    /// <param name="CallSuffices">A call by phone is enough today.</param>
    /// <param name="DaysLate">Days past the due day.</param>
    public sealed record Row(
        Id<Person> Elder, string Name, int Age, string Group, RiskClass Risk, RiskReason Reason, Id<Person>? Volunteer,
        string? VolunteerName, DateOnly? Last, DateOnly Due, DueState State, bool CallSuffices, int DaysLate)
    {
        /// <summary>Why an extra visit is owed for which nobody came yet; the most pressing where there are several.</summary>
        public ExtraVisit? Extra { get; init; }

        /// <summary>Whether the elder's consent to visits is still to be asked for (rule visits.consent-required).</summary>
        public bool AsksConsent { get; init; }
    }

    public sealed record View(IReadOnlyList<Row> Rows, int Overdue, int Today, int Visited, int Later, int Away)
    {
        /// <summary>How many elders are still to be asked whether they agree to visits.</summary>
        public int AskConsent { get; init; }

        public int Elders => Overdue + Today + Visited + Later + Away;
    }

    /// <summary>For those who know their elders one by one; an officer looks at duties by village instead.</summary>
    public Task<Result<View>> Run(Actor actor, CancellationToken ct) => Look(Most, actor, ct);

    /// <summary>Everyone, for a workbook.</summary>
    public Task<Result<View>> All(Actor actor, CancellationToken ct) => Look(int.MaxValue, actor, ct);

    private async Task<Result<View>> Look(int most, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewVisits, actor.Scope)) return CommonRefusals.Forbidden;
        if (actor.Reach.Kind == ReachKind.Area && actor.Scope.Level < AreaLevel.Village) return CareRefusals.TooWide;
        return await work.Read(actor, db => List(db, most, actor, ct));
    }

    private async Task<View> List(ShouwangDb db, int most, Actor actor, CancellationToken ct)
    {
        var today = work.Today;
        var others = AlongIndex.Narrow(db, db.People).Where(p => p.Id != actor.Person);
        var elders = await DueBook.Of(db, DueBook.Willing(db, others), rulebook, today, ct);
        var shown = elders.OrderBy(e => e.Due.State).ThenBy(e => e.Due.Day).ThenBy(e => e.Risk.Class)
            .ThenBy(e => e.Elder.Name, StringComparer.Ordinal).Take(most).ToList();
        var names = await KnownNames.Of(db, shown.Select(e => e.Volunteer).OfType<Id<Person>>(), ct);
        var kin = await KinView.Of(db, ct);
        var asks = await ToAsk(db, elders, today, ct);
        return new(
            [.. shown.Select(e => RowOf(e, Named(e), today) with { AsksConsent = asks.Contains(e.Elder.Id) })], Of(DueState.Overdue),
            Of(DueState.Today), Of(DueState.Visited), Of(DueState.Later), Of(DueState.Away))
        {
            AskConsent = asks.Count,
        };

        string? Named(ElderDue e) => e.Volunteer is { } v ? kin.NameOf(e.Elder.Id, v, names[v]) : null;

        int Of(DueState state) => elders.Count(e => e.Due.State == state);
    }

    private async Task<HashSet<Id<Person>>> ToAsk(ShouwangDb db, List<ElderDue> elders, DateOnly today, CancellationToken ct)
    {
        var asked = elders.Where(e => rulebook.At(e.Elder.Area, today).Bool("visits.consent-required")).Select(e => e.Elder.Id).ToHashSet();
        asked.ExceptWith(await ConsentBook.WhoAgreed(db, asked.ToArray(), ConsentPurpose.Visits, ct));
        return asked;
    }

    private static Row RowOf(ElderDue e, string? volunteer, DateOnly today) => new(
        e.Elder.Id, e.Elder.Name, e.Elder.AgeOn(today), e.Elder.Group, e.Risk.Class, e.Risk.Reason, e.Volunteer,
        volunteer, e.Last.AnyWay, e.Due.Day, e.Due.State, e.Due.CallSuffices,
        e.Due.DaysLate(today))
    {
        Extra = e.Last.Extras is [var extra, ..] ? extra : null,
    };
}
