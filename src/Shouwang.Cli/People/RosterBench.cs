using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Cli.People;

/// <summary>`shouwang bench roster`: a large, dirty roster from file to register: seconds for each step, and memory.
/// 花名册导入测速</summary>
internal static class RosterBench
{
    /// <summary>A village of the sample has so many rows for each elder: volunteers and doctors stand in it too.</summary>
    private const double RowsPerElder = 132.0 / 96;

    private static readonly AreaCode s_village = new(990101_100_201);

    public static Command Create(TimeProvider clock)
    {
        var rows = new Option<int>("--rows") { Description = "About how many rows.", DefaultValueFactory = _ => 20_000 };
        var dirt = new Option<double>("--dirt") { Description = "Share of rows that are spoilt.", DefaultValueFactory = _ => 0.05 };
        var db = new Option<string?>("--db") { Description = "Empty PostgreSQL database, instead of a new embedded one." };
        var command = new Command("roster", "Import a generated roster into an empty house, then again.") { rows, dirt, db };
        command.SetAction((parsed, ct) => Run(new(parsed.GetValue(rows), parsed.GetValue(dirt), parsed.GetValue(db)), clock, ct));
        return command;
    }

    private sealed record Load(int Rows, double Dirt, string? Connection);

    private static async Task<int> Run(Load load, TimeProvider clock, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("shouwang-bench-");
        try
        {
            var file = Path.Combine(directory.FullName, "roster.xlsx");
            SampleWorkbook.Made made;
            await using (var to = File.Create(file)) made = SampleWorkbook.Write(to, (int)(load.Rows / RowsPerElder), 5, load.Dirt);
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

            await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders())
                .AddHouse(new(directory.FullName, load.Connection), clock).BuildServiceProvider();
            await services.GetRequiredService<Store>().Prepare(ct);
            await SampleFiles.ImportAreas(services, ct);
            var first = await Import(services, file, clock, ct);
            var again = await Import(services, file, clock, ct);
            var store = services.GetRequiredService<Store>().Kind;
            var answer = new { made.Rows, faults = made.Faults.Count, store, first, again, peakMegabytes = PeakMegabytes() };
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, HouseJson.Options));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<object> Import(IServiceProvider services, string path, TimeProvider clock, CancellationToken ct)
    {
        var (import, house, watch) = (services.GetRequiredService<ImportRoster>(), Actor.System(s_village), Stopwatch.StartNew());
        var cpu = Environment.CpuUsage.TotalTime;
        await using var file = File.OpenRead(path);
        var command = import.Read(Id<RosterImport>.New(clock).Value, s_village, file).Value;
        var read = Lap(watch);
        var view = (await import.Preview(command, house, ct)).Value;
        var checkedIn = Lap(watch);
        var receipt = (await import.Run(command, house, ct)).Value;
        return new
        {
            readSeconds = read, checkSeconds = checkedIn, takeSeconds = Lap(watch),
            cpuSeconds = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 2), cells = view.Errors.Count, receipt,
        };
    }

    private static double Lap(Stopwatch watch)
    {
        var seconds = Math.Round(watch.Elapsed.TotalSeconds, 2);
        watch.Restart();
        return seconds;
    }

    private static double PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return Math.Round(self.PeakWorkingSet64 / 1048576.0);
    }
}
