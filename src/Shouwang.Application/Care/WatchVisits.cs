using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Looks over a village: opens a duty for each overdue visit, lets those climb that nobody saw to in time, and takes back those
/// whose reason is gone. Looking again changes nothing. 逾期探访检查</summary>
public sealed class WatchVisits(Workspace work, Rulebook rulebook)
{
    public sealed record Command(Guid CommandId, AreaCode Village) : ICommand;

    /// <param name="Unheld">Overdue visits that nobody in the village could be given.</param>
    public sealed record Receipt(int Opened, int Climbed, int Dropped, int Unheld)
    {
        internal bool ChangesNothing => Opened + Climbed + Dropped == 0;
    }

    /// <summary>Looks; only what changes something is written down.</summary>
    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSystem) return CommonRefusals.Forbidden;
        var idle = default(Receipt);
        var looked = await work.Write<Receipt>(command, actor, async unit =>
        {
            var seen = await Look(unit, command.Village, ct);
            if (!seen.ChangesNothing) return seen;
            idle = seen;
            return CareRefusals.NothingOverdue;
        }, ct);
        return idle is { } nothing ? nothing : looked;
    }

    private async Task<Receipt> Look(UnitOfWork unit, AreaCode village, CancellationToken ct)
    {
        await unit.Books.OneAtATime(DerivedId.Of(Guid.Empty, $"care.watch/{village}"), ct);
        var today = Days.Of(unit.Now);
        var elders = await DueBook.Of(
            unit.Db, DueBook.Willing(unit.Db, unit.Db.People.Where(p => p.Area == village)), rulebook, today, ct);
        var open = (await unit.Db.Duties.Where(d => d.Area == village && d.Kind == DutyKind.OverdueVisit && d.State == DutyState.Open)
            .ToListAsync(ct)).ToDictionary(d => d.About);
        var ladder = new DutyLadder(unit, rulebook, "visits.climb-after");
        var (opened, climbed, unheld) = (0, 0, 0);
        foreach (var elder in elders.Where(e => e.Due.State == DueState.Overdue))
        {
            if (open.Remove(elder.Elder.Id, out var duty)) climbed += await ladder.Climb(elder.Rungs, duty, ct) ? 1 : 0;
            else if (await WasSeenTo(unit, elder, ct)) continue;
            else if (await Open(unit, ladder, elder, ct)) opened++;
            else unheld++;
        }

        foreach (var moot in open.Values) _ = moot.Drop(unit.Actor.Person, unit.Now).Value;
        return new(opened, climbed, open.Count, unheld);
    }

    /// <summary>One duty for each missed visit: finished by hand, it does not open again for the same one.</summary>
    private static Id<Duty> IdOf(ElderDue elder) => new(DerivedId.Of(elder.Elder.Id.Value, $"care.overdue/{elder.Due.Day:yyyy-MM-dd}"));

    private static Task<bool> WasSeenTo(UnitOfWork unit, ElderDue elder, CancellationToken ct)
    {
        var id = IdOf(elder);
        return unit.Db.Duties.AnyAsync(d => d.Id == id, ct);
    }

    private static async Task<bool> Open(UnitOfWork unit, DutyLadder ladder, ElderDue elder, CancellationToken ct)
    {
        if (await ladder.Next(elder.Rungs, null, ct) is not { } turn) return false;
        unit.Db.Add(Duty.Open(IdOf(elder), elder.Elder.Area, new(DutyKind.OverdueVisit, elder.Elder.Id), turn, unit.Now));
        return true;
    }
}
