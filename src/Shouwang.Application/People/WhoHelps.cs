using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>Those who help, what they can do and when, and whose insurance or health check runs out first. 志愿者名单</summary>
public sealed class WhoHelps(Workspace work, Rulebook rulebook)
{
    private const PersonRoles Helping = PersonRoles.Volunteer | PersonRoles.CareWorker | PersonRoles.VillageDoctor;

    /// <summary>How something that runs out stands, and its last day.</summary>
    public sealed record Paper(Validity State, DateOnly? Until);

    public sealed record Row(
        Id<Person> Id, string Name, PersonRoles Roles, int? Age, string Group, string Skills, string Availability, Paper Insurance,
        Paper HealthCheck)
    {
        /// <summary>From where a volunteer comes; empty where nobody has said.</summary>
        public string Kinds { get; init; } = "";

        /// <summary>The worse of the two papers.</summary>
        public Validity Worst => Insurance.State < HealthCheck.State ? Insurance.State : HealthCheck.State;
    }

    /// <param name="page">By their names, counted from 1; on a page, whoever's papers are worst comes first.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => List(db, page, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Paged<Row>> List(ShouwangDb db, Slice page, Actor actor, CancellationToken ct)
    {
        var found = db.People.Where(p => (p.Roles & Helping) != 0);
        var areMany = await ByName.CountUpTo(found.Select(p => p.Id), ByName.Many, ct) > ByName.Many;
        var ids = await ByName.Order(db, found, areMany).Select(p => p.Id).PageAt(page, ct);
        var shown = ids.ToArray();
        var helpers = await ByName.Order(db.People.Where(p => shown.Contains(p.Id))).AsSplitQuery().ToListAsync(ct);
        return ids.With(helpers.Select(p => RowOf(p, actor)).OrderBy(r => r.Worst));
    }

    private Row RowOf(Person p, Actor actor)
    {
        var today = work.Today;
        var warning = rulebook.At(p.Area, today).Int("volunteers.expiry-warning");
        Paper PaperOf(FactKind kind)
        {
            var (state, until) = p.ValidityOn(kind, today, warning);
            return new(state, until);
        }

        return new(
            p.Id, PersonSight.NameFor(actor, p.Name), p.Roles & Helping, p.BornIsKnown ? p.AgeOn(today) : null, p.Group,
            p.FactOn(FactKind.Skills, today) ?? "", p.FactOn(FactKind.Availability, today) ?? "", PaperOf(FactKind.Insurance),
            PaperOf(FactKind.HealthCheck))
        {
            Kinds = p.FactOn(FactKind.VolunteerKinds, today) ?? "",
        };
    }
}
