using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Duties;

/// <summary>Says that a duty is done. 办结值守</summary>
public sealed class FinishDuty(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Duty> Duty) : ICommand;

    public sealed record Receipt(Id<Duty> Duty);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Finish(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Finish(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await DutyBook.Held(unit, command.Duty, ct)).IsOk(out var duty, out var refusal)) return refusal;
        return duty.FinishByHand(unit.Actor.Person, unit.Now).IsOk(out _, out refusal) ? new Receipt(duty.Id) : refusal;
    }
}

/// <summary>Duties as their holders take them up. 值守簿</summary>
internal static class DutyBook
{
    /// <summary>A duty the actor may act on: their own, or anyone's for those who assign duties.</summary>
    public static async Task<Result<Duty>> Held(UnitOfWork unit, Id<Duty> id, CancellationToken ct)
    {
        if (await unit.Db.Duties.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } duty) return DutyRefusals.NotFound;
        if (!unit.Actor.May(Permission.HoldDuties, duty.Area)) return CommonRefusals.Forbidden;
        return duty.IsHeldBy(unit.Actor.Person) || unit.Actor.May(Permission.AssignDuties, duty.Area) ? duty : DutyRefusals.NotYours;
    }

    /// <summary>Who acts for somebody on a day.</summary>
    public static async Task<Id<Domain.People.Person>?> ActingFor(
        ShouwangDb db, Id<Domain.People.Person> holder, DateOnly day, CancellationToken ct)
    {
        var arrangements = await db.StandIns.AsNoTracking().Where(s => s.Away == holder && s.From <= day).ToListAsync(ct);
        return arrangements.FindLast(s => s.Period.Holds(day))?.Acts;
    }
}
