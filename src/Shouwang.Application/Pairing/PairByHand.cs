using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Pairing;

/// <summary>Makes two people a standing pair because somebody talked it over with them. 手工结对</summary>
/// <remarks>What binds a proposal binds here too (<see cref="PlaceBook"/>): the elder's wishes, the volunteer's places. An earlier pair
/// of the elder ends.</remarks>
public sealed class PairByHand(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">The pair's id, made where it is asked for.</param>
    public sealed record Command(Id<Pair> Id, Id<Person> Elder, Id<Person> Volunteer) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Pair> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Make(unit, command, ct), ct);

    private async Task<Result<Receipt>> Make(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Elder, ct) is not { } elder)
            return PeopleRefusals.NotFound.On("elder");
        if (!unit.Actor.May(Permission.AcceptPairs, elder.Area)) return CommonRefusals.MayNot(unit.Actor, elder.Area);
        if (!await unit.Db.People.AnyAsync(p => p.Id == command.Volunteer, ct)) return PairingRefusals.NotAPair;

        var today = Days.Of(unit.Now);
        var pair = new Pair(command.Id, elder.Area, elder.Id, command.Volunteer, await PointOf(unit.Db, elder, today, ct));
        if (!(await PlaceBook.Of(unit.Db, rulebook, today, [pair], ct)).Take(pair).IsOk(out var before, out var refusal)) return refusal;
        if (before.Exists(p => p.Volunteer == command.Volunteer)) return PairingRefusals.AlreadyPaired;
        foreach (var changed in before.Select(p => p.End(today)).Append(pair.Accept(today)))
        {
            if (!changed.IsOk(out _, out refusal)) return refusal;
        }

        // From here on it succeeds: what was proposed for the elder is no longer asked.
        unit.Db.RemoveRange(await unit.Db.Pairs.Where(p => p.Elder == elder.Id && p.State == PairState.Proposed).ToListAsync(ct));
        unit.Db.RemoveRange(await unit.Db.PairingGaps.Where(g => g.Elder == elder.Id).ToListAsync(ct));
        unit.Db.Add(pair);
        return new Receipt(pair.Id);
    }

    private static async Task<Id<Place>?> PointOf(ShouwangDb db, Person elder, DateOnly today, CancellationToken ct)
    {
        var points = await BoardReader.InArea(db.Places.AsNoTracking(), elder.Area).Where(p => p.Kind == PlaceKind.Point).ToListAsync(ct);
        return points.Find(p => p.Members.Any(m => m.Person == elder.Id && m.Period.Holds(today)))?.Id;
    }
}
