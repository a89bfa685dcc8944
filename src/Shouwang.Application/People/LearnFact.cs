using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Writes down what was learned of a person: what holds, from when, perhaps until when. 登记事实</summary>
public sealed class LearnFact(Workspace work, PersonVault vault)
{
    public sealed record Command(Guid CommandId, Id<Person> Person, FactStated Stated) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Line);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Learn(unit, command, ct), ct);

    private async Task<Result<Receipt>> Learn(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (await AgreedFacts.Check(unit.Db, person.Id, command.Stated, ct) is { } no) return no;
        if (!new FactEntry(vault, unit.Now).Learn(person, command.Stated).IsOk(out var fact, out refusal)) return refusal;
        if (fact.Kind == FactKind.Household)
        {
            var household = await KeptPerson.HouseholdOf(unit, command.CommandId, person.Area, fact.Value, ct);
            person.LiveAt(person.Group, household.Id);
        }

        return new Receipt(person.Id, fact.Line);
    }
}
