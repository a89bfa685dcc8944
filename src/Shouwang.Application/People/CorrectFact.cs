using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Puts a fact right that was written wrongly, or takes it back; what was written stays to be read. 更正事实</summary>
public sealed class CorrectFact(Workspace work, PersonVault vault)
{
    /// <param name="Line">The line the wrong fact stands under.</param>
    /// <param name="Stated">What was really so; null when nothing of the kind was.</param>
    public sealed record Command(Guid CommandId, Id<Person> Person, int Line, FactStated? Stated) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Line);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Correct(unit, command, ct), ct);

    private async Task<Result<Receipt>> Correct(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (!person.Facts.Any(f => f.Line == command.Line && (command.Stated is null || f.Kind == command.Stated.Kind)))
            return PeopleRefusals.FactNotFound;
        if (command.Stated is { } fresh && await AgreedFacts.Check(unit.Db, person.Id, fresh, ct) is { } no) return no;

        var entry = new FactEntry(vault, unit.Now);
        var corrected = command.Stated is { } stated
            ? entry.Correct(person, command.Line, stated) : entry.Retract(person, command.Line);
        return corrected.IsOk(out var fact, out refusal) ? new Receipt(person.Id, fact.Line) : refusal;
    }
}
