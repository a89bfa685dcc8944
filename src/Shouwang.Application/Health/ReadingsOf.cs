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

/// <summary>What was measured of one person, by whom and on which visit, newest first. 读数记录</summary>
public sealed class ReadingsOf(Workspace work)
{
    /// <param name="Visit">The visit it was taken on; none for what came without one.</param>
    /// <param name="IsReplaced">Whether that visit was put right later, so that a newer value stands in its place.</param>
    public sealed record Row(
        Id<Reading> Id, ReadingKind Kind, string Value, DateTimeOffset TakenAt, string TakenByName, Id<Visit>? Visit, bool IsReplaced);

    public sealed record View(Id<Person> Person, string Name, Paged<Row> Rows);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<View>> Run(Id<Person> person, Slice page, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewReadings, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => List(db, person, page, ct));
    }

    private static async Task<Result<View>> List(ShouwangDb db, Id<Person> person, Slice page, CancellationToken ct)
    {
        person = await Successor.Of(db, person, ct);
        var name = await db.People.Where(p => p.Id == person).Select(p => p.Name).SingleOrDefaultAsync(ct);
        if (name is null) return PeopleRefusals.NotFound;
        if (!(await KinView.Of(db, ct)).IsOpen(person)) return ConsentRefusals.FamilyViewNeeded;

        var every = await Successor.With(db, person, ct);
        var elsewhere = await PutRightElsewhere(db, every, ct);
        var readings = await db.Readings
            .Where(r => every.Contains(r.Person) && (r.Origin == null || !elsewhere.Contains(r.Origin.Value)))
            .OrderByDescending(r => r.TakenAt).ThenBy(r => r.Kind).ThenBy(r => r.Id).PageAt(page, ct);
        var names = await KnownNames.Of(db, readings.Select(r => r.TakenBy), ct);
        var visits = await Visits(db, [.. readings.Select(r => r.Origin).OfType<Guid>().Distinct().Select(id => new Id<Visit>(id))], ct);
        return new View(person, PersonSight.NameFor(db.Looking, name), readings.With(readings.Select(r =>
        {
            var visit = r.Origin is { } origin && visits.TryGetValue(new(origin), out var state) ? (VisitState?)state : null;
            return new Row(
                r.Id, r.Kind, $"{r.Measured}", r.TakenAt, names[r.TakenBy], visit is null ? null : new Id<Visit>(r.Origin!.Value),
                visit == VisitState.Corrected);
        })));
    }

    /// <summary>Visits that were written down for this person and turned out to be somebody else's: what was measured was not theirs.
    /// </summary>
    private static async Task<Guid[]> PutRightElsewhere(ShouwangDb db, Id<Person>[] person, CancellationToken ct)
    {
        var every = AllVisits.In(db);
        var wrong = await every.Where(v => person.Contains(v.Elder) && v.State == VisitState.Corrected
            && !every.Any(o => o.Call == v.CorrectedBy && o.Elder == v.Elder)).Select(v => v.Id).ToListAsync(ct);
        return [.. wrong.Select(v => v.Value)];
    }

    /// <summary>How the visits stand that something was measured on, those that were put right among them.</summary>
    private static Task<Dictionary<Id<Visit>, VisitState>> Visits(ShouwangDb db, Id<Visit>[] ids, CancellationToken ct) =>
        AllVisits.In(db).Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, v.State }).ToDictionaryAsync(v => v.Id, v => v.State, ct);
}
