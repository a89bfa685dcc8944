using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Lets what else is in somebody's hands climb when its time has passed: emergencies and objections to hours. Looking again
/// changes nothing. 值守逐级上报</summary>
public sealed class ClimbDuties(Workspace work, Rulebook rulebook)
{
    public sealed record Command(Guid CommandId, AreaCode Village) : ICommand;

    /// <summary>By itself the embedded database goes over everything that is late in a county, once for each of its villages.</summary>
    private static readonly string s_ofVillage = AlongIndex.Of("duties_duty", "IX_duties_duty_State_Area_Rung");

    /// <param name="Opened">Emergencies for which nobody was found before.</param>
    public sealed record Receipt(int Opened, int Climbed);

    /// <summary>Looks; only what changes something is written down.</summary>
    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSystem) return CommonRefusals.Forbidden;
        var looked = await work.Write<Receipt>(command, actor, async unit =>
        {
            var seen = await Look(unit, command.Village, ct);
            return seen.Opened + seen.Climbed > 0 ? seen : CareRefusals.NothingOverdue;
        }, ct);
        return looked.Refusal == CareRefusals.NothingOverdue ? new Receipt(0, 0) : looked;
    }

    private async Task<Receipt> Look(UnitOfWork unit, AreaCode village, CancellationToken ct)
    {
        await unit.Books.OneAtATime(DerivedId.Of(Guid.Empty, $"care.climb/{village}"), ct);
        var climbed = 0;
        var late = await unit.Db.Duties.TagWith(s_ofVillage)
            .Where(d => d.Area == village && d.State == DutyState.Open && d.Kind != DutyKind.OverdueVisit && d.DueAt <= unit.Now)
            .OrderBy(d => d.Id).ToListAsync(ct);
        foreach (var duty in late) climbed += await Climb(unit, duty, ct) ? 1 : 0;
        return new(await OpenThose(unit, village, ct), climbed);
    }

    private async Task<bool> Climb(UnitOfWork unit, Duty duty, CancellationToken ct) => duty.Kind == DutyKind.HoursDispute
        ? await new DutyLadder(unit, rulebook, "timebank.dispute-climb-after").Climb(new(duty.About, duty.Area), duty, ct)
        : await new DutyLadder(unit, rulebook, IncidentDuties.ClimbAfter)
            .Climb(await Rungs.Of(unit.Db, duty.About, duty.Area, Days.Of(unit.Now), ct), duty, ct);

    /// <summary>Emergencies that were opened while there was nobody to hold them.</summary>
    private async Task<int> OpenThose(UnitOfWork unit, AreaCode village, CancellationToken ct)
    {
        var opened = 0;
        var unheld = await unit.Db.Incidents
            .Where(i => i.Area == village && i.ClosedAt == null
                && !unit.Db.Duties.Any(d => d.Kind == DutyKind.Incident && d.About == i.Elder && d.State == DutyState.Open))
            .OrderBy(i => i.Id).ToListAsync(ct);
        foreach (var incident in unheld) opened += await IncidentDuties.Open(unit, rulebook, incident, ct) ? 1 : 0;
        return opened;
    }
}
