using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>The pools of the working area and what is left in each. 时间池一览</summary>
public sealed class ListPools(Workspace work)
{
    /// <param name="Left">What can be paid now, in minutes.</param>
    /// <param name="Stripes">In how many stripes it lies.</param>
    public sealed record Row(AreaCode Area, string Name, long Left, int Stripes);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) => actor.May(Permission.GrantHours, actor.Scope)
        ? await work.Read(actor, db => List(db, ct)) : CommonRefusals.Forbidden;

    private async Task<List<Row>> List(ShouwangDb db, CancellationToken ct)
    {
        var pools = await db.Accounts.Where(a => a.Kind == AccountKind.Pool && a.Book == Book.Hours).GroupBy(a => a.Area)
            .Select(g => new { Area = g.Key, Left = g.Sum(a => a.Balance - a.Held - a.Floor), Stripes = g.Count() }).ToListAsync(ct);
        var names = await AreaNames.Of(db, pools.Select(p => p.Area), work.Today, ct);
        return [.. pools.OrderBy(p => p.Area).Select(p => new Row(p.Area, names[p.Area], p.Left, p.Stripes))];
    }
}
