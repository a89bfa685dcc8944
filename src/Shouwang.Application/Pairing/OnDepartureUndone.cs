using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>Pairs that ended with a departure go on. 撤销离开后恢复结对</summary>
internal sealed class OnDepartureUndone(Workspace work) : Reaction<DepartureUndone>
{
    public sealed record Command(Guid CommandId, DepartureUndone Happened) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Count);

    public override async Task<Refusal?> Run(DepartureUndone happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Follow(unit, happened, ct), ct)).Refusal;

    private static async Task<Result<Receipt>> Follow(UnitOfWork unit, DepartureUndone happened, CancellationToken ct)
    {
        var cause = happened.Departure.Value;
        var pairs = await unit.Db.Pairs.Where(p => p.EndedBy == cause).ToListAsync(ct);
        foreach (var pair in pairs) pair.Restore(cause);
        return new Receipt(happened.Person, pairs.Count);
    }
}
