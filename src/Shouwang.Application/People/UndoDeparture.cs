using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Takes a death or a move back that was written down by mistake. 撤销去世或迁出</summary>
public sealed class UndoDeparture(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Departure> Departure) : ICommand;

    public sealed record Receipt(Id<Departure> Departure);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Undo(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Undo(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var departure = await unit.Db.Departures.SingleOrDefaultAsync(d => d.Id == command.Departure, ct);
        if (departure is null) return DepartureRefusals.NotFound;
        if (!(await KeptPerson.Find(unit, departure.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        return departure.Undo(person, unit.Now).IsOk(out _, out refusal) ? new Receipt(departure.Id) : refusal;
    }
}
