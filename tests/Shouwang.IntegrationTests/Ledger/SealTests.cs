using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>What is committed is sealed, in an order that late commits cannot disturb; what is changed afterwards is found and
/// named.</summary>
public sealed class SealTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Everything_committed_is_sealed_and_covered_by_a_signed_checkpoint(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Give(village, 600);
        await village.Settle();
        village.Clock.Advance(TimeSpan.FromMinutes(5));
        await Give(village, 5);
        await village.Settle();

        var (ledger, audit) = await Verify(village);

        Assert.Equal((true, 605, 0), (ledger.IsSound, ledger.Transactions, ledger.Unsealed));
        Assert.Equal((true, 605, 2, 605), (audit.IsSound, audit.Sealed, audit.Checkpoints, audit.CheckedSize));
    }

    [Theory, EachDatabase]
    public async Task A_log_that_grew_in_many_sittings_has_the_root_of_one_that_grew_at_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        for (var i = 0; i < 10; i++)
        {
            await Give(village, 17 + (7 * i));

            // A sealer that knows nothing of the log yet, as after a start.
            using var anew = new AuditSealer(village.Get<Store>(), village.Get<KeyRing>(), village.Get<SealKey>());
            await anew.Seal(Ct);
            await anew.Checkpoint(Ct);
        }

        await village.Settle();
        await village.Get<AuditSealer>().Checkpoint(Ct);
        var audit = (await Verify(village)).Audit;
        Assert.Equal((true, 485), (audit.IsSound, audit.CheckedSize));
    }

    [Theory, EachDatabase]
    public async Task A_row_that_commits_late_is_sealed_after_rows_with_higher_numbers(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        await using var late = await database.Open(Ct);
        await using var transaction = await late.BeginTransactionAsync(Ct);
        await using var insert = late.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO audit_security_event ("Code", "Command", "Actor", "Role", "Area", "At")
            VALUES ('test.late', 'Test', gen_random_uuid(), 'Volunteer', 0, TIMESTAMPTZ '2026-03-16 01:00:00+00')
            """;
        await insert.ExecuteNonQueryAsync(Ct);
        for (var i = 0; i < 5; i++)
        {
            await Report(village);
            await village.Settle();
        }

        await transaction.CommitAsync(Ct);
        await village.Settle();
        for (var i = 0; i < 3; i++) await village.Settle();

        var audit = (await Verify(village)).Audit;
        Assert.Equal((true, 6, 6, 0), (audit.IsSound, audit.Rows, audit.Sealed, audit.Unsealed));
    }

    [Theory, EachDatabase]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
    public async Task What_is_changed_behind_the_houses_back_is_named(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Give(village, 300);
        await Report(village);
        await village.Settle();
        village.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await Verify(village)).Ledger.IsSound);
        var cases = new (string Sql, string What)[]
        {
            ("UPDATE ledger_posting SET \"Amount\" = \"Amount\" + 1", "row-changed"),
            ("UPDATE ledger_transaction SET \"Reason\" = 'x'", "row-changed"),
            ("DELETE FROM ledger_transaction WHERE \"Seq\" = 7", "row-gone"),
            ("UPDATE audit_security_event SET \"Code\" = 'x'", "row-changed"),
            ("UPDATE seal_link SET \"Seq\" = 9999 WHERE \"Position\" = 5", "chain-broken"),
            ("DELETE FROM seal_link WHERE \"Position\" = 5", "order-broken"),
            ("DELETE FROM seal_link WHERE \"Position\" > 290", "log-shorter-than-checkpoint"),
            ("UPDATE seal_checkpoint SET \"Size\" = 300", "checkpoint-not-signed"),
            ("UPDATE seal_tile SET \"Hash\" = (SELECT \"Chain\" FROM seal_link WHERE \"Position\" = 1)", "tile-changed"),
            ("UPDATE ledger_account SET \"Area\" = 1 WHERE \"Kind\" = 'Person'", "account-changed"),
        };
        await using var connection = await database.Open(Ct);
        await Unguard(connection, database.Kind);
        foreach (var (sql, what) in cases)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await using var tamper = connection.CreateCommand();
            (tamper.CommandText, tamper.Transaction) = (sql, transaction);
            Assert.True(await tamper.ExecuteNonQueryAsync(Ct) > 0);

            var view = SealSql.On(connection, transaction);
            var found = (await village.Get<VerifyLedger>().Check(view, village.Clock.GetUtcNow(), Ct)).First
                .Concat((await village.Get<VerifyAudit>().Check(view, village.Clock.GetUtcNow(), Ct)).First).ToList();
            Assert.Contains(found, f => f.What == what);
            await transaction.RollbackAsync(Ct);
        }
    }

    private static async Task Unguard(DbConnection connection, DatabaseKind kind)
    {
        foreach (var table in AppendOnly.Tables)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names stand in the code.
            command.CommandText = kind == DatabaseKind.Sqlite
                ? $"DROP TRIGGER \"{table}_no_UPDATE\"; DROP TRIGGER \"{table}_no_DELETE\"" : $"ALTER TABLE {table} DISABLE TRIGGER ALL";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    private static async Task<(VerifyLedger.View Ledger, VerifyAudit.View Audit)> Verify(Village village) =>
        ((await village.Get<VerifyLedger>().Run(village.House, Ct)).Value, (await village.Get<VerifyAudit>().Run(village.House, Ct)).Value);

    private static Task Report(Village village) => village.Get<Workspace>().Report("test.seen", "Test", village.House, Ct);

    private static Task Give(Village village, int times) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            var own = new AccountKey(Book.Hours, AccountKind.Person, new Guid("00000000-0000-8000-8000-000000000001"), Village.X);
            var bank = AccountKey.OfOutside(Book.Hours, Village.X);
            var accounts = await unit.Books.Take(Ct, bank, own);
            for (var i = 0; i < times; i++)
            {
                var slip = new Slip(Id<Transaction>.New(village.Clock), Village.X, "test.given", unit.Now);
                _ = (await unit.Post(slip, accounts[bank], accounts[own], 10, Ct)).Value;
            }

            return new(true, true);
        },
        Ct);
}
