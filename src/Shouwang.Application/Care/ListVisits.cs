using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Visits of a period that the actor may see, newest first. 探访名单</summary>
public sealed class ListVisits(Workspace work)
{
    /// <summary>Counted up to here; beyond it there are only "more".</summary>
    public const int CountedTo = 1_000;

    private static readonly string s_newest = AlongIndex.Of("care_visit", "IX_care_visit_StartedAt_Id_State_Area");

    private static readonly string s_newestOfState = AlongIndex.Of("care_visit", "IX_care_visit_State_StartedAt_Id_Area");

    /// <param name="State">Only visits that stand like this.</param>
    /// <param name="Page">1, 2, 3 …</param>
    public sealed record Query(DateOnly From, DateOnly To, VisitState? State = null, Slice Page = default);

    /// <param name="Condition">How the elder was found; not said to a relative while the elder has not agreed.</param>
    public sealed record Row(
        Id<Visit> Id, Id<Person> Elder, string ElderName, Id<Person> Volunteer, string VolunteerName, DateTimeOffset StartedAt, int Minutes,
        VisitWay Way, VisitOutcome Outcome, ServiceItems Items, Condition? Condition, VisitState State, VerificationWay? VerifiedHow)
    {
        /// <summary>Whether the reader wrote it down, and so is no second person who could confirm it.</summary>
        public bool WrittenByReader { get; init; }
    }

    /// <param name="Total">On all pages, counted up to <see cref="CountedTo"/>; one more than that says "more".</param>
    public sealed record View(IReadOnlyList<Row> Visits, int Total, int Page, bool HasMore);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewVisits, actor.Scope) ? await work.Read(actor, db => List(db, query, ct)) : CommonRefusals.Forbidden;

    private static async Task<View> List(ShouwangDb db, Query query, CancellationToken ct)
    {
        var (from, to) = (Days.Start(query.From), Days.Start(query.To.AddDays(1)));
        var visits = AlongIndex.Narrow(db, AlongIndex.Wide(db, db.Visits, query.State is null ? s_newest : s_newestOfState))
            .Where(v => v.StartedAt >= from && v.StartedAt < to && (query.State == null || v.State == query.State));
        var shown = await visits.OrderByDescending(v => v.StartedAt).ThenByDescending(v => v.Id).PageAt(query.Page, ct);
        var names = await KnownNames.Of(db, shown.SelectMany(v => new[] { v.Elder, v.Volunteer }), ct);
        var count = await visits.Select(v => v.Id).Take(CountedTo + 1).CountAsync(ct);
        var kin = await KinView.Of(db, ct);
        return new([.. shown.Select(v => RowOf(v, kin, names, db.Looking))], count, shown.Number, shown.HasMore);
    }

    private static Row RowOf(Visit v, KinView kin, IReadOnlyDictionary<Id<Person>, string> names, Actor reader) => new(
        v.Id, v.Elder, names[v.Elder], v.Volunteer, kin.NameOf(v.Elder, v.Volunteer, names[v.Volunteer]), v.StartedAt, v.Minutes, v.Way,
        v.Outcome, v.Items, kin.Told<Condition?>(v.Elder, v.Condition), v.State, v.VerifiedHow)
    {
        WrittenByReader = v.RecordedBy == reader.Person,
    };
}
