using System.Data.Common;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>What the database itself refuses, whoever writes: each guard by its name, so that none can be lost without a test
/// failing.</summary>
public sealed class DatabaseGuardTests
{
    private static readonly Guid s_new = new("01980000-0000-7000-8000-00000000abcd");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Nothing_that_only_grows_can_be_changed_or_deleted(TestDatabase database)
    {
        await using var village = await Lived(database);
        (string Table, string Column)[] growing =
        [
            ("ledger_transaction", "Reason"), ("ledger_posting", "Amount"), ("ledger_hold", "Until"), ("ledger_hold_end", "Outcome"),
            ("audit_entry", "Asked"), ("audit_security_event", "Code"), ("audit_check", "Findings"), ("seal_link", "Chain"),
            ("seal_tile", "Hash"), ("seal_checkpoint", "Root"),
        ];
        foreach (var (table, column) in growing)
        {
            await Refused(database, $"DELETE FROM {table}", "append-only");
            await Refused(database, $"UPDATE {table} SET \"{column}\" = \"{column}\"", "append-only");
            if (database.Kind == DatabaseKind.Postgres) await Refused(database, $"TRUNCATE {table}", "append-only");
        }
    }

    [Theory, EachDatabase]
    public async Task A_balance_beyond_a_limit_and_an_amount_of_nothing_are_refused(TestDatabase database)
    {
        await using var village = await Lived(database);
        const string Li = "\"Kind\" = 'Person' AND \"Held\" = 5";
        await Refused(database, $"UPDATE ledger_account SET \"Balance\" = 4 WHERE {Li}", "ck_ledger_account_floor");
        await Refused(database, $"UPDATE ledger_account SET \"Floor\" = 56 WHERE {Li}", "ck_ledger_account_floor");
        await Refused(database, $"UPDATE ledger_account SET \"Ceiling\" = 59 WHERE {Li}", "ck_ledger_account_ceiling");
        await Refused(database, "UPDATE ledger_account SET \"Held\" = -1", "ck_ledger_account_held");
        await Refused(
            database,
            "INSERT INTO ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\") "
            + $"VALUES ('{s_new}', 1, '{s_new}', '{s_new}', 0)",
            "ck_ledger_posting_positive");
        await Refused(
            database,
            "INSERT INTO ledger_hold (\"Id\", \"Book\", \"Area\", \"Reason\", \"From\", \"To\", \"Amount\", \"At\", \"Until\") "
            + $"SELECT '{s_new}', \"Book\", \"Area\", \"Reason\", \"From\", \"To\", 0, \"At\", \"Until\" FROM ledger_hold LIMIT 1",
            "ck_ledger_hold_positive");
    }

    [Theory, EachDatabase]
    public async Task What_happens_once_cannot_be_written_twice(TestDatabase database)
    {
        await using var village = await Lived(database);
        const string Transaction = "\"Book\", \"Area\", \"Reason\", \"At\" FROM ledger_transaction LIMIT 1";
        await Refused(
            database, $"INSERT INTO ledger_transaction (\"Id\", \"Book\", \"Area\", \"Reason\", \"At\") SELECT \"Id\", {Transaction}",
            "ledger_transaction", "Id");
        var reversal =
            "INSERT INTO ledger_transaction (\"Id\", \"Reverses\", \"Book\", \"Area\", \"Reason\", \"At\") "
            + $"SELECT '{{0}}', \"Id\", {Transaction}";
        await Done(database, Format(reversal, s_new));
        await Refused(database, Format(reversal, new("01980000-0000-7000-8000-00000000abce")), "ledger_transaction", "Reverses");
        await Refused(
            database,
            "INSERT INTO audit_entry (\"CommandId\", \"Command\", \"Asked\", \"Answered\", \"Actor\", \"Role\", \"Area\", \"At\", \"Announced\", "
            + "\"RowHash\") SELECT \"CommandId\", 'x', 'x', 'x', \"Actor\", \"Role\", \"Area\", \"At\", 0, 'x' FROM audit_entry LIMIT 1",
            "audit_entry", "CommandId");
        await Refused(
            database,
            "INSERT INTO audit_security_event (\"Id\", \"Code\", \"Command\", \"Actor\", \"Role\", \"Area\", \"At\") "
            + "SELECT \"Id\", 'x', 'x', \"Actor\", \"Role\", \"Area\", \"At\" FROM audit_security_event LIMIT 1",
            "audit_security_event", "Id");
        await Refused(
            database,
            "INSERT INTO outbox_message (\"Id\", \"Stream\", \"Event\", \"Body\", \"Area\", \"At\") "
            + "SELECT \"Id\", \"Stream\", \"Event\", \"Body\", \"Area\", \"At\" FROM outbox_message LIMIT 1",
            "outbox_message", "Id");
    }

    [Theory, EachDatabase]
    public async Task No_account_line_hold_or_seal_is_there_twice(TestDatabase database)
    {
        await using var village = await Lived(database);
        await Refused(
            database,
            "INSERT INTO ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\") "
            + "SELECT \"TransactionId\", \"Line\", \"From\", \"To\", 1 FROM ledger_posting LIMIT 1",
            "ledger_posting");
        await Refused(
            database,
            "INSERT INTO ledger_account (\"Id\", \"Book\", \"Kind\", \"Holder\", \"Area\", \"Stripe\", \"Floor\", \"Balance\", \"Held\", \"Version\") "
            + $"SELECT '{s_new}', \"Book\", \"Kind\", \"Holder\", \"Area\", \"Stripe\", \"Floor\", 0, 0, 0 FROM ledger_account LIMIT 1",
            "ledger_account", "Holder");
        await Refused(
            database,
            "INSERT INTO ledger_hold (\"Id\", \"Book\", \"Area\", \"Reason\", \"From\", \"To\", \"Amount\", \"At\", \"Until\") "
            + "SELECT \"Id\", \"Book\", \"Area\", \"Reason\", \"From\", \"To\", 1, \"At\", \"Until\" FROM ledger_hold LIMIT 1",
            "ledger_hold", "Id");
        await Refused(
            database,
            "INSERT INTO seal_link (\"Position\", \"Kind\", \"Seq\", \"Subject\", \"County\", \"At\", \"Algorithm\", \"RowHash\", \"Chain\") "
            + "SELECT 9999, \"Kind\", \"Seq\", \"Subject\", \"County\", \"At\", \"Algorithm\", \"RowHash\", \"Chain\" FROM seal_link LIMIT 1",
            "seal_link", "Seq");
    }

    /// <summary>A house in which every one of the guarded tables has rows.</summary>
    private static async Task<Village> Lived(TestDatabase database)
    {
        var village = await Village.On(database);
        var bank = AccountKey.OfOutside(Book.Hours, Village.X);
        var own = AccountKey.OfPerson(Book.Hours, Id<Person>.New(village.Clock), Village.X);
        await village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                var taken = await unit.Books.Take(Ct, bank, own);
                var given = new Slip(Id<Transaction>.New(village.Clock), Village.X, "test.given", unit.Now);
                _ = (await unit.Post(given, taken[bank], taken[own], 60, Ct)).Value;
                foreach (var ends in new[] { true, false })
                {
                    var slip = new HoldSlip(Id<Hold>.New(village.Clock), Village.X, "test.held", unit.Now, unit.Now.AddDays(1));
                    var hold = (await unit.Reserve(slip, taken[own], taken[bank], 5, Ct)).Value;
                    if (ends) await unit.Books.Write(hold.Void(taken[own], unit.Now).Value, null, Ct);
                }

                unit.Raise(new ConsentWithdrawn(Id<Person>.New(village.Clock), ConsentPurpose.FamilyView));
                await unit.Save(Ct);
                return new(true, true);
            },
            Ct);
        await village.Get<Workspace>().Report("test.refused", "Test", village.House, Ct);
        _ = (await village.Get<CheckBooks>().Run(new(Id<BookCheck>.New(village.Clock).Value), Actor.System(AreaCode.Nation), Ct)).Value;
        await village.Settle();
        await village.Get<AuditSealer>().Checkpoint(Ct);
        await Done(database, "INSERT INTO seal_tile (\"Step\", \"Number\", \"Hash\") SELECT 9, 9, \"Chain\" FROM seal_link LIMIT 1");
        return village;
    }

    private static string Format(string sql, Guid id) => string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, id);

    private static async Task Refused(TestDatabase database, string sql, params string[] why)
    {
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => Done(database, sql));
        Assert.All(why, w => Assert.Contains(w, refused.Message, StringComparison.Ordinal));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
    private static async Task Done(TestDatabase database, string sql)
    {
        // An id is text on one database and a type of its own on the other.
        var said = database.Kind == DatabaseKind.Postgres
            ? System.Text.RegularExpressions.Regex.Replace(sql, "'(01980000-[0-9a-f-]+)'", "CAST('$1' AS uuid)") : sql;
        await using var connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = said;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Ct));
    }
}
