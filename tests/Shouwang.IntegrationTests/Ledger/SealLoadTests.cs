using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>What keeps writing and sealing quick must not change what is written, found and sealed.</summary>
public sealed class SealLoadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_command_finds_what_it_has_posted_itself(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                var first = await Post(village, unit);
                Assert.NotNull(await unit.Books.Find(first, Ct));

                // The books were asked before; from here on the entities are, beside them.
                var second = await Post(village, unit);
                Assert.Equal(2, await unit.Db.Transactions.CountAsync(Ct));
                var third = await Post(village, unit);
                Assert.True(await unit.Db.Transactions.AnyAsync(t => t.Id == third.Value, Ct));
                Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
                return new(true, true);
            },
            Ct);

        var books = (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 3), (books.IsSound, books.Transactions));
    }

    [Theory, EachDatabase]
    public async Task What_was_posted_and_brought_to_the_tables_is_undone_with_its_command(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                Assert.NotNull(await unit.Books.Find(await Post(village, unit), Ct));
                return new(false, false);
            },
            Ct);

        var books = (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 0), (books.IsSound, books.Transactions));
    }

    [Theory, EachDatabase]
    public async Task A_command_is_recorded_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Assert.ThrowsAnyAsync<Exception>(() => village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                var entry = new AuditEntry
                {
                    CommandId = village.House.Person.Value, Command = "Test", Asked = "x", Answered = "x", Role = "x", RowHash = "x",
                    At = unit.Now,
                };
                await unit.Books.Record(entry, Ct);
                await unit.Books.Record(entry, Ct);
                return new(true, true);
            },
            Ct));
        Assert.Equal(0, await village.Get<Workspace>().Read(Actor.System(AreaCode.Nation), db => db.Audit.CountAsync(Ct)));
    }

    [Theory, EachDatabase]
    public async Task However_many_rows_somebody_else_wrote_those_of_the_house_are_sealed(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Given(village);
        await Forge(database, 2100);
        await Given(village);

        Assert.Equal(2, await village.Get<AuditSealer>().Seal(Ct));
        Assert.Equal(2100, village.Get<AuditSealer>().Refused);
        var links = await village.Get<Workspace>().Read(
            village.House, db => db.SealLinks.CountAsync(l => l.Kind == SealKind.Transaction, Ct));
        Assert.Equal(2, links);
    }

    [Theory, EachDatabase]
    public async Task Looking_for_rows_without_a_seal_asks_the_index_row_by_row(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var plan = await village.Get<Store>().Writer.Run<string>(
            async unit =>
            {
                var explain = database.Kind == DatabaseKind.Sqlite ? "EXPLAIN QUERY PLAN" : "EXPLAIN";
                var steps = new List<string>();
                await using var reader = await unit.Books.With(
                    $"{explain} SELECT x.\"Seq\" FROM ledger_transaction x WHERE {SealHorizon.Open}",
                    ("after", 7L), ("kind", nameof(SealKind.Transaction))).ExecuteReaderAsync(Ct);
                while (await reader.ReadAsync(Ct)) steps.Add(reader.GetString(reader.FieldCount - 1));
                return new(false, string.Join('\n', steps));
            },
            Ct);

        Assert.Contains(database.Kind == DatabaseKind.Sqlite ? "CORRELATED SCALAR SUBQUERY" : "SubPlan", plan, StringComparison.Ordinal);
        Assert.Contains("IX_seal_link_Kind_Seq", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Join", plan, StringComparison.Ordinal);
    }

    private static async Task<Id<Transaction>> Post(Village village, UnitOfWork unit)
    {
        var bank = AccountKey.OfOutside(Book.Hours, Village.X);
        var own = AccountKey.OfPerson(Book.Hours, new Id<Person>(Guid.Empty), Village.X);
        var taken = await unit.Books.Take(Ct, bank, own);
        var slip = new Slip(Id<Transaction>.New(village.Clock), Village.X, "test.given", unit.Now);
        return (await unit.Post(slip, taken[bank], taken[own], 5, Ct)).Value.Id;
    }

    private static Task Given(Village village) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            _ = await Post(village, unit);
            return new(true, true);
        },
        Ct);

    private static async Task Forge(TestDatabase database, int rows)
    {
        await using DbConnection connection = await database.Open(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var forge = connection.CreateCommand();
        forge.Transaction = transaction;
        forge.CommandText =
            """
            INSERT INTO ledger_transaction ("Id", "Book", "Area", "Reason", "At", "Mark")
            SELECT @id, "Book", "Area", "Reason", "At", "Mark" FROM ledger_transaction ORDER BY "Seq" LIMIT 1
            """;
        var id = forge.CreateParameter();
        id.ParameterName = "id";
        forge.Parameters.Add(id);
        for (var i = 1; i <= rows; i++)
        {
            id.Value = new Guid(i, 0, 0, new byte[8]);
            await forge.ExecuteNonQueryAsync(Ct);
        }

        await transaction.CommitAsync(Ct);
    }
}
