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
    private sealed record Measured(string Db, int Callers, double Syncs, Rate Workspace, Rate Http, bool Sound)
    {
        /// <summary>Commands for each sync, the sync rate capped at 3,000 as the aim is stated.</summary>
        public double WorkspaceRatio => Math.Round(Workspace.PerSecond / Math.Min(3000, Syncs), 2);

        public double HttpRatio => Math.Round(Http.PerSecond / Math.Min(3000, Syncs), 2);
    }

    /// <param name="P99Ms">The 99th percentile of the waits, in milliseconds.</param>
    /// <param name="CpuMicros">Processor time of this process for each command, the asking side included: what a busy machine does not
    /// change.</param>
    internal readonly record struct Rate(double PerSecond, double P99Ms, double CpuMicros);

    private static async Task<Measured> Measure(HouseSite site, Load load, CancellationToken ct)
    {
        Directory.CreateDirectory(site.DataDirectory);
        var syncs = DiskSync.PerSecond(site.DataDirectory, TimeSpan.FromSeconds(3));
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddHouse(site, load.Clock)
            .BuildServiceProvider();
        await services.GetRequiredService<Store>().Prepare(ct);
        var givers = await BenchPeople.Make(services, load.Callers, load.Clock, ct);

        var transfer = services.GetRequiredService<TransferHours>();
        var direct = await Run(load, async caller =>
        {
            var (from, to) = (givers[caller], givers[(caller + 1) % givers.Count]);
            _ = (await transfer.Run(new(Id<Transaction>.New(load.Clock), from.Id, to.Id, 1), BenchPeople.As(from), ct)).Value;
        });
        var http = await BenchHttp.Run(site, givers, load, ct);

        await services.GetRequiredService<AuditSealer>().Seal(ct);
        var books = await services.GetRequiredService<Application.Ledger.VerifyLedger>().Run(Actor.System(AreaCode.Nation), ct);
        var kind = services.GetRequiredService<Store>().Kind;
        return new(kind, load.Callers, Math.Round(syncs), direct, http, books.Value.IsSound);
    }

    /// <summary>Lets every caller ask again and again for the given time. </summary>
    internal static async Task<Rate> Run(Load load, Func<int, Task> ask)
    {
        await Task.WhenAll(Enumerable.Range(0, load.Callers).Select(ask));
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
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
        var spent = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
        return new(
            Math.Round(all.Length / watch.Elapsed.TotalSeconds), Math.Round(all[(int)(all.Length * 0.99)], 1),
            Math.Round(spent / all.Length));
    }

    private static int Say(Measured m, bool json)
    {
        if (json) Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(m, HouseJson.Options));
        else
        {
            Console.Out.WriteLine($"database {m.Db}, {m.Callers} callers; fdatasync {m.Syncs}/s");
            Console.Out.WriteLine($"workspace {Of(m.Workspace)} (ratio {m.WorkspaceRatio})");
            Console.Out.WriteLine($"HTTP      {Of(m.Http)} (ratio {m.HttpRatio}); books sound: {m.Sound}");
        }

        return m.Sound ? 0 : 1;
    }

    private static string Of(Rate rate) => $"{rate.PerSecond}/s, p99 {rate.P99Ms} ms, {rate.CpuMicros} µs of processor time each";
}
