using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
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
        return readings.Select(r => new Row(r.Id, r.Kind, r.Measured.ToString(), r.TakenAt)).ToList();
    }
}
