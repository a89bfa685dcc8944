using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>One household: who lives there, how old they are and how each stands. 户页</summary>
public sealed class ShowHousehold(Workspace work, Rulebook rulebook)
{
    public sealed record Line(
        Id<Person> Id, string Name, int? Age, PersonRoles Roles, LivingSituation? Living, Absence? Absence, Risk? Risk);

    public sealed record View(Id<Household> Id, string Number, AreaCode Area, IReadOnlyList<Line> People);

    public async Task<Result<View>> Run(Id<Household> id, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Show(db, id, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Result<View>> Show(ShouwangDb db, Id<Household> id, Actor actor, CancellationToken ct)
    {
        var household = await db.Households.SingleOrDefaultAsync(h => h.Id == id, ct);
        var people = await db.People.Where(p => p.Household == id && p.MergedInto == null).OrderBy(p => p.Born).ThenBy(p => p.Id)
            .ToListAsync(ct);
        if (household is null || (people.Count == 0 && actor.Reach.Kind != ReachKind.Area)) return PeopleRefusals.HouseholdNotFound;

        var (today, rules) = (work.Today, RiskRules.Of(rulebook.At(household.Area, work.Today)));
        var alarmed = await RecentAlarms.WhoHad(db, people, rulebook, today, ct);
        return new View(id, household.Number, household.Area, [.. people.Select(p => new Line(
            p.Id, PersonSight.NameFor(actor, p.Name), p.BornIsKnown ? p.AgeOn(today) : null, p.Roles,
            p.FactOn<LivingSituation>(FactKind.Living, today), p.FactOn<Absence>(FactKind.Absence, today),
            p.RiskOn(today, rules, alarmed.Contains(p.Id))))]);
    }
}
