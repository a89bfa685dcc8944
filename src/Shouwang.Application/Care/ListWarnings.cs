using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Weather warnings that concern where one works, those that stand and those that were, the latest first. 天气预警列表</summary>
public sealed class ListWarnings(Workspace work)
{
    /// <param name="AreaName">Nothing where the area lies above one's own.</param>
    /// <param name="IsNow">Whether it holds today.</param>
    /// <param name="MayEnd">Whether it is for the asker to end it, or to take its end back.</param>
    public sealed record Row(
        Id<WeatherWarning> Id, AreaCode Area, string? AreaName, Weather Weather, string DeclaredByName, DateTimeOffset DeclaredAt,
        DateTimeOffset? EndedAt, bool IsNow, bool MayEnd)
    {
        /// <summary>Whether it is still to come.</summary>
        public bool IsAhead { get; init; }

        /// <summary>Whether its end can still be taken back.</summary>
        public bool MayResume { get; init; }
    }

    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewVisits, actor.Scope) ? await work.Read(actor, db => List(db, page, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Paged<Row>> List(ShouwangDb db, Slice page, Actor actor, CancellationToken ct)
    {
        var (found, today) = (await db.Warnings.OrderByDescending(w => w.From).ThenBy(w => w.Id).PageAt(page, ct), work.Today);
        var names = await KnownNames.Of(db, found.Select(w => w.DeclaredBy), ct);
        var areas = await AreaNames.Of(db, found.Select(w => w.Area), today, ct);
        return found.With(found.Select(w => RowOf(w)));

        Row RowOf(WeatherWarning w)
        {
            var may = actor.May(Permission.DeclareWarnings, w.Area);
            return new(
                w.Id, w.Area, actor.Covers(w.Area) ? areas[w.Area] : null, new(w.Kind, w.Level, w.From, w.To),
                names.GetValueOrDefault(w.DeclaredBy, ""), w.DeclaredAt, w.EndedAt, w.Stands && w.From <= today && today <= w.To,
                may && w.Stands)
            {
                IsAhead = w.Stands && w.From > today,
                MayResume = may && !w.Stands && w.To >= today,
            };
        }
    }
}
