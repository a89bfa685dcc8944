using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Keeping;

public sealed class BackupTests
{
    private const string Secret = "correct horse battery";

    [Theory, EachDatabase]
    public async Task A_backup_comes_back_on_either_database_row_for_row_and_with_its_keys(TestDatabase database)
    {
        await using var village = await Lived(database);
        var expected = await village.Get<HouseSums>().Take(default);
        var file = await Backup(village);

        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var other = await TestDatabase.Create(kind, TestContext.Current.CancellationToken);
            var restored = (await Restore(other, file, Secret)).Value;
            Assert.Equal(expected, restored.Tables);

            await using var again = await Village.On(other);
            Assert.Equal(expected, await again.Get<HouseSums>().Take(default));
            await Verified(again);
            var elder = await again.Get<Workspace>().Read(again.House, db => db.People.FirstAsync(p => p.Secrets.IdIndex != null));
            Assert.Equal(elder.Secrets.IdMask, again.Get<PersonVault>().OpenIdNumber(elder.Id, elder.Secrets)!.Value.Mask());
            await again.With("后来人", PersonRoles.Elder);
            await again.Settle();
            await Verified(again);
        }
    }

    [Theory, EachDatabase]
    public async Task A_backup_made_while_people_work_holds_a_moment_at_which_everything_agrees(TestDatabase database)
    {
        await using var village = await Lived(database);
        var before = await village.Get<Workspace>().Read(village.House, db => db.People.CountAsync());
        using var stop = new CancellationTokenSource();
        var written = 0;
        var working = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested) await Import(village, Row(written++));
            },
            TestContext.Current.CancellationToken);
        while (Volatile.Read(ref written) < 3) await Task.Delay(5, TestContext.Current.CancellationToken);

        var file = await Backup(village);
        await stop.CancelAsync();
        await working;

        await using var other = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        _ = (await Restore(other, file, Secret)).Value;
        await using var again = await Village.On(other);
        await Verified(again);
        var counts = await again.Get<Workspace>().Read(again.House, async db =>
            (Imports: await db.RosterImports.CountAsync(), People: await db.People.CountAsync(),
                Log: await db.Audit.CountAsync(a => a.Command == "People.ImportRoster")));
        Assert.True(counts.Imports >= 3);
        Assert.Equal(counts.Imports, counts.Log);
        Assert.Equal(before + counts.Imports - 1, counts.People);
    }

    [Theory, EachDatabase]
    public async Task From_one_database_into_the_other_nothing_is_lost(TestDatabase database)
    {
        await using var village = await Lived(database);
        var otherKind = database.Kind == DatabaseKind.Sqlite ? DatabaseKind.Postgres : DatabaseKind.Sqlite;
        await using var other = await TestDatabase.Create(otherKind, TestContext.Current.CancellationToken);
        await using var target = Village.SiteOf(other).OpenStore(village.Clock);

        var copied = (await village.Get<CopyHouse>().Run(target, default)).Value;

        Assert.Equal(await village.Get<HouseSums>().Take(default), copied.Tables);
        Assert.True(copied.Tables.Sum(t => t.Rows) > 800);
        Assert.Equal("keeping.not-empty", (await village.Get<CopyHouse>().Run(target, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Without_the_passphrase_with_a_flipped_bit_or_cut_off_nothing_comes_back(TestDatabase database)
    {
        await using var village = await Lived(database);
        var file = await Backup(village);
        var weak = await village.Get<BackUpHouse>().Run(new MemoryStream(), "short", default);
        Assert.Equal("keeping.passphrase-short", weak.Refusal?.Code);

        foreach (var (bytes, secret, code) in Broken(file))
        {
            await using var other = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
            Assert.Contains((await Restore(other, bytes, secret)).Refusal?.Code, code);
            await using var store = Village.SiteOf(other).OpenStore(village.Clock);
            await store.Prepare(default);
            Assert.All(await new HouseSums(store).Take(default), t => Assert.Equal(0, t.Rows));
        }
    }

    [Theory, EachDatabase]
    public async Task A_house_that_holds_something_or_has_other_keys_is_not_overwritten(TestDatabase database)
    {
        await using var village = await Lived(database);
        var file = await Backup(village);

        Assert.Equal("keeping.not-empty", (await Restore(database, file, Secret)).Refusal?.Code);
        await using var other = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        await using (var stranger = await Village.On(other)) await stranger.With("别家人", PersonRoles.Elder);
        Assert.Equal("keeping.other-keys", (await Restore(other, file, Secret)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task What_arrives_otherwise_than_it_was_sent_is_named_by_its_table(TestDatabase database)
    {
        await using var village = await Lived(database);
        var file = await Backup(village);

        await using var copied = await Garbling(village);
        await using (var store = Village.SiteOf(copied).OpenStore(village.Clock))
        {
            var refused = (await village.Get<CopyHouse>().Run(store, default)).Refusal;
            Assert.Equal(("keeping.differs", "people_household"), (refused?.Code, refused?.Facts["table"]));
        }

        await using var restored = await Garbling(village);
        Assert.Equal("keeping.differs", (await Restore(restored, file, Secret)).Refusal?.Code);
    }

    /// <summary>A database that does not keep what it is given.</summary>
    private static async Task<TestDatabase> Garbling(Village village)
    {
        var database = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        await using (var store = Village.SiteOf(database).OpenStore(village.Clock)) await store.Prepare(default);
        await using var connection = await database.Open(default);
        await using var garble = connection.CreateCommand();
        garble.CommandText = """
            CREATE TRIGGER garbles AFTER INSERT ON people_household
            BEGIN UPDATE people_household SET "Number" = 'x' WHERE "Id" = NEW."Id"; END
            """;
        await garble.ExecuteNonQueryAsync();
        return database;
    }

    private static IEnumerable<(byte[] Bytes, string Secret, string[] Codes)> Broken(byte[] file)
    {
        yield return (file, "another passphrase", ["keeping.wrong-passphrase"]);
        yield return ([1, 2, 3], Secret, ["keeping.not-a-backup"]);
        yield return (file[..^1], Secret, ["keeping.damaged", "keeping.wrong-passphrase"]);
        yield return (file[..(file.Length / 2)], Secret, ["keeping.damaged", "keeping.wrong-passphrase"]);
        var flipped = (byte[])file.Clone();
        flipped[^100] ^= 1;
        yield return (flipped, Secret, ["keeping.wrong-passphrase"]);
    }

    private static async Task<Village> Lived(TestDatabase database)
    {
        var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        await Import(village, SampleFiles.Open("x-village.xlsx"));
        await village.Settle();
        return village;
    }

    private static async Task Verified(Village village)
    {
        Assert.Equal(0, (await village.Get<VerifyLedger>().Run(village.House, default)).Value.Findings);
        Assert.Equal(0, (await village.Get<VerifyAudit>().Run(village.House, default)).Value.Findings);
    }

    private static MemoryStream Row(int number) =>
        new(Encoding.UTF8.GetBytes($"姓名,性别,出生日期,户号,村民组\n备份人,女,1945-03-02,{9000 + number},一组\n"));

    private static async Task Import(Village village, Stream file)
    {
        var import = village.Get<ImportRoster>();
        var read = import.Read(Id<RosterImport>.New(village.Clock).Value, Village.X, file).Value;
        _ = (await import.Run(read, village.House, default)).Value;
    }

    private static async Task<byte[]> Backup(Village village)
    {
        using var file = new MemoryStream();
        _ = (await village.Get<BackUpHouse>().Run(file, Secret, default)).Value;
        return file.ToArray();
    }

    private static async Task<Result<RestoreHouse.Receipt>> Restore(TestDatabase database, byte[] file, string secret)
    {
        var site = Village.SiteOf(database);
        await using var store = site.OpenStore(TimeProvider.System);
        return await new RestoreHouse(store, site).Run(new MemoryStream(file), secret, default);
    }
}
