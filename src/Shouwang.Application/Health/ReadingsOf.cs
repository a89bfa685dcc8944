using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Reading = Shouwang.Domain.Health.Reading;

namespace Shouwang.Application.Health;

/// <summary>What was measured of one person lately, newest first. 读数记录</summary>
public sealed class ReadingsOf(Workspace work)
{
    private const int Most = 60;

    public sealed record Row(Id<Reading> Id, ReadingKind Kind, string Value, DateTimeOffset TakenAt);

    public async Task<Result<List<Row>>> Run(Id<Person> person, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewReadings, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => List(db, person, ct));
    }

    private static async Task<Result<List<Row>>> List(ShouwangDb db, Id<Person> person, CancellationToken ct)
    {
        person = await Successor.Of(db, person, ct);
        if (!await db.People.AnyAsync(p => p.Id == person, ct)) return PeopleRefusals.NotFound;
        var every = await Successor.With(db, person, ct);
        var readings = await db.Readings.Where(r => every.Contains(r.Person)).OrderByDescending(r => r.TakenAt).ThenBy(r => r.Kind)
            .Take(Most).ToListAsync(ct);
        var wrong = await Corrected(db, [.. readings.Select(r => r.Origin).OfType<Guid>().Distinct()], ct);
        return readings.Where(r => r.Origin is not { } from || !wrong.Contains(from))
            .Select(r => new Row(r.Id, r.Kind, r.Measured.ToString(), r.TakenAt)).ToList();
    }

    /// <summary>Visits that were put right: what was measured stands with the record that took their place, maybe with another elder.
    /// </summary>
    private static async Task<HashSet<Guid>> Corrected(ShouwangDb db, IReadOnlyList<Guid> origins, CancellationToken ct)
    {
        var visits = origins.Select(o => new Id<Visit>(o)).ToArray();
        var wrong = await AllVisits.In(db).Where(v => v.State == VisitState.Corrected && visits.Contains(v.Id)).Select(v => v.Id)
            .ToListAsync(ct);
        return [.. wrong.Select(v => v.Value)];
    }
}
