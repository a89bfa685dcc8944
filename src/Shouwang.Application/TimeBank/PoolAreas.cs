using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.TimeBank;

/// <summary>The areas whose pools somebody may fill, and how much of it alone. 可充入的地方</summary>
public sealed class PoolAreas(Workspace work, Rulebook rulebook)
{
    public sealed record Row(AreaCode Area, string Name);

    /// <param name="Alone">Minutes a day above which a second person must agree, where they work.</param>
    public sealed record View(IReadOnlyList<Row> Areas, int Alone);

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.FillPools, actor.Scope)) return CommonRefusals.Forbidden;
        var today = work.Today;
        var areas = await work.Read(actor, db => db.Areas.Where(a => a.ValidFrom <= today && (a.ValidTo == null || today < a.ValidTo))
            .OrderBy(a => a.Area).Select(a => new Row(a.Area, a.Name)).ToListAsync(ct));
        return new View(areas, rulebook.At(actor.Scope, today).Minutes("ledger.pool-fill-alone"));
    }
}
