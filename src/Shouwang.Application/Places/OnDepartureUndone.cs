using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Places;

/// <summary>Memberships that ended with a departure go on. 撤销离开后恢复成员身份</summary>
internal sealed class OnDepartureUndone(Workspace work) : Reaction<DepartureUndone>
{
    public sealed record Command(Guid CommandId, DepartureUndone Happened) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Count);

    public override async Task<Refusal?> Run(DepartureUndone happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Follow(unit, happened, ct), ct)).Refusal;

    private static async Task<Result<Receipt>> Follow(UnitOfWork unit, DepartureUndone happened, CancellationToken ct)
    {
        var cause = happened.Departure.Value;
        var places = await unit.Db.Places.Where(p => p.Members.Any(m => m.EndedBy == cause)).ToListAsync(ct);
        return new Receipt(happened.Person, places.Sum(p => p.Restore(cause)));
    }
}
