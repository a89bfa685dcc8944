using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common;

/// <summary>Where the house keeps its data: an embedded file, or a database server. </summary>
public abstract class Store : IAsyncDisposable
{
    /// <summary>A context for reading; it sees nothing until it is told who looks.</summary>
    public abstract ShouwangDb Read();

    /// <summary>The one way to change anything.</summary>
    public abstract Writer Writer { get; }

    /// <summary>Lets every later query of one reading context see one and the same moment, without holding up any writer.</summary>
    public abstract Task Freeze(ShouwangDb db, CancellationToken ct);

    /// <summary>Whether this is the database being full, failing, busy or gone, and not a mistake of the program.</summary>
    public abstract bool IsUnavailable(Exception e);

    /// <summary>Tells when something changed that decides who may do what.</summary>
    internal AccessMark Access { get; } = new();

    /// <summary>Tells since when nothing could be stored.</summary>
    internal Pulse Pulse { get; } = new();

    /// <summary>"sqlite" or "postgres".</summary>
    public abstract string Kind { get; }

    /// <summary>Brings the tables up to date and guards the append-only ones; safe to repeat.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        await using var db = Read();

        // Only where there is something to do: migrating takes the write lock, which a busy house next door may not give for long.
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any()) await db.Database.MigrateAsync(ct);
        await AppendOnly.Guard(db, ct);
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>The embedded database: one file in write-ahead mode, every commit synced in full.</summary>
public sealed class SqliteStore : Store
{
    /// <summary>Seconds the writer waits for a lock that another process holds. Whoever asked must hear within fifteen.</summary>
    private const int WriterPatience = 5;

    private readonly string _connection;
    private readonly Lazy<DbContextOptions<SqliteShouwangDb>> _options;
    private readonly Lazy<SqliteWriter> _writer;

    /// <param name="file">The database file; made when absent.</param>
    /// <param name="keys">What rows of the ledger are marked with.</param>
    /// <param name="clock">The time.</param>
    public SqliteStore(string file, Lazy<KeyRing> keys, TimeProvider clock)
    {
        Keys = keys;
        _connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30, ForeignKeys = true }.ToString();
        _options = new(() =>
            new DbContextOptionsBuilder<SqliteShouwangDb>().UseSqlite(_connection, Lists)
                .AddInterceptors(new FullSync(Sync), new AlongIndex()).Options);
        _writer = new(() => new SqliteWriter(this, clock));
    }

    /// <summary>How thoroughly a commit is synced. A test sets less, to prove that its simulated power cut would notice.</summary>
    internal string Sync { get; init; } = FullSync.Always;

    /// <summary>A list, such as the people in reach, is one parameter. With one for each member the SQL would depend on their number, and
    /// EF Core would write it anew for every query.</summary>
    internal static void Lists(SqliteDbContextOptionsBuilder options) =>
        options.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);

    internal Lazy<KeyRing> Keys { get; }

    public override string Kind => "sqlite";

    public override Writer Writer => _writer.Value;

    public override ShouwangDb Read() => new SqliteShouwangDb(_options.Value);

    public override async Task Freeze(ShouwangDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), ct);
    }

    public override bool IsUnavailable(Exception e) => SqliteWriter.IsStorage(e);

    /// <summary>A connection for the one writer. It is never pooled: a transaction that broke must end with it, not wait in the
    /// pool.</summary>
    internal SqliteConnection Open()
    {
        var settings = new SqliteConnectionStringBuilder(_connection) { Pooling = false, DefaultTimeout = WriterPatience };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();

        // The driver tries again until its own time is over, so that one try must be short.
        FullSync.Set(connection, Sync, patience: 250);

        // What a savepoint may have to give back is kept in memory, not in a file beside the database; so are 64 MB of pages, instead of 2,
        // and a page goes from the log (16 MB, instead of 4) to its place once for more commits.
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000";
        command.ExecuteNonQuery();
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_writer.IsValueCreated) await _writer.Value.DisposeAsync();
        await using var pool = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(pool);
    }
}

/// <summary>The database server of a county or province.</summary>
public sealed class PostgresStore : Store
{
    // A server grants 100 as it is installed: room for two houses, a command beside each, and whoever looks after the database.
    private const int ConnectionsUnlessSaid = 40;

    /// <summary>Seconds that is waited for a connection, so that whoever asked hears within fifteen.</summary>
    private const int Connects = 4;

    /// <summary>Seconds that a statement waits for a row that another command has.</summary>
    private const int LocksFor = 4;

    /// <summary>Milliseconds in which the server must confirm that it has broken a statement off; without that the connection is
    /// dropped.</summary>
    private const int BreaksOff = 250;

    /// <summary>Seconds for which a server is taken for what it last was: leading, following, or gone.</summary>
    private const int LooksAgain = 1;

    private readonly NpgsqlDataSource _reading, _writing;
    private readonly DbContextOptions<PostgresShouwangDb> _options;

    public PostgresStore(string connection, Lazy<KeyRing> keys, TimeProvider clock)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 };
        if (settings.CommandTimeout == 30) settings.CommandTimeout = 15;

        settings.CancellationTimeout = Math.Min(settings.CancellationTimeout, BreaksOff);

        // Of several servers the one that leads is meant, and it may be another one a moment later.
        if (settings.Host?.Contains(',') == true)
        {
            settings.TargetSessionAttributes ??= "primary";
            settings.HostRecheckSeconds = Math.Min(settings.HostRecheckSeconds, LooksAgain);
        }

        // Nothing is ever set on a session, and locks end with their transactions: putting it back would be seven statements a command.
        settings.NoResetOnClose = true;
        var connections = settings.ShouldSerialize("Maximum Pool Size") ? settings.MaxPoolSize : ConnectionsUnlessSaid;
        settings.MaxPoolSize = Math.Max(1, connections * 3 / 5);

        // Every statement of the house is short: to compile one (JIT) takes longer than to run it, 333 ms instead of 8 for one count.
        settings.Options = $"{settings.Options} -c jit=off".Trim();
        settings.Timeout = Math.Min(settings.Timeout, Connects);
        var options = settings.Options;

        // The server itself ends a wait for a lock: to break it off from here takes another connection, and a thread until that is there.
        settings.Options += $" -c lock_timeout={LocksFor}s";
        _writing = NpgsqlDataSource.Create(settings);
        settings.MaxPoolSize = Math.Max(1, connections - settings.MaxPoolSize);

        // Planned for what is asked each time. A plan for any village of any month is made without knowing that a village is small and a
        // month may be all there is, and walks the county: 41 ms instead of 6.
        settings.Options = options + " -c plan_cache_mode=force_custom_plan";
        _reading = NpgsqlDataSource.Create(settings);
        _options = new DbContextOptionsBuilder<PostgresShouwangDb>().UseNpgsql(_reading).AddInterceptors(TimedReading.Over).Options;
        Writer = new PostgresWriter(_writing, Access, keys, clock);
    }

    public override string Kind => "postgres";

    public override Task Freeze(ShouwangDb db, CancellationToken ct) =>
        db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);

    public override bool IsUnavailable(Exception e) => PostgresWriter.IsGone(e);

    public override Writer Writer { get; }

    public override ShouwangDb Read() => new PostgresShouwangDb(_options);

    public override async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await _reading.DisposeAsync();
        await _writing.DisposeAsync();
    }
}
