using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>A relative the register does not know yet. 新亲属</summary>
public sealed record NewRelative(string Name, string? Phone)
{
    /// <summary>Prints nothing of what it holds.</summary>
    public override string ToString() => nameof(NewRelative);
}

/// <summary>Writes down who belongs to a person: child, spouse, guardian, neighbour; someone known, or someone new with a phone.
/// 登记关系</summary>
public sealed class RelatePeople(Workspace work, PersonVault vault)
{
    private const int LongestName = 40;

    /// <param name="Relative">Someone the register knows; null for someone new.</param>
    /// <param name="Contact">The place among the emergency contacts; 0 for none.</param>
    public sealed record Command(
        Id<Relation> Id, Id<Person> Person, Id<Person>? Relative, NewRelative? New, RelationKind Kind, int Contact) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Relation> Id, Id<Person> Relative);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Relate(unit, command, ct), ct);

    private async Task<Result<Receipt>> Relate(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (!(await RelativeOf(unit, command, person, ct)).IsOk(out var relative, out refusal)) return refusal;
        if (relative.Id == person.Id) return PeopleRefusals.RelationToSelf;
        if (command.Contact < 0 || !Enum.IsDefined(command.Kind)) return CommonRefusals.BadInput.On("contact");

        var standing = await unit.Db.Relations.Where(r => r.Elder == person.Id && r.EndedOn == null).ToListAsync(ct);
        if (standing.Exists(r => r.Relative == relative.Id && r.Kind == command.Kind)) return PeopleRefusals.RelationKnown;

        var relation = new Relation(command.Id, person.Area, person.Id, relative.Id, command.Kind);
        Relation.Order(standing, relation, command.Contact);
        unit.Db.Add(relation);
        return new Receipt(relation.Id, relative.Id);
    }

    private async Task<Result<Person>> RelativeOf(UnitOfWork unit, Command command, Person person, CancellationToken ct)
    {
        if (command.Relative is { } id)
        {
            return await unit.Db.People.SingleOrDefaultAsync(p => p.Id == id, ct) is { } known
                ? known : PeopleRefusals.NotFound.On("relative");
        }

        var name = PersonNames.Of(command.New?.Name ?? "");
        if (name.Text.Length is 0 or > LongestName) return CommonRefusals.BadInput.On("name");
        PhoneNumber? phone = null;
        if (!string.IsNullOrWhiteSpace(command.New?.Phone))
        {
            if (!PhoneNumber.From(command.New.Phone, "phone").IsOk(out var read, out var refusal)) return refusal;
            phone = read;
        }

        var relative = new Person(new(DerivedId.Of(command.CommandId, "people.relative")), person.Area, name, Sex.Unknown, default);
        relative.Play(PersonRoles.Family);
        relative.Seal(vault.Seal(relative.Id, new(null, phone, null)));
        if (phone is { } number) new FactEntry(vault, unit.Now).Learn(relative, number);
        unit.Db.Add(relative);
        return relative;
    }
}
