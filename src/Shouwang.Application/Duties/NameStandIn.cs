using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Duties;

/// <summary>Names who acts for somebody while they are away; open duties follow at once, later ones when they open. 安排代班</summary>
public sealed class NameStandIn(Workspace work)
{
    /// <param name="Away">Who is away: oneself, or anyone for those who assign duties.</param>
    /// <param name="Period">The first day, and the first day back.</param>
    public sealed record Command(Id<StandIn> Id, Id<Person> Away, Id<Person> Acts, Period Period) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="Duties">How many open duties the stand-in sees now.</param>
    public sealed record Receipt(Id<StandIn> Id, int Duties);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Name(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Name(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Away, ct) is not { } away)
            return PeopleRefusals.NotFound.On("away");
        if (!unit.Actor.May(Permission.HoldDuties, away.Area)) return CommonRefusals.Forbidden;
        if (command.Away != unit.Actor.Person && !unit.Actor.May(Permission.AssignDuties, away.Area))
            return PeopleRefusals.NotFound.On("away");
        if (command.Period.To <= command.Period.From) return DutyRefusals.EndsBeforeStart;
        if (command.Acts == command.Away) return DutyRefusals.SameHolder;
        if (!(await KnownNames.Helpers(unit.Db, away.Area, ct)).Any(h => h.Id == command.Acts)) return PeopleRefusals.NotFound.On("to");

        unit.Db.Add(new StandIn(command.Id, away.Area, command.Away, command.Acts, command.Period));
        return new Receipt(command.Id, command.Period.Holds(Days.Of(unit.Now)) ? await Follow(unit, command, ct) : 0);
    }

    private static async Task<int> Follow(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var open = await unit.Db.Duties.Where(d => d.Holder == command.Away && d.State == DutyState.Open).ToListAsync(ct);
        foreach (var duty in open) _ = duty.LetStandIn(command.Acts, unit.Actor.Person, unit.Now).Value;
        return open.Count;
    }
}
