using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>A disk that forgets, or somebody with the file and no database: what no longer is a database in it is named, and not an error
/// of the program.</summary>
public sealed class DamagedFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_index_that_says_something_else_than_its_rows_is_named(TestDatabase database)
    {
        if (database.Kind != DatabaseKind.Sqlite) return;
        var page = await PageOf(database, "IX_ledger_posting_From");

        // The last bytes of a page belong to its first cell.
        await Turn(database, page.End - 3, 1);

        await using var services = new ServiceCollection().AddLogging().AddHouse(new(database.Folder, null), TimeProvider.System)
            .BuildServiceProvider();
        var house = Actor.System(AreaCode.Nation);
        _ = (await services.GetRequiredService<CheckBooks>().Run(new(Guid.CreateVersion7()), house, Ct)).Value;
        var check = Assert.Single((await services.GetRequiredService<ListChecks>().Run(house, Ct)).Value);
        Assert.StartsWith("file-damaged ", check.First[0], StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public Task A_ledger_that_cannot_be_read_on_in_is_named(TestDatabase database) => IsNamed(database, "ledger_posting", "ledger");

    [Theory, EachDatabase]
    public Task An_audit_log_that_cannot_be_read_on_in_is_named(TestDatabase database) =>
        IsNamed(database, "audit_security_event", "audit");

    private static async Task IsNamed(TestDatabase database, string table, string what)
    {
        if (database.Kind != DatabaseKind.Sqlite) return;
        await Turn(database, (await PageOf(database, table)).Start, 16);

        var (exit, said) = await CommandLine.On(database).Run(what, "verify");
        Assert.Equal(1, exit);
        Assert.Contains("file-damaged", said, StringComparison.Ordinal);
    }

    /// <summary>Where the first page of a table or an index lies in the file of a house in which many have given.</summary>
    private static async Task<(long Start, long End)> PageOf(TestDatabase database, string name)
    {
        await using (var village = await Village.On(database))
        {
            await Gifts.Give(village, 300);
            await village.Settle();
        }

        await using var connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(Ct);
        command.CommandText = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = @name";
        command.Parameters.Add(new SqliteParameter("@name", name));
        await using var reader = await command.ExecuteReaderAsync(Ct);
        Assert.True(await reader.ReadAsync(Ct));
        var (page, size) = (reader.GetInt64(0), reader.GetInt64(1));
        return ((page - 1) * size, page * size);
    }

    /// <summary>Turns every bit of some bytes, past the database.</summary>
    private static async Task Turn(TestDatabase database, long from, int bytes)
    {
        SqliteConnection.ClearAllPools();
        await using var file = File.Open(Path.Combine(database.Folder, "shouwang.db"), FileMode.Open, FileAccess.ReadWrite);
        var read = new byte[bytes];
        file.Position = from;
        await file.ReadExactlyAsync(read, Ct);
        file.Position = from;
        await file.WriteAsync(read.Select(b => (byte)(b ^ 0xFF)).ToArray(), Ct);
    }
}
