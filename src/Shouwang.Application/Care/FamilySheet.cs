using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>What a relative sees of their elders: who comes, when somebody last came, when the next visit is due; more only where the elder
/// agreed. 家属页</summary>
public sealed class FamilySheet(Workspace work, Rulebook rulebook)
{
    /// <param name="VolunteerName">Masked where the elder did not agree to relatives seeing more.</param>
    /// <param name="More">What only an agreeing elder's relatives see.</param>
    public sealed record Row(
        Id<Person> Elder, string Name, int Age, string Group, string? VolunteerName, DateOnly? LastVisit, bool VisitedToday,
        DateOnly NextDue, DueState State, OpenMatters? More);

    /// <param name="Found">How the elder was found on the last visit.</param>
    /// <param name="ToVerify">Visits that wait for somebody to say they took place.</param>
    /// <param name="Incident">An emergency that nobody has closed.</param>
    /// <param name="HeldBy">Who has an overdue visit in hand.</param>
    public sealed record OpenMatters(
        string? UnderstudyName, Condition? Found, int ToVerify, Id<Incident>? Incident, string? HeldBy);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) => actor.May(Permission.ViewKin, actor.Scope)
        ? await work.Read(actor, db => List(db, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<List<Row>> List(ShouwangDb db, Actor actor, CancellationToken ct)
    {
        var today = work.Today;
        var elders = await DueBook.Of(db, AlongIndex.Narrow(db, db.People).Where(p => p.Id != actor.Person), rulebook, today, ct);
        var names = await KnownNames.Of(db, elders.SelectMany(e => new[] { e.Volunteer, e.Understudy }).OfType<Id<Person>>(), ct);
        var kin = await KinView.Of(db, ct);
        var rows = new List<Row>();
        foreach (var e in elders.OrderBy(e => e.Due.State).ThenBy(e => e.Elder.Name, StringComparer.Ordinal))
        {
            rows.Add(new(
                e.Elder.Id, e.Elder.Name, e.Elder.AgeOn(today), e.Elder.Group,
                e.Volunteer is { } v ? kin.NameOf(e.Elder.Id, v, names[v]) : null, e.Last.AnyWay, e.Last.AnyWay == today, e.Due.Day,
                e.Due.State, kin.IsOpen(e.Elder.Id) ? await More(db, e, e.Understudy is { } u ? names[u] : null, ct) : null));
        }

        return rows;
    }

    private static async Task<OpenMatters> More(ShouwangDb db, ElderDue e, string? understudy, CancellationToken ct)
    {
        var id = e.Elder.Id;
        var last = await db.Visits.Where(v => v.Elder == id && v.Outcome == VisitOutcome.Done).OrderByDescending(v => v.StartedAt)
            .Select(v => (Condition?)v.Condition).FirstOrDefaultAsync(ct);
        var open = await db.Visits.CountAsync(v => v.Elder == id && v.State == VisitState.Recorded && v.Outcome == VisitOutcome.Done, ct);
        var incident = await db.Incidents.Where(i => i.Elder == id && i.ClosedAt == null).Select(i => (Id<Incident>?)i.Id)
            .FirstOrDefaultAsync(ct);
        var held = await db.Duties.Where(d => d.About == id && d.Kind == DutyKind.OverdueVisit && d.State == DutyState.Open)
            .Select(d => (Id<Person>?)d.Holder).FirstOrDefaultAsync(ct);
        var holder = held is { } h ? (await KnownNames.Of(db, [h], ct))[h] : null;
        return new(understudy, last, open, incident, holder);
    }
}
