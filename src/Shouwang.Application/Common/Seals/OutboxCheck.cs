using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common.Seals;

/// <summary>Whether every event that a command announced is there as the house wrote it, has a delivery for each of its readers, and every
/// delivery its event. 发件箱核对</summary>
internal sealed class OutboxCheck(SealSql sql, KeyRing keys, Findings found)
{
    private readonly MarkCheck _marks = new(keys, MessageForm.MessageMark);

    /// <summary>Deliveries still to come.</summary>
    public long Waiting { get; private set; }

    /// <summary>Deliveries that failed too often; a person must look.</summary>
    public long GivenUp { get; private set; }

    public async Task Run(CancellationToken ct)
    {
        var row = new CanonicalRow();
        await foreach (var (seq, id, message, deliveries) in sql.Messages(ct))
        {
            if (message is null)
            {
                found.Add("forged-message", id);
                continue;
            }

            if (!MessageForm.Of(row, message).IsMarked(_marks, message.Mark)) found.Add("forged-message", id);
            if (deliveries.Exists(d => d.Order != seq)) found.Add("order-changed", id);
            foreach (var missing in Subscriptions.ReadersOf(message.Event).Except(deliveries.Select(d => d.Reader)))
                found.Add("lost-delivery", $"{id} {missing}");
        }

        foreach (var command in await sql.LostAnnouncements(ct)) found.Add("lost-announcement", $"{command}");
        foreach (var lost in await sql.LostDeliveries(ct)) found.Add("lost-message", $"{lost}");
        Waiting = await sql.Number("SELECT count(*) FROM outbox_delivery WHERE \"DeliveredAt\" IS NULL AND \"GaveUpAt\" IS NULL", ct) ?? 0;
        GivenUp = await sql.Number("SELECT count(*) FROM outbox_delivery WHERE \"GaveUpAt\" IS NOT NULL", ct) ?? 0;
    }
}
