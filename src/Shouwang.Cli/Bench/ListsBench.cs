using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Application.Ledger;
using Shouwang.Application.Oversight;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Application.SignIn;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Bench;

/// <summary>`shouwang bench lists`: the first page of every list that grows with people or their visits, in a house with a page of each and
/// in a full county. 名单测速</summary>
internal static class ListsBench
{
    /// <summary>Fours in the small house: of everything a page and a little more.</summary>
    private const int FewFours = 52;

    /// <summary>What a village has only a few of comes with every 25th four of a county.</summary>
    private const int Rare = 25;
    private const int Villages = 500;

    /// <summary>Builds the subcommand of `bench`.</summary>
    public static Command Create(TimeProvider clock)
    {
        var people = new Option<int>("--people") { Description = "How many people.", DefaultValueFactory = _ => 100_000 };
        var runs = new Option<int>("--runs") { Description = "Times each list is asked for after warming.", DefaultValueFactory = _ => 30 };
        var db = new Option<string?>("--db") { Description = "Empty PostgreSQL database, instead of a new embedded one." };
        var other = new Option<string?>("--db-few") { Description = "A second empty PostgreSQL database, for the small house." };
        var command = new Command("lists", "Ask for one page of every list, in a small and in a full county.") { people, runs, db, other };
        command.SetAction(async (parsed, ct) =>
        {
            var runsOfEach = parsed.GetValue(runs);
            var few = await Measure(parsed.GetValue(other), runsOfEach, clock, county => county.Fill(FewFours, 1, 1, ct), ct);
            var fours = parsed.GetValue(people) / BenchCounty.Four;
            var many = await Measure(parsed.GetValue(db), runsOfEach, clock, county => county.Fill(fours, Villages, Rare, ct), ct);
            foreach (var (page, empty) in few)
            {
                var full = many[page];
                Console.Out.WriteLine(JsonSerializer.Serialize(
                    new { page, empty, full, ratio = Math.Round(full.Millis / empty.Millis, 1) }, HouseJson.Options));
            }

            return 0;
        });
        return command;
    }

    /// <param name="Millis">By the clock, the middle of all runs.</param>
    /// <param name="CpuMillis">Processor time of this program, the mean of all runs.</param>
    private readonly record struct Taken(double Millis, double CpuMillis);

    private static async Task<IReadOnlyDictionary<string, Taken>> Measure(
        string? connection, int runs, TimeProvider clock, Func<BenchCounty, Task> fill, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("shouwang-bench-");
        try
        {
            await using var services = new ServiceCollection().AddHouse(new(directory.FullName, connection), clock).BuildServiceProvider();
            await services.GetRequiredService<Store>().Prepare(ct);
            var county = new BenchCounty(services, clock);
            await fill(county);
            await PeopleListBench.Count(services, ct);
            var taken = new Dictionary<string, Taken>();
            foreach (var (page, ask) in Pages(services, county, ct)) taken[page] = await Middle(ask, runs);
            return taken;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<Taken> Middle(Func<Task> ask, int runs)
    {
        for (var i = 0; i < runs; i++) await ask();
        var (taken, cpu) = (new List<double>(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < runs; i++)
        {
            var watch = Stopwatch.StartNew();
            await ask();
            taken.Add(watch.Elapsed.TotalMilliseconds);
        }

        var spent = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / runs;
        return new(Math.Round(taken.Order().ElementAt(runs / 2), 2), Math.Round(spent, 2));
    }

    /// <summary>Each list as whoever sees most of it asks: the county's officer, or where a village's cadre alone may, the cadre.</summary>
    private static IEnumerable<(string Page, Func<Task> Ask)> Pages(IServiceProvider services, BenchCounty house, CancellationToken ct)
    {
        var (county, village) = (Actor.System(BenchCounty.County), Actor.System(BenchCounty.Village));
        var today = services.GetRequiredService<Workspace>().Today;
        (string, Func<Task>) Page<T>(string name, Func<T, Task> ask) where T : notnull =>
            (name, () => ask(services.GetRequiredService<T>()));

        yield return Page<FindPeople>("people", use => use.Run(new(null), county, ct));
        yield return Page<FindPeople>("people, two characters", use => use.Run(new("秀英"), county, ct));
        yield return Page<WhoHelps>("helpers", use => use.Run(1, county, ct));
        yield return Page<SuspectDuplicates>("duplicates, village", use => use.Run(null, 1, village, ct));
        yield return Page<WhoLooked>("who looked", use => use.Run(house.Watched, 1, county, ct));
        yield return Page<ListImports>("imports", use => use.Run(1, county, ct));
        yield return Page<ListPairs>("pairs", use => use.Run(new(), county, ct));
        yield return Page<ListPairs>("pairs, village", use => use.Run(new(), village, ct));
        yield return Page<DueVisits>("due today, village", use => use.Run(village, ct));
        yield return Page<ListVisits>("visits", use => use.Run(new(today.AddDays(-62), today), county, ct));
        yield return Page<ListVisits>("visits to verify", use => use.Run(new(today.AddDays(-62), today, VisitState.Recorded), county, ct));
        yield return Page<SignatureList>("month of signatures", use => use.Run(new(today), village, ct));
        yield return Page<ListIncidents>("emergencies", use => use.Run(1, county, ct));
        yield return Page<ListStatements>("statements", use => use.Run(1, county, ct));
        yield return Page<MyDuties>("duties of all", use => use.Run(new(All: true), county, ct));
        yield return Page<DutiesByArea>("duties by village", use => use.Run(county, ct));
        yield return Page<ListPoints>("points", use => use.Run(1, county, ct));
        yield return Page<ListHolds>("hours set aside", use => use.Run(1, county, ct));
        yield return Page<ListDisputes>("objections to hours", use => use.Run(1, county, ct));
        yield return Page<ListReversals>("reversals", use => use.Run(1, county, ct));
        yield return Page<AccountsOfArea>("accounts", use => use.Run(1, county, ct));
        yield return Page<AuditLog>("audit log", use => use.Run(null, county, ct));
        yield return Page<SecurityLog>("security events", use => use.Run(null, county, ct));
        yield return Page<OutboxState>("outbox", use => use.Run(1, county, ct));
    }
}
