using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Bench;

/// <summary>`shouwang bench pipeline`: gifts of hours per second through the workspace and through HTTP, beside what the disk does in the
/// same run.</summary>
internal static class PipelineBench
{
    public static Command Create(TimeProvider clock)
    {
        var callers = new Option<int>("--callers") { Description = "How many ask at once.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds for each measurement.", DefaultValueFactory = _ => 10 };
        var command = new Command("pipeline", "Posting commands per second, beside fdatasync per second.") { callers, seconds };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var site = data.Site(parsed);
            if (site.Connection is null) site = new(Path.Combine(site.DataDirectory, $"bench-{clock.GetUtcNow().UtcTicks}"));
            var load = new Load(parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), clock);
            var measured = await Measure(site, load, ct);
            if (site.Connection is null) Directory.Delete(site.DataDirectory, recursive: true);
            return Say(measured, parsed.GetValue(data.Json));
        });
        return command;
    }

    /// <param name="Callers">How many ask at once.</param>
    /// <param name="Time">For each measurement.</param>
    internal sealed record Load(int Callers, TimeSpan Time, TimeProvider Clock);

    /// <summary>What one run showed; rates are per second.</summary>
    private sealed record Measured(
        string Db, int Callers, double Syncs, double Workspace, double WorkspaceP99Ms, double Http, double HttpP99Ms, bool Sound)
    {
        /// <summary>Commands for each sync, the sync rate capped at 3,000 as the aim is stated.</summary>
        public double WorkspaceRatio => Math.Round(Workspace / Math.Min(3000, Syncs), 2);

        public double HttpRatio => Math.Round(Http / Math.Min(3000, Syncs), 2);
    }

    private static async Task<Measured> Measure(HouseSite site, Load load, CancellationToken ct)
    {
        Directory.CreateDirectory(site.DataDirectory);
        var syncs = DiskSync.PerSecond(site.DataDirectory, TimeSpan.FromSeconds(3));
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddHouse(site, load.Clock)
            .BuildServiceProvider();
        await services.GetRequiredService<Store>().Prepare(ct);
        var givers = await BenchPeople.Make(services, load.Callers, load.Clock, ct);

        var transfer = services.GetRequiredService<TransferHours>();
        var (direct, directP99) = await Run(load, async caller =>
        {
            var (from, to) = (givers[caller], givers[(caller + 1) % givers.Count]);
            _ = (await transfer.Run(new(Id<Transaction>.New(load.Clock), from.Id, to.Id, 1), BenchPeople.As(from), ct)).Value;
        });
        var (http, httpP99) = await BenchHttp.Run(site, givers, load, ct);

        await services.GetRequiredService<AuditSealer>().Seal(ct);
        var books = await services.GetRequiredService<Application.Ledger.VerifyLedger>().Run(Actor.System(AreaCode.Nation), ct);
        var kind = services.GetRequiredService<Store>().Kind;
        return new(kind, load.Callers, Math.Round(syncs), Math.Round(direct), directP99, Math.Round(http), httpP99, books.Value.IsSound);
    }

    /// <summary>Lets every caller ask again and again for the given time. Returns the rate and the 99th percentile in
    /// milliseconds.</summary>
    internal static async Task<(double PerSecond, double P99Ms)> Run(Load load, Func<int, Task> ask)
    {
        await Task.WhenAll(Enumerable.Range(0, load.Callers).Select(ask));
        var watch = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, load.Callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            while (watch.Elapsed < load.Time)
            {
                var began = watch.Elapsed;
                await ask(caller);
                own.Add((watch.Elapsed - began).TotalMilliseconds);
            }

            return own;
        })));
        var all = waits.SelectMany(w => w).Order().ToArray();
        return (all.Length / watch.Elapsed.TotalSeconds, Math.Round(all[(int)(all.Length * 0.99)], 1));
    }

    private static int Say(Measured m, bool json)
    {
        if (json) Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(m, HouseJson.Options));
        else
        {
            Console.Out.WriteLine($"database {m.Db}, {m.Callers} callers; fdatasync {m.Syncs}/s");
            Console.Out.WriteLine($"workspace {m.Workspace}/s (ratio {m.WorkspaceRatio}), p99 {m.WorkspaceP99Ms} ms");
            Console.Out.WriteLine($"HTTP      {m.Http}/s (ratio {m.HttpRatio}), p99 {m.HttpP99Ms} ms; books sound: {m.Sound}");
        }

        return m.Sound ? 0 : 1;
    }
}
