using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Duties;

/// <summary>The open duties a person holds or stands in for, the most pressing first; those who assign duties can look at all.
/// 我的值守</summary>
public sealed class MyDuties(Workspace work)
{
    /// <param name="All">Everyone's, for those who assign duties.</param>
    /// <param name="Page">Counted from 1.</param>
    public sealed record Query(bool All = false, Slice Page = default);

    /// <param name="IsMine">Whether it is for the asker to act.</param>
    public sealed record Row(
        Id<Duty> Id, DutyKind Kind, Id<Person> About, string AboutName, DutyRung Rung, Id<Person> Holder, string HolderName,
        string? StandInName, DateTimeOffset DueAt, DateTimeOffset OpenedAt, bool IsMine, Guid? Record);

    public async Task<Result<Paged<Row>>> Run(Query query, Actor actor, CancellationToken ct)
    {
        if (!actor.May(query.All ? Permission.AssignDuties : Permission.HoldDuties, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => List(db, query, actor, ct));
    }

    private static async Task<Paged<Row>> List(ShouwangDb db, Query query, Actor actor, CancellationToken ct)
    {
        var self = actor.Person;
        var duties = await AlongIndex.Narrow(db, db.Duties)
            .Where(d => d.State == DutyState.Open && (query.All || d.Holder == self || d.StandIn == self))
            .OrderBy(d => d.DueAt).ThenBy(d => d.Id).PageAt(query.Page, ct);
        var names = await KnownNames.Of(
            db, duties.SelectMany(d => new[] { d.About, d.Holder }).Concat(duties.Select(d => d.StandIn).OfType<Id<Person>>()), ct);
        return duties.With(duties.Select(d => new Row(
            d.Id, d.Kind, d.About, names.GetValueOrDefault(d.About, ""), d.Rung, d.Holder, names.GetValueOrDefault(d.Holder, ""),
            d.StandIn is { } acts ? names.GetValueOrDefault(acts, "") : null, d.DueAt, d.OpenedAt, d.IsHeldBy(self), d.Record)));
    }
}
