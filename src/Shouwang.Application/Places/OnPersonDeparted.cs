using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Places;

/// <summary>Ends the memberships of someone who died or moved away. 离开后终止成员身份</summary>
internal sealed class OnPersonDeparted(Workspace work) : Reaction<PersonDeparted>
{
    public sealed record Command(Guid CommandId, PersonDeparted Happened) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Count);

    public override async Task<Refusal?> Run(PersonDeparted happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Follow(unit, happened, ct), ct)).Refusal;

    private static async Task<Result<Receipt>> Follow(UnitOfWork unit, PersonDeparted happened, CancellationToken ct)
    {
        var places = await unit.Db.Places.Where(p => p.Members.Any(m => m.Person == happened.Person && m.To == null)).ToListAsync(ct);
        return new Receipt(happened.Person, places.Sum(p => p.LoseMember(happened.Person, happened.Day, happened.Departure.Value)));
    }
}
