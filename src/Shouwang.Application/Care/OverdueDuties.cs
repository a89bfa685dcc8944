using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Ends the duties that a visit has seen to. 办结逾期探访</summary>
internal static class OverdueDuties
{
    /// <summary>Ends the duty of each elder who was met and is owed nothing more: a call does not end it where a visit at the door was
    /// due.</summary>
    public static async Task Finish(UnitOfWork unit, Rulebook rulebook, List<Visit> visits, CancellationToken ct)
    {
        var met = visits.Where(v => v.Outcome == VisitOutcome.Done).ToLookup(v => v.Elder);
        var ids = met.Select(m => m.Key).ToArray();
        var duties = await unit.Db.Duties.Where(d => d.Kind == DutyKind.OverdueVisit && d.State == DutyState.Open && ids.Contains(d.About))
            .ToListAsync(ct);
        if (duties.Count == 0) return;

        var today = Days.Of(unit.Now);
        foreach (var elder in await DueBook.Of(unit.Db, unit.Db.People.Where(p => ids.Contains(p.Id)), rulebook, today, ct))
        {
            var last = met[elder.Elder.Id].Aggregate(elder.Last, (seen, visit) => seen.And(visit.Day, visit.Way, visit.StartedAt));
            if (VisitDue.Of(elder.Rhythm, last, today, isAway: false).State == DueState.Overdue) continue;
            foreach (var duty in duties.Where(d => d.About == elder.Elder.Id))
                _ = duty.Finish(visits[0].Volunteer, unit.Now).Value;
        }
    }
}
