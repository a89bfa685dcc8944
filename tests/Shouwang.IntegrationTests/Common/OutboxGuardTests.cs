using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>The house is told what its commands announced: no less, and nothing that somebody else put into the outbox.</summary>
public sealed class OutboxGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_message_that_this_house_never_wrote_is_given_up_undelivered_and_is_named(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, command) = await Departed(village);
        await village.Settle();
        Assert.Empty(await Found(village));

        var forged = Guid.CreateVersion7();
        await Do(
            database,
            $"""
            INSERT INTO outbox_message ("Id", "Stream", "Event", "Body", "Area", "At", "CommandId", "Mark")
            SELECT '{Stored(database, forged)}', "Stream", "Event", replace("Body", '{elder.Id}', '{Guid.CreateVersion7()}'), "Area", "At", NULL, "Mark"
            FROM outbox_message WHERE "CommandId" = '{Stored(database, command)}'
            """,
            $"""
            INSERT INTO outbox_delivery ("MessageId", "Reader", "Seq", "Stream", "Area", "Attempts", "NextTry")
            SELECT '{Stored(database, forged)}', "Reader", "Seq" + 1, "Stream", "Area", 0, "NextTry" FROM outbox_delivery
            """);

        Assert.Equal(0, await village.Get<Dispatcher>().Drain(Ct));
        var open = await village.Get<Workspace>().Read(
            village.House, db => db.Deliveries.Where(d => d.DeliveredAt == null).ToListAsync(Ct));
        Assert.Equal([(Dispatcher.ForgedMessage, true)], open.Select(d => (d.LastError, d.GaveUpAt is not null)).Distinct());
        Assert.Equal([$"forged-message {forged}"], await Found(village));
    }

    [Theory, EachDatabase]
    public async Task A_message_that_is_gone_with_its_deliveries_is_missed_by_the_command_that_announced_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (_, command) = await Departed(village);
        await Do(database, "DELETE FROM outbox_delivery", Unguarded(database), "DELETE FROM outbox_message");

        Assert.Equal([$"lost-announcement {command}"], await Found(village));
    }

    [Theory, EachDatabase]
    public async Task What_a_message_says_cannot_be_changed_and_is_named_where_the_guard_is_gone(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Departed(village);
        const string change = """UPDATE outbox_message SET "Body" = "Body" || ' '""";
        await Assert.ThrowsAnyAsync<DbException>(() => Do(database, change));

        await Do(database, Unguarded(database), change);
        Assert.StartsWith("forged-message ", Assert.Single(await Found(village)), StringComparison.Ordinal);
    }

    /// <summary>Somebody died; the house has not been told yet.</summary>
    private static async Task<(Person Elder, Guid Command)> Departed(Village village)
    {
        var elder = await village.With("王秀英", PersonRoles.Elder);
        var command = new RecordDeparture.Command(Id<Departure>.New(village.Clock), elder.Id, DepartureKind.Death, village.Today);
        _ = (await village.Get<RecordDeparture>().Run(command, village.House, Ct)).Value;
        return (elder, command.CommandId);
    }

    private static async Task<IEnumerable<string>> Found(Village village)
    {
        await village.Get<AuditSealer>().Seal(Ct);
        return (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value.First.Select(f => $"{f.What} {f.Where}");
    }

    /// <summary>An id as the database keeps it.</summary>
    private static string Stored(TestDatabase database, Guid id) =>
        database.Kind == DatabaseKind.Sqlite ? $"{id}".ToUpperInvariant() : $"{id}";

    private static string Unguarded(TestDatabase database) => database.Kind == DatabaseKind.Sqlite
        ? "DROP TRIGGER \"outbox_message_no_UPDATE\"; DROP TRIGGER \"outbox_message_no_DELETE\""
        : "ALTER TABLE outbox_message DISABLE TRIGGER ALL";

    private static async Task Do(TestDatabase database, params string[] statements)
    {
        await using var connection = await database.Open(Ct);
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the tests.
            command.CommandText = statement;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
