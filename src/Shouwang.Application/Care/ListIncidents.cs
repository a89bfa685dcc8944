using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Open emergencies the actor may see, the newest first; they stand on top of every day. 紧急情况名单</summary>
public sealed class ListIncidents(Workspace work)
{
    /// <param name="ComingName">Who is on the way; nobody yet when null.</param>
    public sealed record Row(Id<Incident> Id, Id<Person> Elder, string ElderName, DateTimeOffset OpenedAt, string? ComingName);

    public async Task<Result<Paged<Row>>> Run(Slice part, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewVisits, actor.Scope) ? await work.Read(actor, db => List(db, part, ct)) : CommonRefusals.Forbidden;

    private static async Task<Paged<Row>> List(ShouwangDb db, Slice part, CancellationToken ct)
    {
        var kin = await KinView.Of(db, ct);
        var open = await kin.Known(AlongIndex.Narrow(db, db.Incidents)).Where(i => i.ClosedAt == null)
            .OrderByDescending(i => i.OpenedAt).ThenBy(i => i.Id).PageAt(part, ct);
        var coming = open.ToDictionary(i => i.Id, i => i.Steps.LastOrDefault(s => s.What == IncidentEvent.Coming)?.By);
        var names = await KnownNames.Of(db, open.Select(i => i.Elder).Concat(coming.Values.OfType<Id<Person>>()), ct);
        return open.With(open.Select(i => new Row(
            i.Id, i.Elder, names[i.Elder], i.OpenedAt, coming[i.Id] is { } by ? names[by] : null)));
    }
}
