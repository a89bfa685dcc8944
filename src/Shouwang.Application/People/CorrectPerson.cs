using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>Puts right who a person is: name, sex, birthday, ID number, the parts they play. 更正身份信息</summary>
public sealed class CorrectPerson(Workspace work, PersonVault vault, Rulebook rulebook)
{
    /// <param name="Identity">Without an ID number the one that is known stays.</param>
    public sealed record Command(Guid CommandId, Id<Person> Person, Identity Identity, PersonRoles Roles) : ICommand;

    public sealed record Receipt(Id<Person> Person);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Correct(unit, command, ct), ct);

    private async Task<Result<Receipt>> Correct(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (command.Roles == PersonRoles.None) return PeopleRefusals.FactValue.On("roles");
        if (!EnterPerson.Read(command.Identity, person.Area, rulebook, unit.Now).IsOk(out var read, out refusal)) return refusal;
        if (await EnterPerson.IsTaken(unit.Db, vault, read.IdNumber, person.Id, ct)) return PeopleRefusals.IdTaken;

        person.Correct(read.Name, read.Sex, read.Born);
        person.PlayOnly(command.Roles);
        if (read.IdNumber is { } id)
        {
            person.Seal(vault.Reseal(person.Id, person.Secrets, vault.Open(person.Id, person.Secrets) with { IdNumber = id }));
        }

        return new Receipt(person.Id);
    }
}
