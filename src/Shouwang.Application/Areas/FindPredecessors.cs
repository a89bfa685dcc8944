using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>Finds the ended areas that a scope covers today, each with every code the tree knows inside it: what
/// <see cref="Actor.Predecessors"/> is to hold, so that the area filter, which asks for equal codes, finds their rows. 前身区划</summary>
public sealed class FindPredecessors(Workspace work)
{
    public async Task<IReadOnlyList<AreaCode>> Run(AreaCode scope, CancellationToken ct)
    {
        var today = work.Today;
        return await work.Read(Actor.System(AreaCode.Nation), async db =>
        {
            var history = new AreaHistory(await db.Areas.SelectMany(a => a.Successors).AsNoTracking().ToListAsync(ct));
            var codes = new SortedSet<AreaCode>();
            foreach (var ended in history.PredecessorsOf(scope, today))
            {
                var (first, last) = (ended.First, ended.Last);
                codes.Add(ended);
                codes.UnionWith(await db.Areas.Where(a => a.Area >= first && a.Area <= last).Select(a => a.Area).ToListAsync(ct));
            }

            return (IReadOnlyList<AreaCode>)[.. codes];
        });
    }
}
