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

    /// <param name="Others">Of the same household.</param>
    public sealed record At(Row Elder, IReadOnlyList<Row> Others);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope) || actor.May(Permission.RecordVisits, actor.Scope)
            ? await work.Read(actor, db => List(db, actor, work.Today, ct))
            : CommonRefusals.Forbidden;

    /// <summary>One of them, or the entry the elder goes on under, and who else of them lives under the same roof.</summary>
    public async Task<Result<At>> Of(Id<Person> elder, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.RecordVisits, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read<Result<At>>(actor, async db =>
        {
            var goesOn = await Successor.Of(db, elder, ct);
            var mine = await List(db, actor, work.Today, ct);
            return mine.Find(r => r.Elder == goesOn) is { } row
                ? new At(row, mine.FindAll(r => r.Household is not null && r.Household == row.Household && r != row))
                : PeopleRefusals.NotFound;
        });
    }

    private static async Task<List<Row>> List(ShouwangDb db, Actor actor, DateOnly today, CancellationToken ct)
    {
        var mine = AlongIndex.Narrow(db, db.People).Where(p => (p.Roles & PersonRoles.Elder) != 0 && p.Id != actor.Person);
        var elders = await mine.Select(p => new
        {
            p.Id, p.Name, p.Born, p.Group, p.Household,
            Volunteer = db.Pairs.Where(r => r.Elder == p.Id && r.State == PairState.Active)
                .Select(r => (Id<Person>?)r.Volunteer).FirstOrDefault(),
        }).ToListAsync(ct);

        // All at once: asked beside each elder, every visit of the village was looked at again for every one of them.
        var met = await DueBook.LastMet(db, [.. elders.Select(e => e.Id)], today, ct);

        var names = await KnownNames.Of(db, elders.Select(e => e.Volunteer).OfType<Id<Person>>(), ct);
        var kin = await KinView.Of(db, ct);
        return [.. elders.Select(e => new Row(
                e.Id, e.Name, Person.Age(e.Born, today), e.Group, e.Volunteer is { } v ? kin.NameOf(e.Id, v, names[v]) : null,
                met.GetValueOrDefault(e.Id), met.GetValueOrDefault(e.Id) == today, e.Household))
            .OrderBy(r => r.LastVisit ?? DateOnly.MinValue).ThenBy(r => r.Name, StringComparer.Ordinal)];
    }
}
