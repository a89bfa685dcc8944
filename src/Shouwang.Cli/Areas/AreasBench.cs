using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Areas;

/// <summary>`shouwang bench areas`: imports a generated national table twice and says seconds and memory. 区划导入测速</summary>
internal static class AreasBench
{
    private const int Provinces = 31;
    private const int Cities = 11;
    private const int Counties = 9;
    private const int Townships = 13;

    /// <summary>Builds the subcommand of `bench`.</summary>
    public static Command Create(TimeProvider clock)
    {
        var villages = new Option<int>("--villages") { Description = "How many villages.", DefaultValueFactory = _ => 620_000 };
        var db = new Option<string?>("--db") { Description = "Empty PostgreSQL database, instead of a new embedded one." };
        var command = new Command("areas", "Import a generated table of villages into an empty house, then again.") { villages, db };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(villages), parsed.GetValue(db), clock, ct));
        return command;
    }

    private static async Task<int> Run(int villages, string? connection, TimeProvider clock, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("shouwang-bench-");
        try
        {
            var file = Path.Combine(directory.FullName, "areas.csv");
            var lines = Write(file, villages);
            await using var services = new ServiceCollection().AddHouse(new(directory.FullName, connection), clock).BuildServiceProvider();
            await services.GetRequiredService<Store>().Prepare(ct);
            var first = await Import(services, file, clock, ct);
            var again = await Import(services, file, clock, ct);
            var answer = new { lines, store = services.GetRequiredService<Store>().Kind, first, again, peakMegabytes = PeakMegabytes() };
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
        var watch = Stopwatch.StartNew();
        using var text = File.OpenText(path);
        var file = AreaFile.From(text).Value;
        var readSeconds = Math.Round(watch.Elapsed.TotalSeconds, 2);
        var command = new ImportAreas.Command(Id<Area>.New(clock).Value, Days.Of(clock.GetUtcNow()), file);
        var receipt = (await services.GetRequiredService<ImportAreas>().Run(command, Actor.System(AreaCode.Nation), ct)).Value;
        return new
        {
            seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            readSeconds,
            receipt.Added,
            receipt.Unchanged,
            refused = receipt.Refused.Count,
        };
    }

    private static double PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return Math.Round(self.PeakWorkingSet64 / 1048576.0);
    }

    /// <summary>Writes a tree of the nation's size, its villages dealt evenly to the townships; names are numbers.</summary>
    private static int Write(string path, int villages)
    {
        using var csv = new StreamWriter(path);
        csv.WriteLine("code,name,provinceCode,cityCode,areaCode,streetCode");
        const int townships = Provinces * Cities * Counties * Townships;
        var (lines, dealt) = (0, 0);
        for (var t = 0; t < townships; t++)
        {
            var (inCounty, county) = (t % Townships, t / Townships);
            var (inCity, city) = (county % Counties, county / Counties);
            var province = $"{11 + (city / Cities)}";
            var (prefecture, district) = ($"{province}{1 + (city % Cities):00}", $"{province}{1 + (city % Cities):00}{1 + inCity:00}");
            var township = $"{district}{100 + inCounty}";
            if (t % (Townships * Counties * Cities) == 0) lines += Line(csv, $"{province},省{province},,,,");
            if (t % (Townships * Counties) == 0) lines += Line(csv, $"{prefecture},市{prefecture},{province},,,");
            if (inCounty == 0) lines += Line(csv, $"{district},县{district},{province},{prefecture},,");
            lines += Line(csv, $"{township},镇{township},{province},{prefecture},{district},");
            for (var v = 0; dealt < (long)villages * (t + 1) / townships; v++, dealt++)
            {
                lines += Line(csv, $"{township}{200 + v},第{v}村,{province},{prefecture},{district},{township}");
            }
        }

        return lines;
    }

    private static int Line(StreamWriter csv, string line)
    {
        csv.WriteLine(line);
        return 1;
    }
}
