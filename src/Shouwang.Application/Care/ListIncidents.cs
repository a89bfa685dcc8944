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
    private const int Most = 50;

    /// <param name="ComingName">Who is on the way; nobody yet when null.</param>
    public sealed record Row(Id<Incident> Id, Id<Person> Elder, string ElderName, DateTimeOffset OpenedAt, string? ComingName);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) => actor.May(Permission.ViewVisits, actor.Scope)
        ? await work.Read(actor, db => List(db, ct)) : CommonRefusals.Forbidden;

    private static async Task<List<Row>> List(ShouwangDb db, CancellationToken ct)
    {
        var open = await db.Incidents.Where(i => i.ClosedAt == null).OrderByDescending(i => i.OpenedAt).Take(Most).ToListAsync(ct);
        var coming = open.ToDictionary(i => i.Id, i => i.Steps.LastOrDefault(s => s.What == IncidentEvent.Coming)?.By);
        var names = await KnownNames.Of(db, open.Select(i => i.Elder).Concat(coming.Values.OfType<Id<Person>>()), ct);
        return
        [
            .. open.Select(i => new Row(
                i.Id, i.Elder, names[i.Elder], i.OpenedAt, coming[i.Id] is { } by ? names[by] : null)),
        ];
    }
}
