using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>Who a person is, as stated at the desk. 身份信息</summary>
/// <param name="IdNumber">The ID number where it is known; sex and birthday then come from it.</param>
public sealed record Identity(string Name, Sex Sex, DateOnly? Born, string? IdNumber)
{
    /// <summary>Prints nothing of what it holds.</summary>
    public override string ToString() => nameof(Identity);
}

/// <summary>Enters one person into a village's register by hand. 登记人员</summary>
public sealed class EnterPerson(Workspace work, PersonVault vault, Rulebook rulebook)
{
    private const int LongestName = 40;

    /// <param name="Id">The person's id, made where they are entered.</param>
    /// <param name="Village">The village they belong to.</param>
    /// <param name="Roles">The parts they play.</param>
    /// <param name="Group">The villagers' group.</param>
    public sealed record Command(Id<Person> Id, AreaCode Village, Identity Identity, PersonRoles Roles, string Group) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Person> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Enter(unit, command, ct), ct);

    private async Task<Result<Receipt>> Enter(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!unit.Actor.Scope.Contains(command.Village)) return CommonRefusals.NotFound.On("village");
        if (!unit.Actor.May(Permission.KeepRegister, command.Village)) return CommonRefusals.Forbidden;
        if (command.Village.Level != AreaLevel.Village) return PeopleRefusals.ImportIntoVillage.On("village").With("code",
            command.Village.ToString());
        if (!await unit.Db.Areas.AnyAsync(a => a.Area == command.Village, ct)) return PeopleRefusals.VillageUnknown;
        if (command.Roles == PersonRoles.None) return PeopleRefusals.FactValue.On("roles");
        if (!FactShape.Of(FactKind.Group).Read(command.Group).IsOk(out var group, out var refusal)) return refusal.On("group");
        if (!Read(command.Identity, command.Village, rulebook, unit.Now).IsOk(out var read, out refusal)) return refusal;
        if (await IsTaken(unit.Db, vault, read.IdNumber, null, ct)) return PeopleRefusals.IdTaken;

        var person = new Person(command.Id, command.Village, read.Name, read.Sex, read.Born);
        person.Play(command.Roles);
        person.LiveAt(group, null);
        person.LearnFrom(FactKind.Group, new(group), Days.Of(unit.Now), unit.Now);
        person.Learn(FactKind.Residence, Residence.Here, Days.Of(unit.Now), unit.Now);
        person.Seal(vault.Seal(person.Id, new(read.IdNumber, null, null)));
        unit.Db.Add(person);
        return new Receipt(person.Id);
    }

    /// <summary>What an identity says once it is read; an ID number decides over what was typed beside it.</summary>
    internal sealed record ReadIdentity(PersonName Name, Sex Sex, DateOnly Born, NationalId? IdNumber);

    internal static Result<ReadIdentity> Read(Identity stated, AreaCode area, Rulebook rulebook, DateTimeOffset now)
    {
        var (name, today) = (PersonNames.Of(stated.Name), Days.Of(now));
        if (name.Text.Length is 0 or > LongestName) return CommonRefusals.BadInput.On("name");
        if (string.IsNullOrWhiteSpace(stated.IdNumber)) return stated.Born > today
            ? IdRefusals.Future.On("born") : new ReadIdentity(name, stated.Sex, stated.Born ?? default, null);

        var regions = rulebook.At(area, today).Bool("people.strict-id-region") ? RegionCheck.Provinces : RegionCheck.ProvincesAndFiction;
        return NationalId.From(stated.IdNumber, "idNumber", today, regions).IsOk(out var id, out var refusal)
            ? new ReadIdentity(name, id.Sex, id.Born, id) : refusal;
    }

    /// <summary>Whether someone else of the area already has this ID number.</summary>
    internal static async Task<bool> IsTaken(ShouwangDb db, PersonVault vault, NationalId? id, Id<Person>? but, CancellationToken ct)
    {
        if (id is not { } number) return false;
        var index = vault.IdIndex(number);
        return await db.People.AnyAsync(p => p.Secrets.IdIndex == index && p.MergedInto == null && (but == null || p.Id != but), ct);
    }
}
