using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Whoever has the database may write into a field what the house never would: SQLite takes anything, and makes a number or an id
/// of much of it. Verification names the row, and goes on.</summary>
public sealed class GarbledRowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is set where, and what a finding must say.</summary>
    private static readonly (string Table, string Set, string What)[] s_onBoth =
    [
        ("ledger_account", "\"Book\" = 'hours'", "account-changed"),
        ("ledger_account", "\"Kind\" = '1'", "account-changed"),
        ("ledger_account", "\"Balance\" = -9223372036854775808", "balance"),
        ("ledger_account", "\"Held\" = 9223372036854775807", "held"),
        ("ledger_account", "\"Stripe\" = 257", "account-changed"),
        ("ledger_account", "\"Version\" = \"Version\" + 1", "version"),
        ("ledger_posting", "\"Amount\" = -9223372036854775808", "row-changed"),
        ("ledger_hold", "\"Amount\" = 9223372036854775807", "row-changed"),
        ("ledger_hold", "\"Book\" = ' Hours'", "row-changed"),
        ("seal_link", "\"Kind\" = 'audit'", "chain-broken"),
        ("seal_checkpoint", "\"Size\" = 9223372036854775807", "log-shorter-than-checkpoint"),
        ("audit_check", "\"First\" = 'nothing'", "check-changed"),
        ("audit_check", "\"Findings\" = \"Findings\" + 1", "check-changed"),
    ];

    private static readonly (string Table, string Set, string What)[] s_onSqlite =
    [
        ("ledger_transaction", "\"Area\" = \"Area\" + 0.5", "row-changed"),
        ("ledger_transaction", "\"At\" = replace(\"At\", ':', ';')", "row-changed"),
        ("ledger_transaction", "\"At\" = replace(\"At\", ' ', 'T')", "row-changed"),
        ("ledger_transaction", "\"At\" = substr(\"At\", 1, 19) || '.0000007'", "row-changed"),
        ("ledger_posting", "\"From\" = lower(\"From\")", "row-changed"),
        ("ledger_posting", "\"Amount\" = \"Amount\" + 0.25", "row-changed"),
        ("ledger_posting", "\"Amount\" = \"Amount\" || 'x'", "row-changed"),
        ("ledger_account", "\"Id\" = lower(\"Id\")", "account-changed"),
        ("ledger_account", "\"Version\" = \"Version\" + 4294967296", "account-changed"),
        ("ledger_hold", "\"From\" = lower(\"From\")", "row-changed"),
        ("audit_entry", "\"Announced\" = \"Announced\" + 4294967296", "row-changed"),
        ("seal_link", "\"Algorithm\" = 4294967297", "chain-broken"),
        ("seal_link", "\"At\" = 'yesterday'", "chain-broken"),
        ("seal_link", "\"Seq\" = 'x'", "chain-broken"),
        ("seal_checkpoint", "\"Algorithm\" = 4294967297", "checkpoint-not-signed"),
        ("seal_checkpoint", "\"At\" = 'yesterday'", "checkpoint-not-signed"),
        ("audit_check", "\"At\" = replace(\"At\", ' ', 'T')", "check-changed"),
    ];

    [Theory, EachDatabase]
    public async Task What_no_field_of_the_house_holds_is_named_and_hides_nothing(TestDatabase database)
    {
        await using var village = await LivedIn.On(database);
        await using var connection = await database.Open(Ct);
        await using var forger = new Forger(connection, village);
        await forger.Unguard(database.Kind);
        Assert.Empty(await forger.Findings());
        var hidden = new List<string>();
        foreach (var (table, set, what) in database.Kind == DatabaseKind.Sqlite ? s_onBoth.Concat(s_onSqlite) : s_onBoth)
        {
            await forger.Begin();

            // Where it may stand once only, in one row of the table; where the numbers of rows are unique, too.
            await forger.Do($"UPDATE {table} SET {set} WHERE {First(table)}");
            if (!(await forger.Findings()).Exists(f => f.What == what)) hidden.Add($"{table}: {set}");
            await forger.Undo();
        }

        Assert.True(hidden.Count == 0, string.Join('\n', hidden));
    }

    /// <summary>The condition that holds for one row only.</summary>
    private static string First(string table)
    {
        var key = table switch
        {
            "ledger_posting" => "TransactionId", "ledger_account" or "audit_check" => "Id", "seal_link" => "Position",
            "seal_checkpoint" => "Number", _ => "Seq",
        };
        var which = table is "ledger_account" ? "WHERE \"Kind\" = 'Person'" : "";
        return $"\"{key}\" = (SELECT \"{key}\" FROM {table} {which} ORDER BY \"{key}\" LIMIT 1)";
    }
}
