using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Oversight;

/// <summary>What still has to be told to the rest of the house, and what could not be. 发件箱状况</summary>
public sealed class OutboxState(Workspace work)
{
    private const int Most = 100;

    public sealed record Line(
        Guid Message, string Reader, string Event, int Attempts, DateTimeOffset NextTry, string? LastError, DateTimeOffset? GaveUpAt,
            AreaCode Area);

    public sealed record View(int Waiting, int Failed, int GaveUp, IReadOnlyList<Line> Lines);

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewOutbox, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => State(db, ct));
    }

    private static async Task<View> State(ShouwangDb db, CancellationToken ct)
    {
        var open = db.Deliveries.Where(d => d.DeliveredAt == null);
        var waiting = await open.CountAsync(d => d.Attempts == 0, ct);
        var failed = await open.CountAsync(d => d.Attempts > 0 && d.GaveUpAt == null, ct);
        var gaveUp = await open.CountAsync(d => d.GaveUpAt != null, ct);
        var lines = await (
            from delivery in open
            join message in db.Outbox on delivery.MessageId equals message.Id
            orderby delivery.GaveUpAt == null, delivery.Seq
            select new Line(
                delivery.MessageId, delivery.Reader, message.Event, delivery.Attempts, delivery.NextTry, delivery.LastError,
                    delivery.GaveUpAt,
                delivery.Area)).Take(Most).ToListAsync(ct);
        return new(waiting, failed, gaveUp, lines);
    }
}
