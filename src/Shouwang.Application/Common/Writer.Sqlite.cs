using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Shouwang.Application.Common;

/// <summary>Group commit: one writer, many callers, one durable commit for all who wait, a verdict for each. 合并提交</summary>
/// <remarks>A command that is refused after it has written makes the group begin anew, with a savepoint for each, so work may run twice.
/// A caller is answered only after the commit that holds its work. Full sync is on, so an answer survives a power cut.</remarks>
internal sealed class SqliteWriter : Writer
{
    /// <summary>How many commands share one commit at most; keeps the wait of the first one short.</summary>
    private const int GroupSize = 256;

    /// <summary>How many may wait before further callers are turned away.</summary>
    private const int QueueSize = 4096;

    private readonly Channel<Job> _queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(QueueSize) { SingleReader = true });
    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly Task _loop;
    private SqliteConnection? _connection;
    private readonly Dictionary<string, SqliteCommand> _plain = [];
    private SqliteBooks? _books;
    private SqliteShouwangDb? _db;
    private bool _careful;

    public SqliteWriter(SqliteStore store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _loop = Task.Run(Loop);
    }

    public override async Task<T> Run<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct)
    {
        var job = new Job<T>(work, ct);
        if (!_queue.Writer.TryWrite(job)) throw new StorageUnavailable("Too many commands are waiting.");
        return await job.Answer;
    }

    public override async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        Close();
    }

    private async Task Loop()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var (group, isCommitting) = (new List<Job>(), false);
            try
            {
                Open();
                if (!await RunAll(group)) await RunAgainWithCare(group);
                _books!.Finish();
                isCommitting = true;
                Execute("COMMIT");
            }
            catch (Exception broken)
            {
                // Whatever it was, the writer goes on with the next group; without it the house could never store anything again.
                Abandon(group, new("The database could not store the change.", broken) { MayBeStored = isCommitting });
                continue;
            }

            if (group.Exists(j => j.ChangesAccess)) _store.Access.Change();
            foreach (var job in group) job.Acknowledge();
        }
    }

    /// <summary>Runs whoever waits, without a savepoint for each: two of three commands' time went into savepoints, and hardly a command
    /// is refused after it has written. Returns false when one was, and everything is undone.</summary>
    private async Task<bool> RunAll(List<Job> group)
    {
        Execute("BEGIN IMMEDIATE");
        var careful = _careful;
        _careful = false;
        while (group.Count < GroupSize && _queue.Reader.TryRead(out var job))
        {
            group.Add(job);
            if (careful) await RunWithCare(job);
            else if (!await RunOne(job)) return false;
        }

        return true;
    }

    /// <summary>Runs one command. Returns false when it is not to be kept and has written something already.</summary>
    private async Task<bool> RunOne(Job job)
    {
        _books!.Begin();
        var keep = await Decide(job);
        var spoilt = !keep && _books.HasWritten;
        _books.Decided(keep);
        return !spoilt;
    }

    /// <summary>Runs one command inside its savepoint. A mistake in it, or a refusal, undoes only its own work.</summary>
    private async Task RunWithCare(Job job)
    {
        _books!.Finish();
        Execute("SAVEPOINT one");
        _books.Begin();
        var keep = await Decide(job);

        // While commands go on being refused late, care costs less than running them twice.
        if (!keep) _careful |= _books.HasWritten;
        _books.Decided(keep);
        if (!keep) Execute("ROLLBACK TO one");
        Execute("RELEASE one");
    }

    /// <summary>Begins the group anew, as if none of it had run; whoever may be refused late has a savepoint now.</summary>
    private async Task RunAgainWithCare(List<Job> group)
    {
        _books!.Drop();
        Execute("ROLLBACK");
        Execute("BEGIN IMMEDIATE");
        foreach (var job in group) await RunWithCare(job);
        _careful = true;
    }

    private async Task<bool> Decide(Job job)
    {
        var unit = new UnitOfWork(_books!, () => _db!, _clock.GetUtcNow());
        var keep = await job.Run(unit);
        if (unit.Opened is not { } db) return keep;
        job.ChangesAccess = keep && db.ChangesAccess;
        db.Forget();
        return keep;
    }

    /// <summary>Nothing of this group was acknowledged: everyone is told, and the connection starts afresh. Where not even a transaction
    /// could be begun, whoever waits is told too: each would only wait as long again.</summary>
    private void Abandon(List<Job> group, StorageUnavailable told)
    {
        var isForAll = group.Count == 0;
        foreach (var job in group) job.Fail(told);
        while (isForAll && _queue.Reader.TryRead(out var waiting)) waiting.Fail(told);
        Close();
    }

    private void Close()
    {
        _plain.Clear();
        _db?.Dispose();
        _connection?.Dispose();
        (_db, _books, _connection) = (null, null, null);
    }

    private void Open()
    {
        if (_connection is not null) return;
        var connection = _store.Open();
        _db = new SqliteShouwangDb(
            new DbContextOptionsBuilder<SqliteShouwangDb>().UseSqlite(connection, SqliteStore.Lists)
                .AddInterceptors(AccessWatch.Over, new AlongIndex()).Options);

        // The group's transaction is already open on this connection, so saving must not begin one.
        _db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        _books = new SqliteBooks(connection, _store.Keys);
        _connection = connection;
    }

    private void Execute(string sql)
    {
        if (!_plain.TryGetValue(sql, out var command))
        {
            command = _connection!.CreateCommand();
            command.CommandText = sql;
            _plain[sql] = command;
        }

        command.ExecuteNonQuery();
    }

    /// <summary>Full disk, one that cannot be written, input/output error, corruption or a lost lock: the whole group is off, not just one
    /// command.</summary>
    internal static bool IsStorage(Exception e) => e switch
    {
        DbUpdateException { InnerException: { } inner } => IsStorage(inner),
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 } => true,
        _ => false,
    };

    private abstract class Job
    {
        /// <summary>Whether what stays of it changes who may do what.</summary>
        public bool ChangesAccess { get; set; }

        public abstract Task<bool> Run(UnitOfWork unit);

        public abstract void Acknowledge();

        public abstract void Fail(Exception why);
    }

    private sealed class Job<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct) : Job
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _decided;
        private Exception? _mistake;

        public Task<T> Answer => _answer.Task;

        public override async Task<bool> Run(UnitOfWork unit)
        {
            try
            {
                _mistake = null;
                ct.ThrowIfCancellationRequested();
                (var keep, _decided) = await work(unit);
                return keep;
            }
            catch (Exception mistake) when (!IsStorage(mistake))
            {
                _mistake = mistake;
                return false;
            }
        }

        public override void Acknowledge()
        {
            if (_mistake is OperationCanceledException) _answer.TrySetCanceled(ct);
            else if (_mistake is not null) _answer.TrySetException(_mistake);
            else _answer.TrySetResult(_decided!);
        }

        public override void Fail(Exception why) => _answer.TrySetException(why);
    }
}
