using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>A database that is locked, full or cut off: everyone hears in time and hears the truth, and reading goes on.</summary>
public sealed class StorageGuardTests
{
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(15);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task While_another_holds_the_lock_all_hear_within_fifteen_seconds_and_afterwards_it_goes_on(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await Look(house);
        await using (await Held.On(database, "audit_entry"))
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
            {
                var told = await Assert.ThrowsAsync<StorageUnavailable>(() => Look(house)).WaitAsync(s_answer, Ct);
                return told.MayBeStored;
            }));
            Assert.DoesNotContain(true, all);
        }

        await Look(house).WaitAsync(s_answer, Ct);
    }

    [Theory, EachDatabase]
    public async Task A_wait_for_a_lock_is_ended_by_the_server(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var house = await OpenHouse.On(database);
        await Look(house);
        await using var held = await Held.On(database, "audit_entry");

        var told = await Assert.ThrowsAsync<StorageUnavailable>(() => Look(house)).WaitAsync(s_answer, Ct);

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(told.InnerException).SqlState);
    }

    [Theory, EachDatabase]
    public async Task Whoever_finds_no_turn_at_the_server_hears_so(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var house = await OpenHouse.On(database);
        var end = new TaskCompletionSource();
        var writer = house.Get<Store>().Writer;
        var longOnes = Enumerable.Range(0, 8 * Environment.ProcessorCount).Select(_ => writer.Run<bool>(
            async unit =>
            {
                await end.Task;
                return new(false, true);
            },
            Ct)).ToList();

        await Assert.ThrowsAsync<StorageUnavailable>(() => Look(house)).WaitAsync(s_answer, Ct);

        end.SetResult();
        await Task.WhenAll(longOnes);
        await Look(house);
    }

    [Theory, EachDatabase]
    public async Task On_a_full_disk_who_is_signed_in_reads_on_for_as_long_as_it_lasts(TestDatabase database)
    {
        var disk = new FullDisk();
        await using var house = await On(database, disk);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));

        disk.IsFull = true;
        var idle = house.Get<SignInRules>().IdleLimit(onPhone: false);
        for (var rested = TimeSpan.Zero; rested < 2 * idle; rested += idle / 2)
        {
            house.Clock.Advance(idle / 2);
            Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));
        }

        // When there is room again it is stored, and who never comes is signed out.
        disk.IsFull = false;
        house.Clock.Advance(house.Get<SignInRules>().SeenEvery);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));
        Assert.Equal(house.Clock.GetUtcNow(), await house.Get<Workspace>().Read(
            Actor.System(AreaCode.Nation), db => db.SignInSessions.MaxAsync(s => s.LastSeen, Ct)));
        house.Clock.Advance(idle);
        Assert.NotEqual(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));
    }

    [Theory, EachDatabase]
    public async Task While_the_sessions_are_locked_their_pages_come_all_the_same(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        house.Clock.Advance(house.Get<SignInRules>().SeenEvery);
        await using var held = await Held.On(database, "signin_session");

        for (var i = 0; i < 2; i++) Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));
    }

    [Theory, EachDatabase]
    public async Task Where_storing_hangs_one_page_waits_for_it_and_the_next_ones_do_not(TestDatabase database)
    {
        var disk = new FullDisk();
        await using var house = await On(database, disk);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        house.Clock.Advance(house.Get<SignInRules>().SeenEvery);
        disk.Hangs = true;

        for (var i = 0; i < 6; i++) Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));
        Assert.Equal(1, disk.Tries);
    }

    [Theory, EachDatabase]
    public async Task The_page_that_says_not_now_asks_the_database_nothing_more(TestDatabase database)
    {
        var disk = new FullDisk();
        await using var house = await On(database, disk);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        (disk.IsAway, disk.Reads) = (true, 0);

        Assert.Equal(503, await house.StatusOf(HttpMethod.Get, "/today", cookie));

        Assert.Equal(1, disk.Reads);
    }

    [Theory, EachDatabase]
    public async Task What_breaks_in_the_commit_is_not_said_to_have_changed_nothing(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await house.SignIn(await house.Someone(Role.CountyOfficer, new(Village.X.At(AreaLevel.County))));
        await Run(database, database.Kind == DatabaseKind.Sqlite
            ? """
              CREATE TABLE guard_parent (id INTEGER PRIMARY KEY);
              CREATE TABLE guard_child (x INTEGER REFERENCES guard_parent (id) DEFERRABLE INITIALLY DEFERRED);
              CREATE TRIGGER guard_cut AFTER INSERT ON audit_entry BEGIN INSERT INTO guard_child VALUES (7); END
              """
            : """
              CREATE FUNCTION guard_cut() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
              CREATE TRIGGER guard_cut BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION guard_cut()
              """);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "common.outcome-unknown"), await Fill(house, officer));

        await Run(database, $"DROP TRIGGER guard_cut{(database.Kind == DatabaseKind.Sqlite ? "" : " ON audit_entry")}");
        await using (await Held.On(database, "audit_entry"))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "common.unavailable"), await Fill(house, officer));
        }
    }

    private static Task<OpenHouse> On(TestDatabase database, FullDisk disk) => OpenHouse.On(database, services =>
        services.AddSingleton<Store>(s => new ThinStore(Village.SiteOf(database).OpenStore(s.GetRequiredService<TimeProvider>()), disk)));

    private static async Task<(HttpStatusCode, string?)> Fill(OpenHouse house, string officer)
    {
        using var answer = await house.Send(
            HttpMethod.Put, $"/api/v1/pool-fillings/{house.NewId()}", officer, new { pool = $"{Village.X}", minutes = 10 });
        Assert.Equal(5, answer.Headers.RetryAfter?.Delta?.TotalSeconds);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    private sealed record Looked(Guid CommandId) : ICommand;

    /// <summary>A command that writes nothing but its own row of the audit log.</summary>
    private static Task<Result<Looked>> Look(OpenHouse house)
    {
        var command = new Looked(house.NewId());
        return house.Get<Workspace>().Write<Looked>(
            command, Actor.System(Village.X), _ => Task.FromResult<Result<Looked>>(command), Ct);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
    private static async Task Run(TestDatabase database, string sql)
    {
        await using var connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Keeps every writer out of a table until it is closed; on SQLite out of the file.</summary>
    private sealed class Held(DbConnection connection) : IAsyncDisposable
    {
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
        public static async Task<Held> On(TestDatabase database, string table)
        {
            // Reading a session must stay possible; a command that cannot even ask whether it is a repeat has surely stored nothing.
            var mode = table == "audit_entry" ? "ACCESS EXCLUSIVE" : "EXCLUSIVE";
            var connection = await database.Open(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = database.Kind == DatabaseKind.Sqlite ? "BEGIN IMMEDIATE" : $"BEGIN; LOCK TABLE {table} IN {mode} MODE";
            await command.ExecuteNonQueryAsync(Ct);
            return new(connection);
        }

        /// <summary>Ends the transaction too: a connection goes back to its pool as it is.</summary>
        public async ValueTask DisposeAsync()
        {
            await using (var end = connection.CreateCommand())
            {
                end.CommandText = "ROLLBACK";
                await end.ExecuteNonQueryAsync(CancellationToken.None);
            }

            await connection.DisposeAsync();
        }
    }
}
