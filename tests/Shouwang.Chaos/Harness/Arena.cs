using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shouwang.Application.Common;
using Shouwang.Cli.Bench;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.Chaos.Harness;

/// <summary>How an arena is laid out.</summary>
/// <param name="Db">"sqlite" or "postgres".</param>
/// <param name="People">How many give; each to the next in the ring and to relatives outside it.</param>
/// <param name="WithPreload">Whether the preloaded library stands between the server and its disk.</param>
/// <param name="Weak">The control: a house whose commits are not synced.</param>
internal sealed record ArenaPlan(string Db, int People = 4, bool WithPreload = false, bool Weak = false)
{
    /// <summary>How many have hours and only receive, besides the auditor.</summary>
    public int Others { get; init; }

    /// <summary>For how many elders help can be called, one every 0.4 seconds.</summary>
    public int Elders { get; init; } = EldersFor(TimeSpan.Zero);

    /// <summary>How many have no account before they are first paid.</summary>
    public int Newcomers { get; init; }

    /// <summary>Whether a proxy stands between the server and its database server.</summary>
    public bool WithProxy { get; init; }

    /// <summary>Whether the database server has a standby.</summary>
    public bool WithStandby { get; init; }

    /// <summary>For how many elders help is called while so many blows fall, each with ten seconds to come back from it.</summary>
    /// <param name="held">For how many seconds each lasts.</param>
    public static int EldersFor(int blows, int held = 0) => EldersFor(TimeSpan.FromSeconds(blows * (held + 10)));

    /// <summary>For how many elders help is called in a trial of about this length, and in any of 80 seconds.</summary>
    public static int EldersFor(TimeSpan time) => Math.Max(200, (int)(time / AlarmLine.Between));
}

/// <summary>A server of its own on a database of its own, with people who are signed in over HTTP. Nothing of it is left
/// afterwards.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shouwang-chaos-");
    private readonly ArenaPlan _plan;
    private LiveServer? _server;
    private MemoryWatch? _memory;
    private Populace? _populace;
    private PostgresCluster? _cluster;
    private HouseSite _site;

    private Arena(ArenaPlan plan)
    {
        (_plan, _site) = (plan, new(Path.Combine(_folder.FullName, "data")));
        Directory.CreateDirectory(_site.DataDirectory);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>The database server, the one that leads; none for SQLite.</summary>
    public PostgresCluster? Cluster => Standby?.Leader ?? _cluster;

    /// <summary>The database server and its standby; only where the plan says so.</summary>
    public Standby? Standby { get; private set; }

    /// <summary>How an administrator reaches the house's database where it is written.</summary>
    public NpgsqlConnectionStringBuilder AtLeader() => new(_site.Connection) { Host = "127.0.0.1", Port = Cluster!.Port };

    public Preload? Preload { get; private set; }

    /// <summary>What stands before the database server; only where the plan says so.</summary>
    public SlowProxy? Proxy { get; private set; }

    /// <summary>Who lives there.</summary>
    public Populace Populace => _populace ?? throw new InvalidOperationException("Nobody lives there yet.");

    /// <summary>Those who give, in the order of the ring; after the last comes the auditor, then those who only receive.</summary>
    public IReadOnlyList<Person> People => Populace.People;

    /// <summary>A signed-in client for each giver.</summary>
    public IReadOnlyList<HttpClient> Givers { get; private set; } = [];

    /// <summary>A signed-in client that may read the whole journal.</summary>
    public HttpClient Auditor { get; private set; } = new();

    /// <summary>A signed-in client that fills pools and grants hours from them, in the whole county.</summary>
    public HttpClient Officer { get; private set; } = new();

    /// <summary>Another such client of another person, who agrees to what the first may not do alone.</summary>
    public HttpClient Second { get; private set; } = new();

    public TimeSpan SlowestRecovery { get; private set; }

    /// <summary>What memory the server took since it was started last; nothing while that was too short.</summary>
    public (long First, long Last, long Most)? MemoryMb => _memory?.Mb;

    /// <summary>The house it attacks.</summary>
    public HouseSite Site => _site;

    /// <summary>Where its files lie.</summary>
    public string Folder => _folder.FullName;

    /// <summary>What the database and the alarm journal begin with.</summary>
    private string WatchedFiles => Path.Combine(_site.DataDirectory, "shouwang.");

    public string DatabaseFile => Path.Combine(_site.DataDirectory, "shouwang.db");

    public static async Task<Arena> Open(ArenaPlan plan, CancellationToken ct)
    {
        var arena = new Arena(plan);
        try
        {
            await arena.Build(ct);
            return arena;
        }
        catch
        {
            await arena.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again and notes how long it took.</summary>
    public async Task Restart(CancellationToken ct)
    {
        await StartServer(ct);
        if (_server!.ReadyAfter > SlowestRecovery) SlowestRecovery = _server.ReadyAfter;
    }

    public Task KillServer() => _server!.Kill();

    /// <summary>Holds processes still, as a machine does that has lost its breath: the server, the database server with all its workers, or
    /// both; then lets them go on.</summary>
    public async Task Freeze(bool server, bool database, TimeSpan time, CancellationToken ct)
    {
        List<int> still = server ? [_server!.ProcessId] : [];
        if (database) still.AddRange(Frozen.WithChildren(Cluster!.ProcessId));
        await Frozen.For(still, time, ct);
    }

    /// <summary>What the server takes the time for, less what it is.</summary>
    public async Task<TimeSpan> ClockAhead(CancellationToken ct)
    {
        using var answer = await Auditor.GetAsync("/healthz/live", ct);
        return (answer.Headers.Date ?? throw new InvalidOperationException("The answer carries no date.")) - DateTimeOffset.UtcNow;
    }

    /// <summary>Whether the server ended by itself within this time.</summary>
    public Task<bool> ServerEnded(TimeSpan atMost) => _server!.Ended(atMost);

    /// <summary>Notes a recovery that was not a start of the server.</summary>
    public void Recovered(TimeSpan after) => SlowestRecovery = after > SlowestRecovery ? after : SlowestRecovery;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Givers) client.Dispose();
        Auditor.Dispose();
        Officer.Dispose();
        Second.Dispose();
        if (_memory is not null) await _memory.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        if (Proxy is not null) await Proxy.DisposeAsync();
        if (Cluster is { } cluster) await cluster.DisposeAsync();
        if (Standby is not null) await Standby.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task Build(CancellationToken ct)
    {
        if (_plan.Db == "postgres")
        {
            _cluster = await PostgresCluster.Start(durable: true, ct);
            var connection = new NpgsqlConnectionStringBuilder(_cluster.ConnectionTo(await _cluster.CreateDatabase(null, ct)));
            if (_plan.WithProxy) connection.Port = (Proxy = new(_cluster.Port)).Port;
            if (_plan.WithStandby)
            {
                Standby = await Standby.Of(_cluster, ct);
                connection.Host = $"127.0.0.1:{_cluster.Port},127.0.0.1:{Standby.Follower.Port}";
            }

            _site = _site with { Connection = connection.ToString() };
        }

        Address = new($"http://127.0.0.1:{FreePort()}");
        await Populate(ct);
        if (_plan is { WithPreload: true, Weak: false }) Preload = await Preload.Make(_folder.FullName, WatchedFiles, ct);
        await StartServer(ct);
        var clients = new HttpClient[Populace.Names.Count];
        await Parallel.ForEachAsync(
            Populace.Names.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct },
            async (one, token) => clients[one.Index] = await BenchHttp.SignIn(Address, one.Item, TimeProvider.System, token));
        (Givers, Auditor, Officer, Second) = ([.. clients.SkipLast(3)], clients[^3], clients[^2], clients[^1]);
        if (Preload is not null || !_plan.WithPreload) return;

        // A house that does not sync would lose its sessions too, and nobody could ask it what else is gone.
        Preload = await Preload.Make(_folder.FullName, WatchedFiles, ct);
        await KillServer();
        await StartServer(ct);
    }

    private async Task StartServer(CancellationToken ct)
    {
        if (_memory is not null) await _memory.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        (_server, _memory) = (null, null);
        var start = _plan.Weak
            ? new ServerStart(WeakHouse.Program, [WeakHouse.Verb, _site.DataDirectory, Address.ToString()], Address, Preload)
            : new ServerStart(ServerStart.Product, Arguments(), Address, Preload);
        _server = await LiveServer.Start(start, ct);
        _memory = new(_server.ProcessId);
    }

    private List<string> Arguments()
    {
        List<string> arguments = ["serve", "--data", _site.DataDirectory, "--urls", Address.ToString()];
        if (_site.Connection is { } connection) arguments.AddRange(["--db", connection]);
        return arguments;
    }

    private async Task Populate(CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddHouse(_site, TimeProvider.System)
            .BuildServiceProvider();
        await services.GetRequiredService<Store>().Prepare(ct);
        _populace = await Populace.Make(services, _plan, ct);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
