namespace Shouwang.Application.Common;

/// <summary>What the databases themselves see to about holds, whoever writes: how much of an account is held is counted from the rows of
/// the holds, so that the floor stands against a forged hold too; a hold ends once, in time and within its amount. 预留约束</summary>
internal static class HoldGuard
{
    private const string Fits =
        """
        EXISTS (SELECT 1 FROM ledger_hold h WHERE h."Id" = NEW."HoldId" AND (NEW."Outcome" = 'Expired') = (NEW."At" >= h."Until")
        AND NEW."Amount" <= h."Amount" AND (NEW."Outcome" = 'Committed') = (NEW."Amount" > 0)
        AND (NEW."Outcome" = 'Committed') = (NEW."PaidBy" IS NOT NULL))
        """;

    private const string Add = """UPDATE ledger_account SET "Held" = "Held" + NEW."Amount" WHERE "Id" = NEW."From";""";

    private const string Take =
        """
        UPDATE ledger_account SET "Held" = "Held" - (SELECT h."Amount" FROM ledger_hold h WHERE h."Id" = NEW."HoldId")
        WHERE "Id" = (SELECT h."From" FROM ledger_hold h WHERE h."Id" = NEW."HoldId");
        """;

    private const string Sentence = "a hold ends once, in time and within its amount";

    public static IReadOnlyList<string> Sqlite { get; } =
    [
        $"CREATE TRIGGER IF NOT EXISTS ledger_hold_counts AFTER INSERT ON ledger_hold BEGIN {Add} END",
        $"""
        CREATE TRIGGER IF NOT EXISTS ledger_hold_end_fits BEFORE INSERT ON ledger_hold_end
        BEGIN SELECT RAISE(ABORT, '{Sentence}') WHERE NOT {Fits}; END
        """,
        $"CREATE TRIGGER IF NOT EXISTS ledger_hold_end_counts AFTER INSERT ON ledger_hold_end BEGIN {Take} END",
    ];

    public static IReadOnlyList<string> Postgres { get; } =
    [
        $"""
        CREATE OR REPLACE FUNCTION shouwang_hold() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {Add} RETURN NEW; END $$
        """,
        $"""
        CREATE OR REPLACE FUNCTION shouwang_hold_end() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF NOT {Fits} THEN RAISE EXCEPTION '{Sentence}'; END IF; {Take} RETURN NEW; END $$
        """,
        Trigger("ledger_hold", "shouwang_hold"),
        Trigger("ledger_hold_end", "shouwang_hold_end"),
    ];

    private static string Trigger(string table, string function) =>
        $"""
        DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = '{table}_counts' AND tgrelid = '{table}'::regclass) THEN
        CREATE TRIGGER {table}_counts AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
        END IF; END $$
        """;
}
