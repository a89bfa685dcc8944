using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Chaos.Harness;
using Shouwang.Cli.Bench;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.Chaos;

/// <summary>`shouwang bench ledger`: gifts per second through HTTP at 1, 16, 64 and 256 callers, and transfers per second through the books
/// alone, beside what the disk or the database server does in the same run.</summary>
internal static class LedgerBench
{
    private const int People = 64;
    private static readonly int[] s_callers = [1, 16, 64, 256];

    private sealed record Row(int Callers, double PerSecond, double P99Ms);

    /// <param name="Calibration">fdatasync per second (SQLite), or TPC-B transactions per second of 16 clients (PostgreSQL).</param>
    private sealed record Measured(string Db, string Against, double Calibration, IReadOnlyList<Row> Http, IReadOnlyList<Row> Library)
    {
        /// <summary>At 64 callers through HTTP, against the calibration (that of a disk capped at 3,000, as the aim is stated).</summary>
        public double Ratio => Math.Round(
            Http.Single(r => r.Callers == 64).PerSecond / (Db == "sqlite" ? Math.Min(3000, Calibration) : Calibration), 2);
    }

    public static async Task<int> Run(string[] args)
    {
        var db = new Option<string>("--db") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        db.AcceptOnlyFromAmong("sqlite", "postgres");
        var seconds = new Option<int>("--seconds") { Description = "Seconds for each measurement.", DefaultValueFactory = _ => 8 };
        var json = new Option<bool>("--json") { Description = "Exactly one JSON object on standard output." };
        var command = new RootCommand("Transfers per second.") { db, seconds, json };
        command.SetAction(async (parsed, ct) =>
        {
            var measured = await Measure(parsed.GetValue(db)!, TimeSpan.FromSeconds(parsed.GetValue(seconds)), ct);
            await Console.Out.WriteLineAsync(
                parsed.GetValue(json) ? JsonSerializer.Serialize(measured, HouseJson.Options) : Sentence(measured));
        });
        var typed = command.Parse(args);
        var exit = await typed.InvokeAsync();
        return typed.Errors.Count > 0 ? 2 : exit;
    }

    private static async Task<Measured> Measure(string db, TimeSpan time, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new(db, People), ct);
        var calibration = arena.Cluster is { } cluster
            ? await TpcB(cluster, time, ct) : DiskSync.PerSecond(arena.Folder, TimeSpan.FromSeconds(3));
        var http = new List<Row>();
        foreach (var callers in s_callers)
        {
            var rate = await PipelineBench.Run(new(callers, time, TimeProvider.System), caller => Give(arena, caller % People, ct));
            http.Add(new(callers, rate.PerSecond, rate.P99Ms));
        }

        await arena.KillServer();
        return new(
            db, arena.Cluster is null ? "fdatasync" : "pgbench TPC-B, 16 clients", Math.Round(calibration), http,
            await Library(arena, time, ct));
    }

    private static async Task Give(Arena arena, int giver, CancellationToken ct)
    {
        var (from, to) = (arena.People[giver].Id.Value, arena.People[giver + 1].Id.Value);
        using var answer = await arena.Givers[giver].PutAsJsonAsync(
            $"/api/v1/transfers/{Id<Transaction>.New(TimeProvider.System)}", new { from, to, minutes = 1 }, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The books without sign-in, rules and audit: what group commit carries.</summary>
    private static async Task<IReadOnlyList<Row>> Library(Arena arena, TimeSpan time, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders())
            .AddHouse(arena.Site, TimeProvider.System).BuildServiceProvider();
        var writer = services.GetRequiredService<Store>().Writer;
        var keys = arena.People.Select(p => AccountKey.OfPerson(Book.Hours, p.Id, p.Area)).ToArray();
        var rows = new List<Row>();
        foreach (var callers in s_callers)
        {
            var rate = await PipelineBench.Run(new(callers, time, TimeProvider.System), caller => writer.Run<bool>(
                async unit =>
                {
                    var (from, to) = (keys[caller % People], keys[(caller % People) + 1]);
                    var taken = await unit.Books.Take(ct, from, to);
                    var slip = new Slip(Id<Transaction>.New(TimeProvider.System), from.Area, "bench.moved", unit.Now);
                    return new(true, (await unit.Post(slip, taken[from], taken[to], 1, ct)).Refusal is null);
                },
                ct));
            rows.Add(new(callers, rate.PerSecond, rate.P99Ms));
        }

        return rows;
    }

    private static async Task<double> TpcB(PostgresCluster cluster, TimeSpan time, CancellationToken ct)
    {
        var name = await cluster.CreateDatabase(null, ct);
        string[] where = ["-h", "127.0.0.1", "-p", $"{cluster.Port}", "-U", "postgres"];
        _ = await PgBench([.. where, "-i", "-q", "-s", "50", name], ct);
        var said = await PgBench([.. where, "-c", "16", "-j", "2", "-T", $"{time.TotalSeconds:0}", name], ct);
        var line = said.Split('\n').Single(l => l.StartsWith("tps =", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static async Task<string> PgBench(IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(PostgresCluster.Binaries(), "pgbench"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pgbench did not start.");
        var errors = process.StandardError.ReadToEndAsync(ct);
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? said : throw new InvalidOperationException(await errors);
    }

    private static string Sentence(Measured m) => string.Join('\n',
    [
        $"{m.Db}; {m.Against} {m.Calibration}/s; at 64 callers through HTTP {m.Ratio} of it",
        .. m.Http.Select(r => $"HTTP    {r.Callers,3} callers {r.PerSecond,7}/s, p99 {r.P99Ms} ms"),
        .. m.Library.Select(r => $"library {r.Callers,3} callers {r.PerSecond,7}/s, p99 {r.P99Ms} ms"),
    ]);
}
