using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>Commands that meet each other in the middle. On SQLite there is one writer and nobody to meet.</summary>
public sealed class RaceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Accounts_are_locked_in_the_order_of_their_ids_however_they_are_named(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var (low, high) = await Two(village);
        var ways = new Func<Books, Task>[]
        {
            books => books.Take(Ct, high, low), books => books.TakeOf(Book.Hours, Ct, high.Holder, low.Holder),
        };
        foreach (var take in ways)
        {
            await using var beside = await database.Open(Ct);
            await using var other = await beside.BeginTransactionAsync(Ct);
            Assert.Equal(1, await Free(beside, other, low));
            var taking = Run(village, unit => take(unit.Books));
            while (!taking.IsCompleted && await Waiting(database) == 0) await Task.Delay(20, Ct);

            // It waits for the lower one and has not touched the higher one yet.
            Assert.False(taking.IsCompleted);
            await using var third = await database.Open(Ct);
            Assert.Equal(1, await Free(third, null, high));
            await other.RollbackAsync(Ct);
            await taking;
        }
    }

    [Theory, EachDatabase]
    public async Task Who_loses_a_deadlock_over_accounts_begins_again_and_both_are_done(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var (low, high) = await Two(village);
        var meeting = new Meeting();

        await Task.WhenAll(Give(low, high), Give(high, low));

        var taken = new List<long>();
        await Run(village, async unit => taken.AddRange((await unit.Books.Take(Ct, low, high)).Values.Select(a => a.Balance)));
        Assert.Equal([1, 1], taken);

        Task Give(AccountKey first, AccountKey then) => Run(village, async unit =>
        {
            _ = await unit.Books.Take(Ct, first);
            await meeting.Here();
            var bank = AccountKey.OfOutside(Book.Hours, Village.X);
            var all = await unit.Books.Take(Ct, then, bank);
            var slip = new Slip(Id<Transaction>.New(TimeProvider.System), Village.X, "test.given", unit.Now);
            _ = (await unit.Post(slip, all[bank], all[then], 1, Ct)).Value;
        });
    }

    [Theory, EachDatabase]
    public async Task Who_loses_a_deadlock_over_records_begins_again_and_both_are_done(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var (li, zhang) = (await village.With("李大娘", PersonRoles.Elder), await village.With("张小明", PersonRoles.Elder));
        var meeting = new Meeting();

        await Task.WhenAll(Become(li, zhang, PersonRoles.Volunteer), Become(zhang, li, PersonRoles.Family));

        foreach (var person in new[] { li, zhang })
            Assert.Equal(PersonRoles.Elder | PersonRoles.Volunteer | PersonRoles.Family, await RolesOf(village, person));

        Task Become(Person first, Person then, PersonRoles role) => Run(village, async unit =>
        {
            unit.Answer(Guid.NewGuid());
            (await unit.Db.People.SingleAsync(p => p.Id == first.Id, Ct)).Play(role);
            await unit.Save(Ct);
            await meeting.Here();
            (await unit.Db.People.SingleAsync(p => p.Id == then.Id, Ct)).Play(role);
            await unit.Save(Ct);
        });
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_enter_the_same_at_once_the_second_begins_again_and_finds_it(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var (meeting, id) = (new Meeting(), Id<Household>.New(village.Clock));

        var entered = await Task.WhenAll(Enter(), Enter());

        Assert.Equal([false, true], entered.Order());

        async Task<bool> Enter()
        {
            var isNew = false;
            await Run(village, async unit =>
            {
                unit.Answer(Guid.NewGuid());
                isNew = !await unit.Db.Households.AnyAsync(Ct);
                await meeting.Here();
                if (!isNew) return;
                unit.Db.Add(new Household(id, Village.X, "1"));
                await unit.Save(Ct);
            });
            return isNew;
        }
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_change_one_record_at_once_neither_change_is_lost(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Elder);
        var meeting = new Meeting();

        await Task.WhenAll(Becomes(PersonRoles.Volunteer), Becomes(PersonRoles.Family));

        Assert.Equal(PersonRoles.Elder | PersonRoles.Volunteer | PersonRoles.Family, await RolesOf(village, li));

        Task Becomes(PersonRoles role) => Run(village, async unit =>
        {
            unit.Answer(Guid.NewGuid());
            var person = await unit.Db.People.SingleAsync(p => p.Id == li.Id, Ct);
            await meeting.Here();
            person.Play(role);
            await unit.Save(Ct);
        });
    }

    [Theory, EachDatabase]
    public async Task What_a_refused_command_changed_in_a_record_is_not_stored_by_the_next(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Elder);
        var refused = await village.Get<Workspace>().Write<Nothing>(new Nothing(Guid.NewGuid()), village.House, async unit =>
        {
            (await unit.Db.People.SingleAsync(p => p.Id == li.Id, Ct)).Play(PersonRoles.Official);
            return LedgerRefusals.NotEnough;
        }, Ct);
        Assert.NotNull(refused.Refusal);

        var next = new Nothing(Guid.NewGuid());
        var done = await village.Get<Workspace>().Write<Nothing>(next, village.House, async unit =>
        {
            Assert.Equal(1, await unit.Db.People.CountAsync(Ct));
            return next;
        }, Ct);

        Assert.Null(done.Refusal);
        Assert.Equal(PersonRoles.Elder, await RolesOf(village, li));
    }

    private sealed record Nothing(Guid CommandId) : ICommand;

    /// <summary>Where two wait for each other, once; whoever comes again finds the door open.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here;

        public Task Here()
        {
            if (Interlocked.Increment(ref _here) == 2) _both.SetResult();
            return _both.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        }
    }

    private static Task<PersonRoles> RolesOf(Village village, Person person) =>
        village.Get<Workspace>().Read(village.House, db => db.People.Where(p => p.Id == person.Id).Select(p => p.Roles).SingleAsync(Ct));

    /// <summary>Two accounts whose ids stand the other way round than their holders, so that no other order is the right one by
    /// chance.</summary>
    private static async Task<(AccountKey Low, AccountKey High)> Two(Village village)
    {
        var high = KeyOf(1);
        var low = Enumerable.Range(2, 100).Select(KeyOf).First(k => DerivedId.Of(k).Value.CompareTo(DerivedId.Of(high).Value) < 0);
        await Run(village, unit => unit.Books.Take(Ct, high));
        await Run(village, unit => unit.Books.Take(Ct, low));
        return (low, high);

        static AccountKey KeyOf(int n) =>
            new(Book.Hours, AccountKind.Person, new Guid(n, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 0]), Village.X);
    }

    /// <summary>How many of one account somebody else has not locked.</summary>
    private static async Task<int> Free(DbConnection connection, DbTransaction? transaction, AccountKey key)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT 1 FROM ledger_account WHERE \"Id\" = @id FOR UPDATE SKIP LOCKED";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("id", DerivedId.Of(key).Value);
        command.Parameters.Add(id);
        return await command.ExecuteScalarAsync(Ct) is null ? 0 : 1;
    }

    /// <summary>How many wait for a lock in this database.</summary>
    private static async Task<long> Waiting(TestDatabase database)
    {
        await using var connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static Task Run(Village village, Func<UnitOfWork, Task> work) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            await work(unit);
            return new(true, true);
        },
        Ct);
}
