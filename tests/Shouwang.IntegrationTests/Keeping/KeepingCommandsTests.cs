using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Keeping;

/// <summary>An operator keeps the house from the command line, each command a process of its own: back up while people work, restore,
/// move to PostgreSQL, and let the books and the log be checked after each.</summary>
public sealed class KeepingCommandsTests
{
    private const string Secret = "correct horse battery";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_backup_comes_back_equal_to_its_source_and_the_books_and_the_log_hold(TestDatabase database)
    {
        await using var village = await Lived(database);
        var program = CommandLine.Shipped(database);
        var backedUp = await program.Answer(0, "backup", FileOf(database), "--passphrase-file", Word(database, Secret));
        var expected = await village.Get<HouseSums>().Take(Ct);
        Assert.Equal(expected, Tables(backedUp));
        Assert.True(expected.Sum(t => t.Rows) > 800);

        await using var other = await TestDatabase.Create(database.Kind, Ct);
        var restored = await Restore(other, FileOf(database), 0);

        Assert.Equal(expected, Tables(restored));
        Assert.Equal(expected, await Sums(other));
        Assert.Equal(await village.Get<Workspace>().Read(village.House, db => db.People.CountAsync()),
            restored.GetProperty("opened").GetInt32());
        await Sound(CommandLine.Shipped(other));
    }

    [Theory, EachDatabase]
    public async Task A_backup_taken_while_another_process_writes_is_one_moment_of_its_source(TestDatabase database)
    {
        await using var village = await Lived(database);
        var services = new ServiceCollection().AddLogging();
        services.AddHouse(Village.SiteOf(database), TimeProvider.System);
        await using var busy = services.BuildServiceProvider();
        using var stop = new CancellationTokenSource();
        var written = 0;
        var working = Task.Run(
            async () =>
            {
                for (; !stop.IsCancellationRequested; await Task.Delay(10, Ct)) await Import(busy, Row(written++));
            },
            Ct);
        while (Volatile.Read(ref written) < 3) await Task.Delay(5, Ct);

        var before = written;
        _ = await CommandLine.Shipped(database).Answer(0, "backup", FileOf(database), "--passphrase-file", Word(database, Secret));
        await stop.CancelAsync();
        await working;
        Assert.True(written > before, "Nothing was written while the backup was taken.");

        await using var other = await TestDatabase.Create(database.Kind, Ct);
        Assert.True((await Restore(other, FileOf(database), 0)).GetProperty("sound").GetBoolean());
        await Sound(CommandLine.Shipped(other));
        await Sound(CommandLine.Shipped(database));
        var (source, copy) = (await Log(village), await Log(other));
        Assert.InRange(copy.Rows.Count, before, source.Rows.Count);
        Assert.Equal(source.Rows.Take(copy.Rows.Count), copy.Rows);
        Assert.Equal(copy.Rows.Count(r => r.Command == "People.ImportRoster"), copy.Imports);
    }

    [Theory, EachDatabase]
    public async Task Without_the_right_passphrase_nothing_is_written_and_nothing_is_read(TestDatabase database)
    {
        await using var village = await Lived(database);
        var shell = CommandLine.Shipped(database);
        var (file, word) = (FileOf(database), Word(database, Secret));

        Assert.Equal(2, (await shell.Run("backup", file)).Exit);
        var weak = await shell.Answer(1, "backup", file, "--passphrase-file", Word(database, "short"));
        Assert.Equal("keeping.passphrase-short", weak.GetProperty("refused").GetString());
        Assert.Empty(Directory.GetFiles(database.Folder, "house.backup*"));
        _ = await shell.Answer(0, "backup", file, "--passphrase-file", word);
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        Assert.Equal(2, (await shell.Run("backup", file, "--passphrase-file", word)).Exit);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, Ct));

        await using var other = await TestDatabase.Create(database.Kind, Ct);
        var refused = await Restore(other, file, 1, "another passphrase");
        Assert.Equal("keeping.wrong-passphrase", refused.GetProperty("refused").GetString());
        Assert.All(await Sums(other), t => Assert.Equal(0, t.Rows));
        Assert.False(Directory.Exists(Path.Combine(other.Folder, "keys")), "Keys were written.");
    }

    [Theory, EachDatabase]
    public async Task A_house_copied_to_PostgreSQL_holds_the_same_and_its_books_and_log_hold(TestDatabase database)
    {
        await using var village = await Lived(database);
        await using var other = await TestDatabase.Create(DatabaseKind.Postgres, Ct);

        var copied = await CommandLine.Shipped(database).Answer(0, "db", "copy", "--to", other.ConnectionString);

        var expected = await village.Get<HouseSums>().Take(Ct);
        Assert.Equal(expected, Tables(copied));
        Assert.Equal(expected, await Sums(other));
        Assert.Equal((database.Kind == DatabaseKind.Sqlite ? "sqlite" : "postgres", "postgres"),
            (copied.GetProperty("from").GetString(), copied.GetProperty("to").GetString()));
        await Sound(new(database.Folder, other.ConnectionString, isShipped: true));
        var again = await CommandLine.Shipped(database).Answer(1, "db", "copy", "--to", other.ConnectionString);
        Assert.Equal("keeping.not-empty", again.GetProperty("refused").GetString());
    }

    private static async Task Sound(CommandLine shell)
    {
        foreach (var books in new[] { "ledger", "audit" })
            Assert.True((await shell.Answer(0, books, "verify")).GetProperty("isSound").GetBoolean());
    }

    private static Task<JsonElement> Restore(TestDatabase into, string file, int exit, string secret = Secret) =>
        CommandLine.Shipped(into).Answer(exit, "restore", file, "--verify", "--passphrase-file", Word(into, secret));

    private static string FileOf(TestDatabase database) => Path.Combine(database.Folder, "house.backup");

    private static string Word(TestDatabase database, string secret)
    {
        var file = Path.Combine(database.Folder, $"{secret.Length}.word");
        File.WriteAllText(file, secret + "\n");
        return file;
    }

    private static List<TableSum> Tables(JsonElement answer) =>
    [
        .. answer.GetProperty("tables").EnumerateArray().Select(t => new TableSum(
            t.GetProperty("table").GetString()!, t.GetProperty("rows").GetInt64(), t.GetProperty("digest").GetString()!)),
    ];

    private static async Task<IReadOnlyList<TableSum>> Sums(TestDatabase database)
    {
        await using var store = Village.SiteOf(database).OpenStore(TimeProvider.System);
        return await new HouseSums(store).Take(Ct);
    }

    private sealed record Written(List<(Guid Id, string Command, string Answered, string Hash)> Rows, int Imports);

    private static async Task<Written> Log(TestDatabase database)
    {
        await using var village = await Village.On(database);
        return await Log(village);
    }

    private static Task<Written> Log(Village village) => village.Get<Workspace>().Read(Actor.System(AreaCode.Nation), async db =>
    {
        var rows = await db.Audit.OrderBy(a => a.Seq).ToListAsync();
        return new Written([.. rows.Select(r => (r.CommandId, r.Command, r.Answered, r.RowHash))], await db.RosterImports.CountAsync());
    });

    private static async Task<Village> Lived(TestDatabase database)
    {
        var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        await Import(village.Get<IServiceProvider>(), SampleFiles.Open("x-village.xlsx"));
        await village.Settle();
        return village;
    }

    private static MemoryStream Row(int number) =>
        new(Encoding.UTF8.GetBytes($"姓名,性别,出生日期,户号,村民组\n备份人,女,1945-03-02,{9000 + number},一组\n"));

    private static async Task Import(IServiceProvider house, Stream file)
    {
        var import = house.GetRequiredService<ImportRoster>();
        var read = import.Read(Id<RosterImport>.New(house.GetRequiredService<TimeProvider>()).Value, Village.X, file).Value;
        _ = (await import.Run(read, Actor.System(Village.X.At(AreaLevel.County)), default)).Value;
    }
}
