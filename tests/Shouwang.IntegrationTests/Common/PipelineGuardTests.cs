using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Ledger;
using Shouwang.Application.Places;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>What the pipeline must outlive and must not mix up.</summary>
public sealed class PipelineGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_that_breaks_in_an_unheard_of_way_is_told_so_and_the_writer_goes_on()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, Ct);
        var clock = new BrokenClock();
        await using var store = new SqliteStore(database.File, new(() => KeyRing.Open(database.Folder)), clock);
        await store.Prepare(Ct);
        Assert.Equal(1, await Work(store));

        clock.IsBroken = true;
        var told = await Assert.ThrowsAsync<StorageUnavailable>(() => Work(store));
        Assert.IsType<DivideByZeroException>(told.InnerException);

        clock.IsBroken = false;
        Assert.Equal(1, await Work(store).WaitAsync(TimeSpan.FromSeconds(20), Ct));
    }

    [Theory, EachDatabase]
    public async Task Who_is_refused_after_writing_takes_only_their_own_back(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var bank = AccountKey.OfOutside(Book.Hours, Village.X);
        var own = AccountKey.OfPerson(Book.Hours, Id<Person>.New(village.Clock), Village.X);
        var writer = village.Get<Store>().Writer;

        var kept = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => writer.Run<bool>(
            async unit =>
            {
                var taken = await unit.Books.Take(Ct, bank, own);
                var slip = new Slip(Id<Transaction>.New(TimeProvider.System), Village.X, "test.given", unit.Now);
                _ = (await unit.Post(slip, taken[bank], taken[own], 1, Ct)).Value;
                return i % 5 == 4 ? throw new DivideByZeroException() : new(i % 3 != 2, i % 3 != 2);
            },
            Ct).ContinueWith(t => t.IsCompletedSuccessfully && t.Result, Ct, TaskContinuationOptions.None, TaskScheduler.Default)));

        await village.Settle();
        var books = (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value;
        Assert.Equal((32, true, 32), (kept.Count(k => k), books.IsSound, books.Transactions));
    }

    [Theory, EachDatabase]
    public async Task Two_commands_announce_the_same_under_one_tick_and_both_are_kept(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Elder);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var command = new Announce(Id<Person>.New(village.Clock).Value);
            var answer = await village.Get<Workspace>().Write<Announce>(command, village.House, unit =>
            {
                unit.Raise(new ConsentWithdrawn(li.Id, ConsentPurpose.FamilyView));
                return Task.FromResult<Result<Announce>>(command);
            }, Ct);
            Assert.Null(answer.Refusal);
        }

        Assert.Equal(2, await village.Get<Workspace>().Read(village.House, db => db.Outbox.Select(m => m.Id).Distinct().CountAsync(Ct)));
    }

    [Theory, EachDatabase]
    public async Task A_change_of_an_owned_row_alone_counts_as_a_change_of_its_entity(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var helper = await village.With("李强", PersonRoles.Volunteer);
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "村东");
        _ = point.TakeIn(helper.Id, MemberPart.Volunteer, village.Today.AddDays(-10)).Value;
        await village.Add(point);
        var before = await VersionOf(village, point);

        var ended = await village.Get<EndMembership>().Run(
            new(Id<Place>.New(village.Clock).Value, point.Id, helper.Id, MemberPart.Volunteer, village.Today), village.House, Ct);

        Assert.Null(ended.Refusal);
        Assert.Equal(before + 1, await VersionOf(village, point));
    }

    [Theory, EachDatabase]
    public async Task What_the_audit_log_has_no_room_for_is_not_done(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Elder);
        await using (var connection = await database.Open(Ct))
        {
            await using var full = connection.CreateCommand();
            full.CommandText = database.Kind == DatabaseKind.Sqlite
                ? "CREATE TRIGGER guard_full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no room'); END"
                : """
                  CREATE FUNCTION guard_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$;
                  CREATE TRIGGER guard_full BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION guard_full()
                  """;
            await full.ExecuteNonQueryAsync(Ct);
        }

        var command = new Announce(Id<Person>.New(village.Clock).Value);
        await Assert.ThrowsAnyAsync<Exception>(() => village.Get<Workspace>().Write<Announce>(command, village.House, async unit =>
        {
            (await unit.Db.People.SingleAsync(p => p.Id == li.Id, Ct)).Play(PersonRoles.Official);
            return command;
        }, Ct));

        var stands = await village.Get<Workspace>().Read(village.House, db => db.People.SingleAsync(p => p.Id == li.Id, Ct));
        Assert.Equal(PersonRoles.Elder, stands.Roles);
    }

    [Theory, EachDatabase]
    public async Task What_the_server_cannot_do_now_is_told_as_not_now_and_a_mistake_of_the_program_is_not(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Elder);
        foreach (var (code, isNotNow) in new[] { ("53100", true), ("57P03", true), ("58030", true), ("22012", false) })
        {
            var raise = $"BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END";
            Assert.Equal(isNotNow, await IsNotNow(village, unit => unit.Books.Execute($"DO $$ {raise} $$", Ct)));

            // Of a record that is stored Entity Framework says it in other words.
            Assert.Equal(isNotNow, await IsNotNow(village, async unit =>
            {
                var table = unit.Db.Model.FindEntityType(typeof(Person))!.GetTableName();
                await unit.Books.Execute($"CREATE FUNCTION guard_no() RETURNS trigger LANGUAGE plpgsql AS $$ {raise} $$", Ct);
                await unit.Books.Execute($"CREATE TRIGGER guard_no BEFORE UPDATE ON {table} EXECUTE FUNCTION guard_no()", Ct);
                (await unit.Db.People.SingleAsync(p => p.Id == li.Id, Ct)).Play(PersonRoles.Official);
                await unit.Save(Ct);
            }));
        }

        // The server answers too late, or not at all.
        Assert.True(await IsNotNow(village, async unit =>
        {
            var slow = unit.Books.With("SELECT pg_sleep(30)");
            slow.CommandTimeout = 1;
            await slow.ExecuteNonQueryAsync(Ct);
        }));
    }

    private static async Task<bool> IsNotNow(Village village, Func<UnitOfWork, Task> work)
    {
        var told = await Assert.ThrowsAnyAsync<Exception>(() => village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                await work(unit);
                return new(true, true);
            },
            Ct));
        return told is StorageUnavailable;
    }

    private static Task<int> VersionOf(Village village, Place point) =>
        village.Get<Workspace>().Read(village.House, db => db.Places.Where(p => p.Id == point.Id).Select(p => p.Version).SingleAsync(Ct));

    private static Task<int> Work(SqliteStore store) => store.Writer.Run<int>(_ => Task.FromResult(new Verdict<int>(true, 1)), Ct);

    private sealed record Announce(Guid CommandId) : ICommand;

    /// <summary>A mistake of a kind that nobody thought of, in the writer's own loop.</summary>
    private sealed class BrokenClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw new DivideByZeroException() : base.GetUtcNow();
    }
}
