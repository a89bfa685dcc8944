namespace Shouwang.Chaos.Trials;

/// <summary>What can be falsified in what the house is still to be told.</summary>
internal static class OutboxTampering
{
    public static IReadOnlyList<Tampering> All { get; } =
    [
        new("outbox message gone", async t =>
        {
            var id = await t.PickId("outbox_message", "Id");
            return await t.Do("DELETE FROM outbox_message WHERE \"Id\" = @0", id) == 1 ? $"{id}" : null;
        }),
        new("outbox delivery gone", async t =>
        {
            var id = await t.PickId("outbox_delivery", "MessageId");
            return await t.Do("DELETE FROM outbox_delivery WHERE \"MessageId\" = @0", id) > 0 ? $"{id}" : null;
        }),
        new("outbox message gone with its deliveries", async t =>
        {
            var id = await t.PickId("outbox_message", "Id");
            var command = await t.Id("SELECT \"CommandId\" FROM outbox_message WHERE \"Id\" = @0", id);
            await t.Do("DELETE FROM outbox_delivery WHERE \"MessageId\" = @0", id);
            return await t.Do("DELETE FROM outbox_message WHERE \"Id\" = @0", id) == 1 ? $"{command}" : null;
        }),
        new("outbox delivery's place in the order", async t =>
        {
            var id = await t.PickId("outbox_delivery", "MessageId");
            return await t.Do("UPDATE outbox_delivery SET \"Seq\" = \"Seq\" + 1 WHERE \"MessageId\" = @0", id) > 0
                ? $"order-changed {id}" : null;
        }),
        new("what an outbox message says", async t =>
        {
            var id = await t.PickId("outbox_message", "Id");
            return await t.Do("UPDATE outbox_message SET \"Body\" = \"Body\" || ' ' WHERE \"Id\" = @0", id) == 1 ? $"{id}" : null;
        }),
        new("outbox message slipped in with its deliveries", async t =>
        {
            var (id, copy) = (await t.PickId("outbox_message", "Id"), Guid.CreateVersion7());
            await t.Do(
                "INSERT INTO outbox_delivery (\"MessageId\", \"Reader\", \"Seq\", \"Stream\", \"Area\", \"Attempts\", \"NextTry\") "
                + "SELECT @1, \"Reader\", \"Seq\" + 1, \"Stream\", \"Area\", 0, \"NextTry\" FROM outbox_delivery WHERE \"MessageId\" = @0",
                id, copy);
            return await t.Do(
                "INSERT INTO outbox_message (\"Id\", \"Stream\", \"Event\", \"Body\", \"Area\", \"At\", \"Mark\") "
                + "SELECT @1, \"Stream\", \"Event\", \"Body\", \"Area\", \"At\", \"Mark\" FROM outbox_message WHERE \"Id\" = @0",
                id, copy) == 1 ? $"{copy}" : null;
        }),
    ];
}
