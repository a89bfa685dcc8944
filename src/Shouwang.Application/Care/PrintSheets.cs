using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Care;

/// <summary>The same sheets with the numbers to dial, for printing; each number looked at is recorded. 打印联系卡</summary>
public sealed class PrintSheets(Workspace work, PersonVault vault, ElderSheets sheets)
{
    /// <param name="CommandId">The looks' ids follow from it.</param>
    public sealed record Command(Guid CommandId, Id<Person>? Elder, Id<Place>? Point);

    /// <summary>A number to dial.</summary>
    public sealed record Number(Id<Person> Person, string Phone)
    {
        /// <summary>Prints nothing of what it holds.</summary>
        public override string ToString() => nameof(Number);
    }

    /// <summary>What goes on paper; lives as long as the page.</summary>
    public sealed record View(IReadOnlyList<ElderSheets.Sheet> Sheets, IReadOnlyList<Number> Phones)
    {
        /// <summary>Prints nothing of what it holds.</summary>
        public override string ToString() => nameof(View);
    }

    public async Task<Result<View>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.RevealPeople, actor.Scope)) return CommonRefusals.Forbidden;
        if (!(await sheets.Run(new(command.Elder, command.Point), actor, ct)).IsOk(out var made, out var refusal)) return refusal;
        var phones = new List<Number>();
        foreach (var person in made.SelectMany(s => s.Contacts).Where(c => c.PhoneMask.Length > 0).Select(c => c.Person).Distinct())
        {
            var look = new RevealCommand(
                DerivedId.Of(command.CommandId, $"{person}"), person, SensitiveField.Phone, RevealPurpose.CallThePerson);
            var seen = await work.Reveal(look, actor, db => Phone(db, person, ct), ct);
            if (!seen.IsOk(out var phone, out refusal)) return refusal;
            phones.Add(new(person, phone));
        }

        return new View(made, phones);
    }

    private async Task<Result<string>> Phone(ShouwangDb db, Id<Person> id, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (person is null || vault.OpenPhone(person.Id, person.Secrets) is not { } phone) return PeopleRefusals.NothingThere;
        return phone.Text;
    }
}
