using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;

namespace Shouwang.Web.Today;

/// <summary>How many visits of the last weeks wait for the actor's confirmation.</summary>
internal static class OpenVisits
{
    private const int DaysBack = 62;

    public static async Task<int> Count(ListVisits visits, DateOnly today, Actor actor, CancellationToken ct) =>
        (await visits.Run(new(today.AddDays(-DaysBack), today, VisitState.Recorded), actor, ct)).IsOk(out var view, out _) ? view.Total : 0;
}
