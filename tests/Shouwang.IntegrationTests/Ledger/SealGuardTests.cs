using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>What the sealer must outlive: a commit that fails, another sealer beside it, rows that nobody should have written.</summary>
public sealed class SealGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_forged_row_is_told_of_though_there_is_nothing_else_to_seal(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Gifts.Give(village, 1);
        await village.Settle();
        await Run(database, Forged(database));

        Assert.Equal(0, await village.Get<AuditSealer>().Seal(Ct));
        Assert.Equal((1, 1), (village.Get<AuditSealer>().Refused, await Told(village)));

        // The alarm is a row like any other: it gets its seal, and the forged one is not told of again.
        Assert.Equal(1, await village.Get<AuditSealer>().Seal(Ct));
        Assert.Equal((0, 1), (await village.Get<AuditSealer>().Seal(Ct), await Told(village)));
    }

    [Theory, EachDatabase]
    public async Task What_could_not_be_sealed_is_sealed_and_told_of_later_as_if_nothing_had_been(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Gifts.Give(village, 300);
        await village.Settle();
        await Gifts.Give(village, 3);
        await Run(database, Forged(database));
        await Run(database, Full(database));
        await Assert.ThrowsAnyAsync<Exception>(() => village.Get<AuditSealer>().Seal(Ct));
        Assert.Equal(0, await Told(village));

        await Run(database, Roomy(database));
        Assert.Equal(3, await village.Get<AuditSealer>().Seal(Ct));
        Assert.Equal((1, 1), (village.Get<AuditSealer>().Refused, await Told(village)));
        await village.Settle();
        await village.Get<AuditSealer>().Checkpoint(Ct);
        var audit = (await village.Get<VerifyAudit>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 304, 304), (audit.IsSound, audit.Sealed, audit.CheckedSize));
    }

    [Theory, EachDatabase]
    public async Task What_could_not_be_sealed_here_and_was_sealed_by_another_house_is_gone_on_from(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Gifts.Give(village, 300);
        await village.Settle();
        await Gifts.Give(village, 3);
        await Run(database, Full(database));
        await Assert.ThrowsAnyAsync<Exception>(() => village.Get<AuditSealer>().Seal(Ct));
        await Run(database, Roomy(database));

        village.Clock.Advance(TimeSpan.FromMinutes(1));
        using var other = new AuditSealer(village.Get<Store>(), village.Get<KeyRing>(), village.Get<SealKey>());
        Assert.Equal(3, await other.Seal(Ct));
        await Gifts.Give(village, 2);
        Assert.Equal(2, await village.Get<AuditSealer>().Seal(Ct));
        await village.Get<AuditSealer>().Checkpoint(Ct);
        var audit = (await village.Get<VerifyAudit>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 305, 305), (audit.IsSound, audit.Sealed, audit.CheckedSize));
    }

    [Theory, EachDatabase]
    public async Task One_round_seals_everything_there_is(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Gifts.Give(village, 2001);
        Assert.Equal(2001, await village.Get<AuditSealer>().Seal(Ct));
    }

    [Theory, EachDatabase]
    public async Task A_checkpoint_is_signed_once_a_minute_and_never_twice_over_the_same(TestDatabase database)
    {
        await using var village = await Village.On(database);
        foreach (var (minutes, signed) in new[] { (0, 1), (0, 1), (1, 2) })
        {
            village.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await Gifts.Give(village, 1);
            await village.Settle();
            Assert.Equal(signed, await Signed());
        }

        for (var i = 0; i < 3; i++) await village.Get<AuditSealer>().Checkpoint(Ct);
        Assert.Equal(2, await Signed());

        Task<int> Signed() => village.Get<Workspace>().Read(village.House, db => db.SealCheckpoints.CountAsync(Ct));
    }

    [Theory, EachDatabase]
    public async Task Two_houses_that_seal_beside_each_other_seal_everything_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await using var beside = await Village.On(database);
        for (var round = 0; round < 8; round++)
        {
            await Gifts.Give(village, 3);
            await Seal(round % 2 == 0 ? village : beside);
            await Gifts.Give(village, 2);
            await Task.WhenAll(Seal(village), Seal(beside), Seal(village));
            foreach (var house in new[] { village, beside }) house.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await beside.Settle();
        await beside.Get<AuditSealer>().Checkpoint(Ct);
        var audit = (await village.Get<VerifyAudit>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 40, 40), (audit.IsSound, audit.Sealed, audit.CheckedSize));

        static Task Seal(Village house) => Task.Run(() => house.Get<AuditSealer>().Seal(Ct), Ct);
    }

    [Theory, EachDatabase]
    public async Task While_one_house_seals_or_signs_another_waits_and_sends_no_second_sealer(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        await Gifts.Give(village, 5);
        var (over, first) = await Sealing(village);
        var rounds = new[] { village.Get<AuditSealer>().Seal(Ct), village.Get<AuditSealer>().Seal(Ct) };
        await Met(database, rounds[0]);
        await Task.Delay(300, Ct);
        Assert.Equal((1, 0), (await Waiting(database), await Links(village)));
        over.SetResult();
        await first;
        Assert.Equal(5, (await Task.WhenAll(rounds)).Sum());

        await Gifts.Give(village, 1);
        await village.Settle();
        (over, first) = await Sealing(village);
        var signing = village.Get<AuditSealer>().Checkpoint(Ct);
        await Met(database, signing);
        Assert.False(signing.IsCompleted);
        over.SetResult();
        await Task.WhenAll(first, signing);
    }

    /// <summary>Another house that is at it until it is told to end.</summary>
    private static async Task<(TaskCompletionSource Over, Task Done)> Sealing(Village village)
    {
        TaskCompletionSource begun = new(), over = new();
        var done = village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                await unit.Books.OneAtATime(new("00000000-0000-8000-8000-00000000005e"), Ct);
                begun.SetResult();
                await over.Task;
                return new(false, false);
            },
            Ct);
        await begun.Task;
        return (over, done);
    }

    private static async Task Met(TestDatabase database, Task waiting)
    {
        while (!waiting.IsCompleted && await Waiting(database) == 0) await Task.Delay(20, Ct);
    }

    private static Task<int> Links(Village village) =>
        village.Get<Workspace>().Read(village.House, db => db.SealLinks.CountAsync(Ct));

    /// <summary>How many wait for a lock in this database.</summary>
    private static async Task<long> Waiting(TestDatabase database)
    {
        await using var connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static Task<int> Told(Village village) => village.Get<Workspace>().Read(
        village.House, db => db.SecurityEvents.IgnoreQueryFilters().CountAsync(e => e.Code == AuditSealer.ForgedRow, Ct));

    /// <summary>A transaction that somebody slipped in, with the mark of a real one.</summary>
    private static string Forged(TestDatabase database)
    {
        const string Id = "'01980000-0000-7000-8000-00000000abcd'";
        return $"""
            INSERT INTO ledger_transaction ("Id", "Book", "Area", "Reason", "At", "Mark")
            SELECT {(database.Kind == DatabaseKind.Postgres ? $"CAST({Id} AS uuid)" : Id)}, "Book", "Area", "Reason", "At", "Mark"
            FROM ledger_transaction ORDER BY "Seq" LIMIT 1
            """;
    }

    /// <summary>From now on the database has no room for another link.</summary>
    private static string Full(TestDatabase database) => database.Kind == DatabaseKind.Sqlite
        ? "CREATE TRIGGER guard_full BEFORE INSERT ON seal_link BEGIN SELECT RAISE(ABORT, 'no room'); END"
        : """
          CREATE FUNCTION guard_full() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$;
          CREATE TRIGGER guard_full BEFORE INSERT ON seal_link FOR EACH ROW EXECUTE FUNCTION guard_full()
          """;

    /// <summary>There is room again.</summary>
    private static string Roomy(TestDatabase database) =>
        database.Kind == DatabaseKind.Sqlite ? "DROP TRIGGER guard_full" : "DROP TRIGGER guard_full ON seal_link";

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
    private static async Task Run(TestDatabase database, string sql)
    {
        await using DbConnection connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
