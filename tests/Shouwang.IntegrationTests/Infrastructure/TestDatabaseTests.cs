using System.Data.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Infrastructure;

public sealed class TestDatabaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_test_starts_with_an_empty_database_of_its_own(TestDatabase database)
    {
        await using var other = await TestDatabase.Create(database.Kind, Ct);
        await using var connection = await database.Open(Ct);
        await using var beside = await other.Open(Ct);

        await Run(connection, "CREATE TABLE seen (id integer)");
        await Run(beside, "CREATE TABLE seen (id integer)");
        await Run(connection, "INSERT INTO seen VALUES (1)");

        Assert.Equal(1L, await Run(connection, "SELECT count(*) FROM seen"));
        Assert.Equal(0L, await Run(beside, "SELECT count(*) FROM seen"));
    }

    [Fact]
    public async Task A_cluster_is_run_by_an_ordinary_user_checks_its_pages_and_leaves_nothing_behind()
    {
        var cluster = await PostgresCluster.Start(durable: true, Ct);
        string folder;
        await using (cluster)
        {
            folder = cluster.Folder;
            await using var connection = new Npgsql.NpgsqlConnection(cluster.ConnectionTo("postgres") + ";Pooling=false");
            await connection.OpenAsync(Ct);

            Assert.Equal("on", await Run(connection, "SHOW data_checksums"));
            Assert.Equal("on", await Run(connection, "SHOW fsync"));
            var owner = (await File.ReadAllLinesAsync($"/proc/{cluster.ProcessId}/status", Ct))
                .First(l => l.StartsWith("Uid:", StringComparison.Ordinal));
            Assert.NotEqual("0", owner.Split('\t')[1]);
        }

        Assert.False(Directory.Exists(folder));
        Assert.False(Directory.Exists($"/proc/{cluster.ProcessId}"));
    }

    private static async Task<object?> Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Ct);
    }
}
