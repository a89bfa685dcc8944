using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Care;

/// <summary>Statements that were handed in, those that wait for an answer first. 月报名单</summary>
public sealed class ListStatements(Workspace work)
{
    public sealed record Row(
        Id<MonthClose> Id, Id<Place>? Point, string Subject, AreaCode Area, DateOnly Month, StatementState State,
        DateTimeOffset SubmittedAt);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewStatements, actor.Scope) ? await work.Read(actor, db => List(db, page, ct)) : CommonRefusals.Forbidden;

    /// <summary>How many stand so.</summary>
    public async Task<Result<int>> Count(StatementState state, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewStatements, actor.Scope)
            ? await work.Read(actor, db => AlongIndex.Narrow(db, db.MonthCloses).CountAsync(c => c.State == state, ct))
            : CommonRefusals.Forbidden;

    private static IOrderedQueryable<MonthClose> InOrder(IQueryable<MonthClose> closes) =>
        closes.OrderByDescending(c => c.State == StatementState.Submitted).ThenByDescending(c => c.Month).ThenBy(c => c.Area)
            .ThenBy(c => c.Id);

    private static async Task<Paged<Row>> List(ShouwangDb db, Slice page, CancellationToken ct)
    {
        // First which, along their index: each row is long, since it holds the statement itself.
        var ids = await InOrder(db.MonthCloses).Select(c => c.Id).PageAt(page, ct);
        var shown = ids.ToArray();
        var closes = ids.With(await InOrder(db.MonthCloses.Where(c => shown.Contains(c.Id)))
            .Select(c => new { c.Id, c.Point, c.Area, c.Month, c.State, c.SubmittedAt }).ToListAsync(ct));
        var points = closes.Select(c => c.Point).OfType<Id<Place>>().Distinct().ToArray();
        var places = await db.Places.Where(p => points.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var codes = closes.Select(c => c.Area).Distinct().ToArray();
        var areas = (await db.Areas.Where(a => codes.Contains(a.Area)).ToListAsync(ct)).ToLookup(a => a.Area, a => a.Name);
        return closes.With(closes.Select(c => new Row(
            c.Id, c.Point, c.Point is { } point ? places.GetValueOrDefault(point, "") : areas[c.Area].FirstOrDefault() ?? "", c.Area,
            c.Month, c.State, c.SubmittedAt)));
    }
}
