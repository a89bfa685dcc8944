using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>The elders an actor looks after or belongs to: who they are, who comes, when somebody last came. 我的老人</summary>
public sealed class MyElders(Workspace work)
{
    public sealed record Row(
        Id<Person> Elder, string Name, int Age, string Group, string? VolunteerName, DateOnly? LastVisit, bool VisitedToday,
        Id<Household>? Household);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope) || actor.May(Permission.RecordVisits, actor.Scope)
            ? await work.Read(actor, db => List(db, actor, work.Today, ct))
            : CommonRefusals.Forbidden;

    private static async Task<List<Row>> List(ShouwangDb db, Actor actor, DateOnly today, CancellationToken ct)
    {
        var elders = await db.People.Where(p => (p.Roles & PersonRoles.Elder) != 0 && p.Id != actor.Person)
            .Select(p => new
            {
                p.Id, p.Name, p.Born, p.Group, p.Household,
                Volunteer = db.Pairs.Where(r => r.Elder == p.Id && r.State == PairState.Active)
                    .Select(r => (Id<Person>?)r.Volunteer).FirstOrDefault(),
                Last = db.Visits.Where(v => v.Outcome == VisitOutcome.Done
                    && (v.Elder == p.Id || db.People.Any(m => m.Id == v.Elder && m.MergedInto == p.Id))).Max(v => (DateOnly?)v.Day),
            })
            .ToListAsync(ct);

        var names = await KnownNames.Of(db, elders.Select(e => e.Volunteer).OfType<Id<Person>>(), ct);
        return [.. elders.OrderBy(e => e.Last ?? DateOnly.MinValue).ThenBy(e => e.Name, StringComparer.Ordinal)
            .Select(e =>
                new Row(e.Id, e.Name, Person.Age(e.Born, today), e.Group, e.Volunteer is { } v ? names[v] : null, e.Last,
                    e.Last == today, e.Household))];
    }
}
