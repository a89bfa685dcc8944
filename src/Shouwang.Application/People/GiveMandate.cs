using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Lets someone act for a person in some matters until a day. 登记代办授权</summary>
public sealed class GiveMandate(Workspace work)
{
    public sealed record Command(Id<Mandate> Id, Id<Person> Person, MandateGiven Given) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Mandate> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Give(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Give(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (!await unit.Db.People.AnyAsync(p => p.Id == command.Given.Agent, ct)) return PeopleRefusals.NotFound.On("agent");
        if (!Mandate.Give(command.Id, person, command.Given).IsOk(out var mandate, out refusal)) return refusal;
        unit.Db.Add(mandate);
        return new Receipt(mandate.Id);
    }
}
