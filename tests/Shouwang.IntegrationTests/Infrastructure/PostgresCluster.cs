using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>A PostgreSQL cluster of our own for as long as the tests run: in a temporary folder, on a free port of the loopback, run by an
/// ordinary user. It stops and removes itself when the tests end, however they end.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>Who runs the server when the tests run as root, which PostgreSQL refuses to be.</summary>
    private const string OrdinaryUser = "postgres";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs as the ordinary user: makes the cluster, starts it, and takes it down when its input closes, that is when the tests
    /// are gone.</summary>
    private const string KeeperScript = """
        trap '' INT TERM
        bin=$1 port=$2 settings=$3 leader=$4
        dir=$(mktemp -d -t shouwang-pg-XXXXXX) || exit 1
        cd "$dir" || exit 1
        follow()
        {
            rm -rf data
            "$bin/pg_basebackup" -h 127.0.0.1 -p "$1" -U postgres -D data -R -c fast >init.log 2>&1
        }
        if [ -n "$leader" ]; then follow "$leader"
        else "$bin/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --data-checksums >init.log 2>&1
        fi || { cat init.log; rm -rf "$dir"; exit 1; }
        start()
        {
            # After a kill the old children may hold the folder for a moment: try again.
            for try in $(seq 100); do
                "$bin/postgres" -D data -k "$dir" -p "$port" $settings </dev/null >>server.log 2>&1 &
                server=$!
                while kill -0 $server 2>/dev/null; do
                    "$bin/pg_isready" -q -h "$dir" -p "$port" && { echo "ready $dir $server"; return; }
                    sleep 0.05
                done
                sleep 0.1
            done
            cat server.log; rm -rf "$dir"; exit 1
        }
        start
        while read -r order whom; do
            case $order in
                start) start ;;
                follow) follow "$whom" || { cat init.log; rm -rf "$dir"; exit 1; }; start ;;
                *) kill -"$order" $server; wait $server 2>/dev/null; echo stopped ;;
            esac
        done
        kill -INT $server 2>/dev/null
        wait $server 2>/dev/null
        rm -rf "$dir"
        """;

    private readonly Process _keeper;
    private int _databases;

    private PostgresCluster(Process keeper, string folder, int port, int processId)
    {
        _keeper = keeper;
        (Folder, Port, ProcessId) = (folder, port, processId);
    }

    /// <summary>Holds the data, the socket and the log (server.log).</summary>
    public string Folder { get; }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The postmaster's process, for tests that kill it.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Makes and starts a cluster.</summary>
    /// <param name="durable">Whether commits reach the disk: needed where a test kills the server, slow elsewhere.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or did not start.</exception>
    public static Task<PostgresCluster> Start(bool durable, CancellationToken ct) => Start(durable, leader: null, ct);

    /// <summary>Makes and starts a standby, a copy of another cluster that takes over whatever is written there.</summary>
    public static Task<PostgresCluster> Follow(PostgresCluster leader, CancellationToken ct) => Start(durable: true, leader, ct);

    private static async Task<PostgresCluster> Start(bool durable, PostgresCluster? leader, CancellationToken ct)
    {
        var port = FreePort();
        var settings = "-c listen_addresses=127.0.0.1 -c max_connections=200 -c shared_buffers=64MB -c log_min_messages=fatal"
            + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        var keeper = StartKeeper(
            Binaries(), port.ToString(CultureInfo.InvariantCulture), settings, leader?.Port.ToString(CultureInfo.InvariantCulture) ?? "");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_patience);
        var heard = new List<string>();
        while (await keeper.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            heard.Add(line);
            if (line.Split(' ') is not ["ready", var folder, var server]) continue;
            return new(keeper, folder, port, int.Parse(server, CultureInfo.InvariantCulture));
        }

        throw new InvalidOperationException($"PostgreSQL did not start:\n{string.Join('\n', heard)}");
    }

    /// <summary>Stops the server: KILL ends it without a word, QUIT ends it at once (immediate), INT turns its guests out first
    /// (fast).</summary>
    public async Task Stop(string signal, CancellationToken ct)
    {
        await _keeper.StandardInput.WriteLineAsync(signal.AsMemory(), ct);
        await _keeper.StandardInput.FlushAsync(ct);
        while (await _keeper.StandardOutput.ReadLineAsync(ct) is { } line && line != "stopped") ;
    }

    /// <summary>Starts the stopped server again; it recovers first.</summary>
    public Task StartAgain(CancellationToken ct) => StartAgain("start", ct);

    /// <summary>Starts the stopped server again as a standby: a new copy of another one.</summary>
    public Task StartAgainBehind(PostgresCluster leader, CancellationToken ct) => StartAgain($"follow {leader.Port}", ct);

    private async Task StartAgain(string order, CancellationToken ct)
    {
        await _keeper.StandardInput.WriteLineAsync(order.AsMemory(), ct);
        await _keeper.StandardInput.FlushAsync(ct);
        while (await _keeper.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line.Split(' ') is not ["ready", _, var server]) continue;
            ProcessId = int.Parse(server, CultureInfo.InvariantCulture);
            return;
        }

        throw new InvalidOperationException("PostgreSQL did not start again.");
    }

    /// <summary>How a client reaches one database of the cluster.</summary>
    public string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Include Error Detail=true";

    /// <summary>Makes a database, as a copy of another one when a template is named, and returns its name.</summary>
    public async Task<string> CreateDatabase(string? template, CancellationToken ct)
    {
        var name = $"village_{Interlocked.Increment(ref _databases):0000}";
        await Administer($"""CREATE DATABASE "{name}" TEMPLATE "{template ?? "template0"}" STRATEGY file_copy""", ct);
        return name;
    }

    /// <summary>Removes a database and whoever is still connected to it.</summary>
    public Task DropDatabase(string name, CancellationToken ct) => Administer($"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)""", ct);

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _keeper.WaitForExitAsync(patience.Token);
        _keeper.Dispose();
    }

    /// <summary>Runs one statement as the cluster's administrator and returns what it answers first, if anything.</summary>
    public async Task<object?> Administer(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static Process StartKeeper(params string[] arguments)
    {
        string[] shell = ["bash", "-c", KeeperScript, "keeper", .. arguments];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", OrdinaryUser, "--", .. shell] : shell;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The keeper of the cluster did not start.");
    }

    /// <summary>The newest server Debian has installed.</summary>
    internal static string Binaries()
    {
        const string Versions = "/usr/lib/postgresql";
        var newest = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions)
                .Where(v => File.Exists(Path.Combine(v, "bin", "initdb")))
                .MaxBy(v => int.Parse(Path.GetFileName(v), CultureInfo.InvariantCulture))
            : null;
        return newest is null
            ? throw new InvalidOperationException("PostgreSQL is not installed; on Debian type: apt-get install postgresql")
            : Path.Combine(newest, "bin");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
