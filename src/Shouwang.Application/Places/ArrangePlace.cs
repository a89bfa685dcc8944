using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Places;

/// <summary>Changes what a place is like, or closes it. 修改场所</summary>
public sealed class ArrangePlace(Workspace work)
{
    /// <param name="ClosedOn">The first day it no longer exists; null while it goes on.</param>
    public sealed record Command(Guid CommandId, Id<Place> Place, PlaceArranged Arranged, DateOnly? ClosedOn) : ICommand;

    public sealed record Receipt(Id<Place> Place);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Change(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Change(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var place = await unit.Db.Places.SingleOrDefaultAsync(p => p.Id == command.Place, ct);
        if (place is null) return PlaceRefusals.NotFound;
        if (!unit.Actor.May(Permission.KeepPlaces, place.Area)) return CommonRefusals.Forbidden;
        if (!(await CreatePlace.Arrange(unit, command.CommandId, place, command.Arranged, ct)).IsOk(out _, out var refusal)) return refusal;
        if (command.ClosedOn is not { } day) return new Receipt(place.Id);
        return place.Close(day).IsOk(out _, out refusal) ? new Receipt(place.Id) : refusal;
    }
}
