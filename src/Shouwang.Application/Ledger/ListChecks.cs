using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>What the last verifications of the books showed, the newest first. 核对记录列表</summary>
public sealed class ListChecks(Workspace work)
{
    private const int Most = 31;

    public sealed record Row(DateTimeOffset At, long Millis, long Transactions, long Sealed, int Findings, IReadOnlyList<string> First);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.VerifyBooks, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, async db =>
        {
            var checks = await db.BookChecks.OrderByDescending(c => c.At).Take(Most).ToListAsync(ct);
            return checks.Select(c => new Row(c.At, c.Millis, c.Transactions, c.Sealed, c.Findings,
                c.First.Split('\n', StringSplitOptions.RemoveEmptyEntries))).ToList();
        });
    }
}
