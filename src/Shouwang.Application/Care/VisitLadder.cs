using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Who sees to an overdue visit, one after another: the pair, the understudy, the point, the village, the township.
/// 探访升级</summary>
internal sealed class VisitLadder(UnitOfWork unit, Rulebook rulebook)
{
    private readonly DateOnly _today = Days.Of(unit.Now);

    /// <summary>The next one above a rung whom anybody holds; null where nobody is left.</summary>
    /// <param name="above">Null for the first turn.</param>
    /// <param name="not">Who has it now: a duty does not climb to the same person.</param>
    public async Task<DutyTurn?> Next(ElderDue elder, DutyRung? above, Id<Person>? not, CancellationToken ct)
    {
        foreach (var rung in Enum.GetValues<DutyRung>().Where(r => above is null || r > above))
        {
            if (await HolderOn(rung, elder, ct) is not { } holder || holder == not || holder == elder.Elder.Id) continue;
            var minutes = rulebook.At(elder.Elder.Area, _today).Table("visits.climb-after").For(rung);
            return new(rung, holder, unit.Now.AddMinutes(minutes), await DutyBook.ActingFor(unit.Db, holder, _today, ct));
        }

        return null;
    }

    private async Task<Id<Person>?> HolderOn(DutyRung rung, ElderDue elder, CancellationToken ct) => rung switch
    {
        DutyRung.Pair => elder.Volunteer,
        DutyRung.Point => await OfPoint(elder.Point, ct),
        DutyRung.Village => await OfPost(Role.VillageCadre, elder.Elder.Area, ct),
        DutyRung.Township => await OfPost(Role.TownshipOfficer, elder.Elder.Area.At(AreaLevel.Township), ct),
        _ => null,
    };

    private async Task<Id<Person>?> OfPoint(Id<Place>? id, CancellationToken ct)
    {
        if (id is not { } point || await unit.Db.Places.AsNoTracking().SingleOrDefaultAsync(p => p.Id == point, ct) is not { } place)
            return null;
        return place.On(_today, MemberPart.Manager).Concat(place.On(_today, MemberPart.Leader)).Select(p => (Id<Person>?)p)
            .FirstOrDefault();
    }

    /// <summary>Of several with the same post, whoever has held it longest.</summary>
    private async Task<Id<Person>?> OfPost(Role role, AreaCode area, CancellationToken ct) => await unit.Db.Posts.AsNoTracking()
        .Where(p => p.Role == role && p.Area == area && p.From <= _today && (p.To == null || _today < p.To))
        .OrderBy(p => p.From).ThenBy(p => p.Id).Select(p => (Id<Person>?)p.Person).FirstOrDefaultAsync(ct);
}
