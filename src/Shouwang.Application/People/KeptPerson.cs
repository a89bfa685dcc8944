using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Finds the person whose entry is to be changed: one the actor sees, in an area where they keep the register. 登记对象</summary>
internal static class KeptPerson
{
    public static async Task<Result<Person>> Find(UnitOfWork unit, Id<Person> id, CancellationToken ct)
    {
        var goesOn = await Successor.Of(unit.Db, id, ct);
        var person = await unit.Db.People.SingleOrDefaultAsync(p => p.Id == goesOn, ct);
        if (person is null) return PeopleRefusals.NotFound;
        return unit.Actor.May(Permission.KeepRegister, person.Area) ? person : CommonRefusals.Forbidden;
    }

    /// <summary>The household of this number in an area; entered when there is none yet.</summary>
    public static async Task<Household> HouseholdOf(UnitOfWork unit, Guid command, AreaCode area, string number, CancellationToken ct)
    {
        if (await unit.Db.Households.FirstOrDefaultAsync(h => h.Area == area && h.Number == number, ct) is { } known) return known;
        var household = new Household(new(DerivedId.Of(command, "people.household")), area, number);
        unit.Db.Add(household);
        return household;
    }
}
