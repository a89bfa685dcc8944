using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Oversight;

/// <summary>What still has to be told to the rest of the house, and what could not be. 发件箱状况</summary>
public sealed class OutboxState(Workspace work)
{
    private static readonly string s_open = AlongIndex.Of("outbox_delivery", "IX_outbox_delivery_open");

    public sealed record Line(
        Guid Message, string Reader, string Event, int Attempts, DateTimeOffset NextTry, string? LastError, DateTimeOffset? GaveUpAt,
            AreaCode Area);

    public sealed record View(int Waiting, int Failed, int GaveUp, Paged<Line> Lines);

    /// <param name="page">Of the lines.</param>
    public async Task<Result<View>> Run(Slice page, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewOutbox, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => State(db, page, ct));
    }

    private static IOrderedQueryable<OutboxDelivery> InOrder(IQueryable<OutboxDelivery> open) =>
        open.OrderBy(d => d.Seq).ThenBy(d => d.Reader);

    private static async Task<View> State(ShouwangDb db, Slice page, CancellationToken ct)
    {
        // Few are open, whatever was delivered before.
        var open = db.Deliveries.TagWith(s_open).Where(d => d.DeliveredAt == null);
        var counts = await open.GroupBy(d => new { HasFailed = d.Attempts > 0, IsGivenUp = d.GaveUpAt != null })
            .Select(g => new { g.Key.HasFailed, g.Key.IsGivenUp, Count = g.Count() }).ToListAsync(ct);
        var gaveUp = counts.Where(c => c.IsGivenUp).Sum(c => c.Count);
        var failed = counts.Where(c => c.HasFailed && !c.IsGivenUp).Sum(c => c.Count);
        var waiting = counts.Where(c => !c.HasFailed).Sum(c => c.Count);
        var shown = await Paging.PageOver(
            InOrder(open.Where(d => d.GaveUpAt != null)), gaveUp, InOrder(open.Where(d => d.GaveUpAt == null)), page, ct);
        var ids = shown.Select(d => d.MessageId).Distinct().ToArray();
        var events = await db.Outbox.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Event, ct);
        return new(waiting, failed, gaveUp, shown.With(shown.Where(d => events.ContainsKey(d.MessageId)).Select(d => new Line(
            d.MessageId, d.Reader, events[d.MessageId], d.Attempts, d.NextTry, d.LastError, d.GaveUpAt, d.Area))));
    }
}
