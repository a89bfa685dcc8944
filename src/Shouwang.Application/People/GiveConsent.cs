using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Writes down that a person agreed to one purpose. 登记同意</summary>
public sealed class GiveConsent(Workspace work)
{
    public sealed record Command(Id<Consent> Id, Id<Person> Person, ConsentGiven Given) : ICommand
    {
        public Guid CommandId => Id.Value;

        /// <summary>The day they agreed, where that is entered later from paper; now without it.</summary>
        public DateOnly? On { get; init; }
    }

    public sealed record Receipt(Id<Consent> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Give(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Give(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        var given = command.Given;
        if (!Enum.IsDefined(given.Purpose) || !Enum.IsDefined(given.Method)) return CommonRefusals.BadInput.On("purpose");
        if (given.Witness is { } witness && !await unit.Db.People.AnyAsync(p => p.Id == witness, ct))
            return PeopleRefusals.NotFound.On("witness");
        if (await unit.Db.Consents.AnyAsync(c => c.Person == person.Id && c.Purpose == given.Purpose && c.WithdrawnAt == null, ct))
            return ConsentRefusals.Given;
        if (given.OnBehalf is { } agent && await MandateBook.Use(unit, (person.Id, agent), MandateMatters.Consents, command.CommandId, ct)
            is { } none) return none;

        var at = command.On is { } day ? Days.Start(day) : unit.Now;
        if (at > unit.Now) return ConsentRefusals.Ahead;
        if (await unit.Db.Consents.AnyAsync(c => c.Person == person.Id && c.Purpose == given.Purpose && c.WithdrawnAt > at, ct))
            return ConsentRefusals.WithdrawnSince;

        if (!Consent.Give(command.Id, person, given, at).IsOk(out var consent, out refusal)) return refusal;
        unit.Db.Add(consent);
        return new Receipt(consent.Id);
    }
}
