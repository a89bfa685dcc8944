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
    /// <summary>How many rows one page shows.</summary>
    public const int PageSize = 50;

    /// <param name="State">Only visits that stand like this.</param>
    /// <param name="Page">1, 2, 3 …</param>
    public sealed record Query(DateOnly From, DateOnly To, VisitState? State = null, int Page = 1);

    public sealed record Row(
        Id<Visit> Id, Id<Person> Elder, string ElderName, Id<Person> Volunteer, string VolunteerName, DateTimeOffset StartedAt, int Minutes,
        VisitWay Way, VisitOutcome Outcome, ServiceItems Items, Condition Condition, VisitState State, VerificationWay? VerifiedHow);

    public sealed record View(IReadOnlyList<Row> Visits, int Total, int Page);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewVisits, actor.Scope) ? await work.Read(actor, db => List(db, query, ct)) : CommonRefusals.Forbidden;

    private static async Task<View> List(ShouwangDb db, Query query, CancellationToken ct)
    {
        var visits = db.Visits.Where(v => v.Day >= query.From && v.Day <= query.To && (query.State == null || v.State == query.State));
        var page = Math.Max(1, query.Page);
        var shown = await visits.OrderByDescending(v => v.StartedAt).ThenBy(v => v.Id).Skip((page - 1) * PageSize)
            .Take(PageSize).ToListAsync(ct);
        var names = await KnownNames.Of(db, shown.SelectMany(v => new[] { v.Elder, v.Volunteer }), ct);
        return new([.. shown.Select(v => RowOf(v, names))], await visits.CountAsync(ct), page);
    }

    private static Row RowOf(Visit v, IReadOnlyDictionary<Id<Person>, string> names) => new(
        v.Id, v.Elder, names[v.Elder], v.Volunteer, names[v.Volunteer], v.StartedAt, v.Minutes, v.Way, v.Outcome, v.Items, v.Condition,
        v.State,
        v.VerifiedHow);
}
