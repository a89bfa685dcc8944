using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Places;

/// <summary>Ends a person's membership of a place from a day on. 退出场所</summary>
public sealed class EndMembership(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Place> Place, Id<Person> Person, MemberPart Part, DateOnly Day) : ICommand;

    public sealed record Receipt(Id<Place> Place, Id<Person> Person);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => End(unit, command, ct), ct);

    private static async Task<Result<Receipt>> End(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var place = await unit.Db.Places.SingleOrDefaultAsync(p => p.Id == command.Place, ct);
        if (place is null) return PlaceRefusals.NotFound;
        if (!unit.Actor.May(Permission.KeepPlaces, place.Area)) return CommonRefusals.Forbidden;
        return place.LetGo(command.Person, command.Part, command.Day).IsOk(out _, out var refusal)
            ? new Receipt(place.Id, command.Person) : refusal;
    }
}
