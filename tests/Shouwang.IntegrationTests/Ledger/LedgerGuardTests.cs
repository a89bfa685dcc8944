using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Guards of the books that nothing else is the judge of: each was taken away once, and then its test here failed.</summary>
public sealed class LedgerGuardTests
{
    private static readonly AreaCode s_county = Village.X.At(AreaLevel.County);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Nobody_is_told_done_when_the_commit_fails(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Run(
            database,
            """
            CREATE TABLE guard_whole (id INTEGER PRIMARY KEY);
            CREATE TABLE guard_part (whole INTEGER REFERENCES guard_whole (id) DEFERRABLE INITIALLY DEFERRED);
            """);

        // A part without its whole: the database notices at the commit and not before.
        await Assert.ThrowsAnyAsync<Exception>(() => Ask(village, "INSERT INTO guard_part (whole) VALUES (7)"));
        Assert.Equal(0, await Audited(village));

        Assert.Null((await Ask(village, "INSERT INTO guard_whole (id) VALUES (7)")).Refusal);
        Assert.Equal(1, await Audited(village));
    }

    [Theory, EachDatabase]
    public async Task What_a_command_wrote_before_it_was_refused_is_undone(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var command = new Statement(Id<Person>.New(village.Clock).Value);
        var bank = AccountKey.OfOutside(Book.Hours, Village.X);
        var own = AccountKey.OfPerson(Book.Hours, new Id<Person>(command.CommandId), Village.X);
        var answer = await village.Get<Workspace>().Write<Statement>(command, village.House, async unit =>
        {
            var taken = await unit.Books.Take(Ct, bank, own);
            var slip = new Slip(Id<Transaction>.New(village.Clock), Village.X, "test.given", unit.Now);
            _ = (await unit.Post(slip, taken[bank], taken[own], 5, Ct)).Value;
            return LedgerRefusals.NotEnough;
        }, Ct);

        Assert.Equal("ledger.not-enough", answer.Refusal?.Code);
        var books = (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 0, 0), (books.IsSound, books.Transactions, await Audited(village)));
    }

    [Theory, EachDatabase]
    public async Task Every_commit_is_synced(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var asked = database.Kind == DatabaseKind.Sqlite
            ? "SELECT (SELECT synchronous FROM pragma_synchronous) || ' ' || (SELECT journal_mode FROM pragma_journal_mode)"
            : "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'";
        var said = await village.Get<Store>().Writer.Run<object?>(
            async unit => new(true, await unit.Books.With(asked).ExecuteScalarAsync(Ct)), Ct);

        // On PostgreSQL it is the server's matter: the house never sets it for itself.
        if (database.Kind == DatabaseKind.Sqlite) Assert.Equal("2 wal", said);
        else Assert.Contains((string?)said, new[] { "default", "configuration file", "command line" });
    }

    [Theory, EachDatabase]
    public async Task A_house_that_cannot_store_says_not_now_and_when_and_comes_back_by_itself(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        await FillDisk(house, database);

        using var full = await Fill(house, officer);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 5), (full.StatusCode, full.Headers.RetryAfter?.Delta?.TotalSeconds));

        if (database.Kind == DatabaseKind.Postgres) await Run(database, "DROP TRIGGER guard_full ON audit_entry");
        using var after = await Fill(house, officer);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        var pool = (await house.Get<ShowPool>().Run(Village.X, Actor.System(s_county), Ct)).Value;
        Assert.Equal((10L, 1), (pool.Left, pool.Fillings.Count));
    }

    [Theory, EachDatabase]
    public async Task What_was_answered_to_one_person_is_not_answered_to_another_under_the_same_id(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (Officer(village), Officer(village));
        var command = new FillPool.Command(Id<Transaction>.New(village.Clock), Village.X, 10);

        Assert.True((await village.Get<FillPool>().Run(command, first, Ct)).Value.Done);
        Assert.Equal("common.id-reused", (await village.Get<FillPool>().Run(command, second, Ct)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Nobody_gives_or_sets_aside_the_hours_of_another(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang) = (await village.With("李大娘", PersonRoles.Volunteer), await village.With("张小明", PersonRoles.Volunteer));
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, li.Id, zhang.Id, RelationKind.Child));
        _ = (await village.Get<FillPool>().Run(new(Id<Transaction>.New(village.Clock), Village.X, 90), village.House, Ct)).Value;
        foreach (var person in new[] { li, zhang })
        {
            var grant = new GrantHours.Command(Id<Transaction>.New(village.Clock), Village.X, person.Id, 45);
            _ = (await village.Get<GrantHours>().Run(grant, village.House, Ct)).Value;
        }

        var thief = village.As(zhang, Role.Volunteer, li);
        var gift = new TransferHours.Command(Id<Transaction>.New(village.Clock), li.Id, zhang.Id, 5);
        Assert.Equal("common.forbidden", (await village.Get<TransferHours>().Run(gift, thief, Ct)).Refusal?.Code);
        var hold = new ReserveHours.Command(Id<Hold>.New(village.Clock), li.Id, zhang.Id, 5);
        Assert.Equal("common.forbidden", (await village.Get<ReserveHours>().Run(hold, thief, Ct)).Refusal?.Code);
        Assert.Equal(45, (await village.Get<HoursOf>().Run(li.Id, village.House, Ct)).Value.Balance);
    }

    /// <summary>From now on the database has no room for another row of the audit log.</summary>
    private static async Task FillDisk(OpenHouse house, TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Postgres)
        {
            await Run(
                database,
                """
                CREATE FUNCTION guard_full() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER guard_full BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION guard_full()
                """);
            return;
        }

        await Run(
            database,
            """
            CREATE TABLE guard_fill (x BLOB);
            CREATE TRIGGER guard_full AFTER INSERT ON audit_entry BEGIN INSERT INTO guard_fill VALUES (zeroblob(400000)); END
            """);

        // Holds for the writer's connection, which starts afresh once it has failed.
        await house.Get<Store>().Writer.Run<object?>(
            async unit => new(true, await unit.Books.With("PRAGMA max_page_count = 1").ExecuteScalarAsync(Ct)), Ct);
    }

    private static Task<HttpResponseMessage> Fill(OpenHouse house, string officer) => house.Send(
        HttpMethod.Put, $"/api/v1/pool-fillings/{house.NewId()}", officer, new { pool = $"{Village.X}", minutes = 10 });

    private static Actor Officer(Village village) =>
        new(Id<Person>.New(village.Clock), Role.CountyOfficer, s_county, Reach.Area);

    private sealed record Statement(Guid CommandId) : ICommand;

    /// <summary>A command that runs a statement beside whatever a command does.</summary>
    private static Task<Result<Statement>> Ask(Village village, string sql)
    {
        var command = new Statement(Id<Person>.New(village.Clock).Value);
        return village.Get<Workspace>().Write<Statement>(command, village.House, async unit =>
        {
            await unit.Books.Execute(sql, Ct);
            return command;
        }, Ct);
    }

    private static Task<int> Audited(Village village) =>
        village.Get<Workspace>().Read(village.House, db => db.Audit.CountAsync(Ct));

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
    private static async Task Run(TestDatabase database, string sql)
    {
        await using DbConnection connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
