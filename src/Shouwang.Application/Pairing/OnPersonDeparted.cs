using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Ends the pairs of someone who died or moved away. 离开后终止结对</summary>
internal sealed class OnPersonDeparted(Workspace work) : Reaction<PersonDeparted>
{
    public sealed record Command(Guid CommandId, PersonDeparted Happened) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Count);

    public override async Task<Refusal?> Run(PersonDeparted happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Follow(unit, happened, ct), ct)).Refusal;

    private static async Task<Result<Receipt>> Follow(UnitOfWork unit, PersonDeparted happened, CancellationToken ct)
    {
        var pairs = await unit.Db.Pairs
            .Where(p => (p.Elder == happened.Person || p.Volunteer == happened.Person) && p.State != PairState.Ended).ToListAsync(ct);
        foreach (var pair in pairs) _ = pair.EndBecause(happened.Departure.Value, happened.Day).Value;
        return new Receipt(happened.Person, pairs.Count);
    }
}
