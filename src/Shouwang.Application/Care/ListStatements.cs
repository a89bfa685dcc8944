using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Care;

/// <summary>Statements that were handed in, those that wait for an answer first. 月报名单</summary>
public sealed class ListStatements(Workspace work)
{
    /// <summary>How many are shown at once.</summary>
    private const int Most = 200;

    public sealed record Row(
        Id<MonthClose> Id, Id<Place>? Point, string Subject, AreaCode Area, DateOnly Month, StatementState State,
        DateTimeOffset SubmittedAt);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewStatements, actor.Scope) ? await work.Read(actor, db => List(db, ct)) : CommonRefusals.Forbidden;

    private static async Task<List<Row>> List(ShouwangDb db, CancellationToken ct)
    {
        var closes = await db.MonthCloses.OrderByDescending(c => c.State == StatementState.Submitted).ThenByDescending(c => c.Month)
            .ThenBy(c => c.Area).ThenBy(c => c.Id).Take(Most)
            .Select(c => new { c.Id, c.Point, c.Area, c.Month, c.State, c.SubmittedAt }).ToListAsync(ct);
        var points = closes.Select(c => c.Point).OfType<Id<Place>>().Distinct().ToArray();
        var places = await db.Places.Where(p => points.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var codes = closes.Select(c => c.Area).Distinct().ToArray();
        var areas = (await db.Areas.Where(a => codes.Contains(a.Area)).ToListAsync(ct)).ToLookup(a => a.Area, a => a.Name);
        return [.. closes.Select(c => new Row(
            c.Id, c.Point, c.Point is { } point ? places.GetValueOrDefault(point, "") : areas[c.Area].FirstOrDefault() ?? "", c.Area,
            c.Month, c.State, c.SubmittedAt))];
    }
}
