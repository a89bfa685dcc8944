using Microsoft.EntityFrameworkCore;

namespace Shouwang.Application.Common;

/// <summary>Tables whose rows are never changed or deleted; triggers in both databases refuse it. 只增不改</summary>
public static class AppendOnly
{
    /// <summary>The tables under guard.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "ledger_transaction", "ledger_posting", "ledger_hold", "ledger_hold_end", "audit_entry", "audit_security_event", "seal_link",
        "seal_tile", "seal_checkpoint", "audit_check", "outbox_message",
    ];

    /// <summary>Puts the triggers in place; doing it again changes nothing.</summary>
    public static async Task Guard(ShouwangDb db, CancellationToken ct)
    {
        foreach (var statement in db is SqliteShouwangDb ? Sqlite().Concat(HoldGuard.Sqlite) : Postgres().Concat(HoldGuard.Postgres))
        {
            await db.Database.ExecuteSqlRawAsync(statement, ct);
        }
    }

    private static IEnumerable<string> Sqlite() =>
        from table in Tables
        from verb in new[] { "UPDATE", "DELETE" }
        select $"""
            CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb}" BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
            """;

    private static IEnumerable<string> Postgres()
    {
        yield return """
            CREATE OR REPLACE FUNCTION shouwang_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
            """;
        foreach (var table in Tables)
        {
            yield return $"""
                DO $$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = '{table}_append_only' AND tgrelid = '{table}'::regclass) THEN
                CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION shouwang_append_only();
                END IF; END $$
                """;
        }
    }
}
