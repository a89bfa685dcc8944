using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>Ways to falsify what is set aside for somebody.</summary>
internal static class HoldTampering
{
    public static IReadOnlyList<Tampering> All { get; } =
    [
        new("hold's minutes", t => Hold(t, "\"Amount\" = \"Amount\" + 1")),
        new("hold's payee", t => Hold(t, "\"To\" = @1", Guid.CreateVersion7())),
        new("hold's last moment", t => Hold(t, "\"Until\" = @1", Tampering.Moment(t))),
        new("hold's mark", t => Hold(t, "\"Mark\" = NULL")),
        new("hold gone", async t =>
        {
            var seq = await t.Pick("ledger_hold", "Seq");
            return await t.Do("DELETE FROM ledger_hold WHERE \"Seq\" = @0", seq) == 1 ? $"Hold {seq}" : null;
        }),
        new("hold slipped in", async t =>
        {
            var id = Guid.CreateVersion7();
            return await t.Do(
                "INSERT INTO ledger_hold (\"Id\", \"Book\", \"Area\", \"Reason\", \"From\", \"To\", \"Amount\", \"At\", \"Until\", \"Mark\") "
                + "SELECT @1, \"Book\", \"Area\", \"Reason\", \"From\", \"To\", 0, \"At\", \"Until\", \"Mark\" FROM ledger_hold WHERE \"Seq\" = @0",
                await t.Pick("ledger_hold", "Seq"), id) == 1 ? $"{id}" : null;
        }),
        new("hold's end another", t => End(t, "\"Outcome\" = 'Expired'")),
        new("hold's end moved", t => End(t, "\"At\" = @1", Tampering.Moment(t))),
        new("hold's end gone", async t =>
        {
            var seq = await t.Pick("ledger_hold_end", "Seq");
            return await t.Do("DELETE FROM ledger_hold_end WHERE \"Seq\" = @0", seq) == 1 ? $"HoldEnd {seq}" : null;
        }),
        new("hold ended by a stranger", async t =>
        {
            var id = await t.Id(
                "SELECT h.\"Id\" FROM ledger_hold h WHERE NOT EXISTS (SELECT 1 FROM ledger_hold_end e WHERE e.\"HoldId\" = h.\"Id\") LIMIT 1");
            return await t.Do(
                "INSERT INTO ledger_hold_end (\"HoldId\", \"Outcome\", \"Amount\", \"At\") "
                + "SELECT \"Id\", 'Voided', 0, \"At\" FROM ledger_hold WHERE \"Id\" = @0", id) > 0 ? $"{id}" : null;
        }),
    ];

    private static Task<string?> Hold(Tamperer t, string set, params object[] values) =>
        Tampering.Row(t, ("ledger_hold", "Seq", "Hold"), set, values);

    private static Task<string?> End(Tamperer t, string set, params object[] values) =>
        Tampering.Row(t, ("ledger_hold_end", "Seq", "HoldEnd"), set, values);
}
