namespace Shouwang.Application.Common.Seals;

/// <summary>Whether every event that was announced has a delivery for each of its readers, and every delivery its event. 发件箱核对</summary>
internal sealed class OutboxCheck(SealSql sql, Findings found)
{
    /// <summary>Deliveries still to come.</summary>
    public long Waiting { get; private set; }

    /// <summary>Deliveries that failed too often; a person must look.</summary>
    public long GivenUp { get; private set; }

    public async Task Run(CancellationToken ct)
    {
        await foreach (var (message, happened, readers) in sql.Announced(ct))
        {
            foreach (var missing in Subscriptions.ReadersOf(happened).Except(readers)) found.Add("lost-delivery", $"{message} {missing}");
        }

        foreach (var lost in await sql.LostDeliveries(ct)) found.Add("lost-message", $"{lost}");
        Waiting = await sql.Number("SELECT count(*) FROM outbox_delivery WHERE \"DeliveredAt\" IS NULL AND \"GaveUpAt\" IS NULL", ct) ?? 0;
        GivenUp = await sql.Number("SELECT count(*) FROM outbox_delivery WHERE \"GaveUpAt\" IS NOT NULL", ct) ?? 0;
    }
}
