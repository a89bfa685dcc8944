using Shouwang.Application.Common.Seals;

namespace Shouwang.Application.Common;

// The outbox: what happened, and a delivery for each of its readers.
public abstract partial class Books
{
    /// <summary>Puts an event in the outbox, with the house's mark and one delivery for each of its readers.</summary>
    public async Task Send(OutboxMessage message, IEnumerable<string> readers, CancellationToken ct)
    {
        var seq = (long)(await With(
            """
            INSERT INTO outbox_message ("Id", "Stream", "Event", "Body", "Area", "At", "CommandId", "Mark")
            VALUES (@id, @stream, @event, @body, @area, @at, @command, @mark) RETURNING "Seq"
            """,
            ("id", message.Id), ("stream", message.Stream), ("event", message.Event), ("body", message.Body),
            ("area", message.Area.Value), ("at", message.At.UtcDateTime), ("command", (object?)message.CommandId ?? DBNull.Value),
            ("mark", MessageForm.Of(_canonical, message).Marked(keys.Value, MessageForm.MessageMark))).ExecuteScalarAsync(ct))!;

        foreach (var reader in readers)
        {
            await Execute(
                """
                INSERT INTO outbox_delivery ("MessageId", "Reader", "Seq", "Stream", "Area", "Attempts", "NextTry")
                VALUES (@id, @reader, @seq, @stream, @area, 0, @at)
                """,
                ct,
                ("id", message.Id), ("reader", reader), ("seq", seq), ("stream", message.Stream), ("area", message.Area.Value),
                    ("at", message.At.UtcDateTime));
        }
    }

    /// <summary>Marks one delivery as done, failed until a later try, or given up.</summary>
    public Task Mark(OutboxDelivery delivery, CancellationToken ct) => Execute(
        """
        UPDATE outbox_delivery SET "Attempts" = @attempts, "NextTry" = @next, "LastError" = @error, "DeliveredAt" = @done, "GaveUpAt" = @gaveUp
        WHERE "MessageId" = @id AND "Reader" = @reader
        """,
        ct,
        ("attempts", delivery.Attempts), ("next", delivery.NextTry.UtcDateTime), ("error", (object?)delivery.LastError ?? DBNull.Value),
        ("done", (object?)delivery.DeliveredAt?.UtcDateTime ?? DBNull.Value),
        ("gaveUp", (object?)delivery.GaveUpAt?.UtcDateTime ?? DBNull.Value),
        ("id", delivery.MessageId), ("reader", delivery.Reader));
}
