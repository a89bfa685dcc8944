using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Everything the register holds about one person, opened because the person asked for it: to be printed and handed over, or as
/// a file. The look is recorded. 本人资料</summary>
public sealed class PersonFile(Workspace work, PersonVault vault)
{
    public sealed record FactLine(FactKind Kind, string Says, DateOnly From, DateOnly? To, DateTimeOffset LearnedAt, DateTimeOffset? ReplacedAt);

    public sealed record ConsentLine(ConsentPurpose Purpose, ConsentMethod Method, DateTimeOffset GivenAt, DateTimeOffset? WithdrawnAt);

    public sealed record LookLine(DateTimeOffset At, string By, SensitiveField Field, RevealPurpose Purpose);

    public sealed record RelativeLine(string Name, RelationKind Kind, int Contact);

    public sealed record View(
        Id<Person> Person, string Name, Sex Sex, DateOnly? Born, string IdNumber, string Phone, string Home, PersonRoles Roles,
        IReadOnlyList<FactLine> Facts, IReadOnlyList<RelativeLine> Relatives, IReadOnlyList<ConsentLine> Consents,
        IReadOnlyList<LookLine> Looks);

    public async Task<Result<View>> Run(Guid commandId, Id<Person> person, Actor actor, CancellationToken ct)
    {
        var own = person == actor.Person;
        if (!own && (!actor.May(Permission.RevealPeople, actor.Scope) || !actor.May(Permission.KeepRegister, actor.Scope)))
            return PeopleRefusals.NotFound;
        var command = new RevealCommand(commandId, person, SensitiveField.Everything, RevealPurpose.PersonAsked);
        return await work.Reveal(command, actor, db => Open(db, person, ct), ct);
    }

    private async Task<Result<View>> Open(ShouwangDb db, Id<Person> id, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (person is null) return PeopleRefusals.NotFound;
        var relations = await db.Relations.AsNoTracking().Where(r => r.Elder == id && r.EndedOn == null).ToListAsync(ct);
        var consents = await db.Consents.AsNoTracking().Where(c => c.Person == id).OrderBy(c => c.GivenAt).ToListAsync(ct);
        var looks = await db.Looks.AsNoTracking().Where(l => l.Person == id).OrderBy(l => l.At).ToListAsync(ct);
        var names = await KnownNames.Of(db, looks.Select(l => l.By).Concat(relations.Select(r => r.Relative)), ct);

        var plain = vault.Open(id, person.Secrets);
        return new View(
            id, person.Name, person.Sex, person.BornIsKnown ? person.Born : null, plain.IdNumber?.Text ?? "", plain.Phone?.Text ?? "",
            plain.Home?.Landmark ?? "", person.Roles,
            [.. person.Facts.OrderBy(f => f.Kind).ThenBy(f => f.From).Select(f => new FactLine(
                f.Kind, SaidBy(person, f), f.From, f.To, f.LearnedAt, f.ReplacedAt))],
            [.. relations.OrderBy(r => r.Contact).Select(r => new RelativeLine(names.GetValueOrDefault(r.Relative, ""), r.Kind, r.Contact))],
            [.. consents.Select(c => new ConsentLine(c.Purpose, c.Method, c.GivenAt, c.WithdrawnAt))],
            [.. looks.Select(l => new LookLine(l.At, names.GetValueOrDefault(l.By, ""), l.Field, l.Purpose))]);
    }

    private string SaidBy(Person person, PersonFact fact)
    {
        if (fact.Sealed is null) return fact.Value;
        var text = vault.OpenFact(person, fact);
        return fact.Kind == FactKind.Home ? System.Text.Json.JsonSerializer.Deserialize<HomeSpot>(text)!.Landmark : text;
    }
}
