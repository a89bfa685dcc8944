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
        await Gifts.Give(village, 600);
        await village.Settle();
        village.Clock.Advance(TimeSpan.FromMinutes(5));
        await Gifts.Give(village, 5);
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
            await Gifts.Give(village, 17 + (7 * i));

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
        await using var insert = Marked(late, village);
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
        await Gifts.Give(village, 300);
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
            ("UPDATE ledger_account SET \"Floor\" = -60 WHERE \"Kind\" = 'Person'", "limits-changed"),
            ("UPDATE ledger_account SET \"Ceiling\" = 90000 WHERE \"Kind\" = 'Person'", "limits-changed"),
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

    [Theory, EachDatabase]
    public async Task A_security_event_the_house_never_wrote_gets_no_seal_is_told_of_and_named(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Report(village);
        await village.Settle();
        await using (var connection = await database.Open(Ct))
        {
            // With every guard of the database kept: one without a mark, one with the mark of a real event.
            await using var forge = connection.CreateCommand();
            forge.CommandText =
                """
                INSERT INTO audit_security_event ("Id", "Code", "Command", "Actor", "Role", "Area", "At")
                SELECT '01980000-0000-7000-8000-00000000abcd', "Code", "Command", "Actor", "Role", "Area", "At"
                FROM audit_security_event WHERE "Seq" = 1;
                INSERT INTO audit_security_event ("Id", "Code", "Command", "Actor", "Role", "Area", "At", "Mark")
                SELECT '01980000-0000-7000-8000-00000000abce', "Code", "Command", "Actor", "Role", "Area", "At", "Mark"
                FROM audit_security_event WHERE "Seq" = 1;
                """;
            await forge.ExecuteNonQueryAsync(Ct);
        }

        await Report(village);
        await village.Settle();
        await village.Settle();

        var audit = (await Verify(village)).Audit;
        Assert.Equal(2, village.Get<AuditSealer>().Refused);
        Assert.Equal(["row-changed", "row-changed"], audit.First.Select(f => f.What));
        Assert.Equal(["SecurityEvent 2", "SecurityEvent 3"], audit.First.Select(f => f.Where[.."SecurityEvent 0".Length]));
        Assert.Equal((6, 4), (audit.Rows, audit.Sealed));
    }

    [Theory, EachDatabase]
    public async Task The_last_rows_of_a_house_that_was_killed_may_wait_for_their_seal_until_it_has_stirred_again(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Report(village);
        await village.Settle();
        await Report(village);
        await Gifts.Give(village, 1);

        // Killed here, before the sealer came round; somebody verifies the next day.
        village.Clock.Advance(TimeSpan.FromDays(1));
        var (ledger, audit) = await Verify(village);
        Assert.Equal((true, 1, true, 1), (ledger.IsSound, ledger.Unsealed, audit.IsSound, audit.Unsealed));

        // A house that writes again and passes over what it has not sealed is another matter.
        await Report(village);
        (ledger, audit) = await Verify(village);
        Assert.Equal(["unsealed", "unsealed"], ledger.First.Concat(audit.First).Select(f => f.What));

        var check = (await village.Get<CheckBooks>().Run(new(Id<BookCheck>.New(village.Clock).Value), village.House, Ct)).Value;
        Assert.Equal(0, check.Findings);
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

    /// <summary>What inserts an event as the house itself would.</summary>
    private static DbCommand Marked(DbConnection connection, Village village)
    {
        var happened = new SecurityEvent
        {
            Id = Id<SecurityEvent>.New(village.Clock).Value, Code = "test.late", Command = "Test", Actor = village.House.Person.Value,
            Role = nameof(Role.Volunteer), Area = AreaCode.Nation, At = village.Clock.GetUtcNow(),
        };
        var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO audit_security_event ("Id", "Code", "Command", "Actor", "Role", "Area", "At", "Mark")
            VALUES (@id, @code, @command, @actor, @role, @area, @at, @mark)
            """;
        foreach (var (name, value) in new (string, object)[]
        {
            ("id", happened.Id), ("code", happened.Code), ("command", happened.Command), ("actor", happened.Actor),
            ("role", happened.Role), ("area", happened.Area.Value), ("at", happened.At.UtcDateTime),
            ("mark", EventForm.Of(new(), happened).Marked(village.Get<KeyRing>(), EventForm.EventMark)),
        })
        {
            var parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{name}", value);
            insert.Parameters.Add(parameter);
        }

        return insert;
    }

    private static Task Report(Village village) => village.Get<Workspace>().Report("test.seen", "Test", village.House, Ct);
}
