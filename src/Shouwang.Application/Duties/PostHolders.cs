using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Duties;

/// <summary>Whose turn it is by office: the village's cadre, the township's officer. 岗位责任人</summary>
internal sealed class PostHolders(ShouwangDb db, DateOnly today)
{
    /// <summary>The holder of an office rung; a township without an officer hands it to the county's.</summary>
    public async Task<Id<Person>?> On(DutyRung rung, AreaCode village, CancellationToken ct) => rung switch
    {
        DutyRung.Village => await Of(Role.VillageCadre, village, ct),
        DutyRung.Township => await Of(Role.TownshipOfficer, village.At(AreaLevel.Township), ct)
            ?? await Of(Role.CountyOfficer, village.At(AreaLevel.County), ct),
        _ => null,
    };

    /// <summary>Of several with the same post, whoever has held it longest.</summary>
    private async Task<Id<Person>?> Of(Role role, AreaCode area, CancellationToken ct) => await db.Posts.AsNoTracking()
        .Where(p => p.Role == role && p.Area == area && p.From <= today && (p.To == null || today < p.To))
        .OrderBy(p => p.From).ThenBy(p => p.Id).Select(p => (Id<Person>?)p.Person).FirstOrDefaultAsync(ct);
}
