using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Bench;

/// <summary>`shouwang bench pairing`: a whole proposal in a program that runs already (reading, opening homes, reasons and storing
/// included), for a village and for its township. 结对测速</summary>
internal static class PairingUseCaseBench
{
    private const int WarmUp = 5;
    private static readonly AreaCode s_township = new(990101_100_000);

    /// <summary>Builds the subcommand of `bench`.</summary>
    public static Command Create(TimeProvider clock)
    {
        var village = new Option<int>("--village") { Description = "Elders of the village.", DefaultValueFactory = _ => 50 };
        var township = new Option<int>("--township") { Description = "Elders of the township.", DefaultValueFactory = _ => 2_000 };
        var runs = new Option<int>("--runs") { Description = "How often each is asked for.", DefaultValueFactory = _ => 20 };
        var db = new Option<string?>("--db") { Description = "Empty PostgreSQL database, instead of a new embedded one." };
        var command = new Command("pairing", "Propose pairs for a village and a township, whole use case.") { village, township, runs, db };
        command.SetAction((parsed, ct) => Run(
            new(parsed.GetValue(village), parsed.GetValue(township), parsed.GetValue(runs)), parsed.GetValue(db), clock, ct));
        return command;
    }

    private sealed record Load(int Village, int Township, int Runs);

    private static async Task<int> Run(Load load, string? connection, TimeProvider clock, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("shouwang-bench-");
        try
        {
            await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders())
                .AddHouse(new(directory.FullName, connection), clock).BuildServiceProvider();
            await services.GetRequiredService<Store>().Prepare(ct);
            await SampleFiles.ImportAreas(services, ct);
            await Import(services, VillageOf(0), load.Village, clock, ct);
            var village = await Propose(services, VillageOf(0), load.Runs, clock, ct);
            for (var i = 1; i < 4; i++) await Import(services, VillageOf(i), (load.Township - load.Village) / 3, clock, ct);
            var township = await Propose(services, s_township, load.Runs, clock, ct);
            var store = services.GetRequiredService<Store>().Kind;
            Console.Out.WriteLine(JsonSerializer.Serialize(new { store, village, township }, HouseJson.Options));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static AreaCode VillageOf(int number) => new(s_township.Value + 201 + number);

    private static async Task Import(IServiceProvider services, AreaCode village, int elders, TimeProvider clock, CancellationToken ct)
    {
        using var file = new MemoryStream();
        _ = SampleWorkbook.Write(file, elders, seed: (int)(village.Value % 1_000), dirt: 0);
        file.Position = 0;
        var import = services.GetRequiredService<ImportRoster>();
        var command = import.Read(Id<RosterImport>.New(clock).Value, village, file).Value;
        _ = (await import.Run(command, Actor.System(village), ct)).Value;
    }

    /// <summary>The same proposal again and again: each takes the place of the one before.</summary>
    private static async Task<object> Propose(
        IServiceProvider services, AreaCode area, int runs, TimeProvider clock, CancellationToken ct)
    {
        var (propose, actor, taken) = (services.GetRequiredService<ProposePairs>(), Actor.System(area), new List<double>());
        var (cpu, receipt) = (TimeSpan.Zero, default(ProposePairs.Receipt));
        for (var i = -WarmUp; i < runs; i++)
        {
            if (i == 0) cpu = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            receipt = (await propose.Run(new(Id<ProposePairs>.New(clock), area), actor, ct)).Value;
            if (i >= 0) taken.Add(watch.Elapsed.TotalMilliseconds);
        }

        var millis = Math.Round(taken.Order().ElementAt(runs / 2), 1);
        var cpuMillis = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / runs, 1);
        return new { receipt!.Elders, receipt.Paired, receipt.Optimal, millis, cpuMillis };
    }
}
