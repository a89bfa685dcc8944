using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>Names who goes when the volunteer of a pair cannot. 指定候补</summary>
public sealed class NameUnderstudy(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Pair> Pair, Id<Person> Understudy) : ICommand;

    public sealed record Receipt(Id<Pair> Pair);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Name(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Name(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var pair = await unit.Db.Pairs.SingleOrDefaultAsync(p => p.Id == command.Pair, ct);
        if (pair is null) return PairingRefusals.NotFound;
        if (!unit.Actor.May(Permission.AcceptPairs, pair.Area)) return CommonRefusals.Forbidden;
        var understudy = await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Understudy, ct);
        if (understudy is null || (understudy.Roles & (PersonRoles.Volunteer | PersonRoles.CareWorker)) == 0)
            return PairingRefusals.NotAnUnderstudy;
        var elder = await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == pair.Elder, ct);
        if (elder is not null && !PairingWish.Of(elder, Days.Of(unit.Now)).SuitedBy(understudy, Days.Of(unit.Now)))
            return PairingRefusals.NotAsWished.On("understudy");
        return pair.NameUnderstudy(understudy.Id).IsOk(out _, out var refusal) ? new Receipt(pair.Id) : refusal;
    }
}
