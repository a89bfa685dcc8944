using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>The pairs an actor may see, and the elders without one. 结对名单</summary>
public sealed class ListPairs(Workspace work)
{
    public sealed record Row(
        Id<Pair> Id, Id<Person> Elder, string ElderName, int ElderAge, string Group, Id<Person> Volunteer, string VolunteerName,
            PairState State, DateOnly? From);

    public sealed record Waiting(Id<Person> Elder, string Name, int Age, string Group);

    public sealed record View(IReadOnlyList<Row> Pairs, IReadOnlyList<Waiting> WithoutPair);

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope) ? await work.Read(actor, db => List(db, work.Today, ct)) : CommonRefusals.Forbidden;

    private static async Task<View> List(ShouwangDb db, DateOnly today, CancellationToken ct)
    {
        var rows = await (
            from pair in db.Pairs
            where pair.State != PairState.Ended
            join elder in db.People on pair.Elder equals elder.Id
            orderby elder.NameKey, elder.Born
            select new { pair.Id, pair.Elder, elder.Name, elder.Born, elder.Group, pair.Volunteer, pair.State, pair.From })
            .ToListAsync(ct);
        var names = await KnownNames.Of(db, rows.Select(r => r.Volunteer), ct);

        var waiting =
            await db.People.Where(p =>
                (p.Roles & PersonRoles.Elder) != 0 && !db.Pairs.Any(r => r.Elder == p.Id && r.State != PairState.Ended))
            .OrderBy(p => p.NameKey).ThenBy(p => p.Born).Select(p => new { p.Id, p.Name, p.Born, p.Group }).ToListAsync(ct);

        return new(
            [.. rows.Select(r =>
                new Row(r.Id, r.Elder, r.Name, Age(r.Born, today), r.Group, r.Volunteer, names[r.Volunteer], r.State, r.From))],
            [.. waiting.Select(w => new Waiting(w.Id, w.Name, Age(w.Born, today), w.Group))]);
    }

    private static int Age(DateOnly born, DateOnly today) => Person.Age(born, today);
}
