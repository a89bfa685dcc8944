using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Writes down that someone died or moved away; the rest of the house hears of it. 登记去世或迁出</summary>
public sealed class RecordDeparture(Workspace work)
{
    public sealed record Command(Id<Departure> Id, Id<Person> Person, DepartureKind Kind, DateOnly Day) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Departure> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Write(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Write(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (!Enum.IsDefined(command.Kind)) return CommonRefusals.BadInput.On("kind");
        if (!Departure.Of(command.Id, person, command.Kind, command.Day, unit.Now).IsOk(out var departure, out refusal)) return refusal;
        unit.Db.Add(departure);
        return new Receipt(departure.Id);
    }
}
