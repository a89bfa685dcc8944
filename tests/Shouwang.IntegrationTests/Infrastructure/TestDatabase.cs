using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>The two databases the product runs on.</summary>
public enum DatabaseKind { Sqlite, Postgres }

/// <summary>A database for one test: made just before it, gone right after it.</summary>
public sealed class TestDatabase(DatabaseKind kind) : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_oneAtATime = new(1), s_onePattern = new(1);
    private static PostgresCluster? s_cluster;
    private static readonly Dictionary<DatabaseKind, TestDatabase> s_patterns = [];

    private string? _folder;
    private string? _postgresName;

    public DatabaseKind Kind { get; } = kind;

    /// <summary>A folder of the test's own, for keys and files; on SQLite the database file lies in it.</summary>
    public string Folder => _folder ?? throw new InvalidOperationException("The database was not made yet, or is gone.");

    /// <summary>The SQLite file.</summary>
    public string File => Path.Combine(Folder, "shouwang.db");

    public string ConnectionString => _postgresName is null ? $"Data Source={File}" : s_cluster!.ConnectionTo(_postgresName);

    /// <summary>Makes an empty database, without even tables, besides the one a theory is given.</summary>
    public static async Task<TestDatabase> Create(DatabaseKind kind, CancellationToken ct)
    {
        var database = new TestDatabase(kind);
        await database.Make(null, ct);
        return database;
    }

    /// <summary>A connection past everything the product does, for looking at rows and for tampering with them.</summary>
    public async Task<DbConnection> Open(CancellationToken ct)
    {
        DbConnection connection = Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(ConnectionString)
            : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    /// <summary>Removes it; safe to repeat, since the test runner disposes arguments once more at the end of the run.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_folder is not { } folder) return;
        if (_postgresName is { } name)
        {
            await using (var pool = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pool);
            await s_cluster!.DropDatabase(name, CancellationToken.None);
        }
        else
        {
            await using var pool = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(pool);
        }

        Directory.Delete(folder, recursive: true);
        (_folder, _postgresName) = (null, null);
    }

    public override string ToString() => Kind == DatabaseKind.Sqlite ? "SQLite" : "PostgreSQL";

    /// <summary>Makes it with the product's tables and nothing in them.</summary>
    internal async Task MakeReady(CancellationToken ct) => await Make(await Pattern(Kind, ct), ct);

    private async Task Make(TestDatabase? pattern, CancellationToken ct)
    {
        if (Kind == DatabaseKind.Postgres) _postgresName = await (await Cluster(ct)).CreateDatabase(pattern?._postgresName, ct);
        _folder = Directory.CreateTempSubdirectory("shouwang-test-").FullName;
        if (Kind == DatabaseKind.Sqlite && pattern is not null) System.IO.File.Copy(pattern.File, File);
    }

    /// <summary>The database whose copies the tests begin with: making the tables anew for each test took a third of the whole
    /// time.</summary>
    private static async Task<TestDatabase> Pattern(DatabaseKind kind, CancellationToken ct)
    {
        await s_onePattern.WaitAsync(ct);
        try
        {
            if (s_patterns.GetValueOrDefault(kind) is { } made) return made;
            var pattern = await Create(kind, ct);
            await using (var store = Village.SiteOf(pattern).OpenStore(TimeProvider.System)) await store.Prepare(ct);
            return s_patterns[kind] = pattern;
        }
        finally
        {
            s_onePattern.Release();
        }
    }

    /// <summary>Removes the patterns and stops the cluster after the last test.</summary>
    internal static async Task EndAll()
    {
        foreach (var pattern in s_patterns.Values) await pattern.DisposeAsync();
        s_patterns.Clear();
        if (s_cluster is not null) await s_cluster.DisposeAsync();
        s_cluster = null;
    }

    /// <summary>The cluster of this run, started by the first test that needs it.</summary>
    private static async Task<PostgresCluster> Cluster(CancellationToken ct)
    {
        await s_oneAtATime.WaitAsync(ct);
        try
        {
            return s_cluster ??= await PostgresCluster.Start(durable: false, ct);
        }
        finally
        {
            s_oneAtATime.Release();
        }
    }
}

/// <summary>Ends what the run has started.</summary>
public sealed class EndOfRun : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await TestDatabase.EndAll();
}
