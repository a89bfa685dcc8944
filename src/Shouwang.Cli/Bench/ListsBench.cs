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
            foreach (var (page, ask) in PagesOfCounty(services, county, ct).Concat(PagesOfTownship(services, ct))
                .Concat(PagesOfVillage(services, county, ct)))
                taken[page] = await Middle(ask, runs);
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

    /// <summary>Each list as whoever sees most of it asks: the county's officer.</summary>
    private static IEnumerable<(string Page, Func<Task> Ask)> PagesOfCounty(
        IServiceProvider services, BenchCounty house, CancellationToken ct)
    {
        var county = Actor.System(BenchCounty.County);
        var today = services.GetRequiredService<Workspace>().Today;
        var since = today.AddDays(-62);
        T Get<T>() where T : notnull => services.GetRequiredService<T>();

        yield return ("people", () => Shown(Get<FindPeople>().Run(new(null), county, ct)));
        yield return ("people, two characters", () => Shown(Get<FindPeople>().Run(new("秀英"), county, ct)));
        yield return ("helpers", () => Shown(Get<WhoHelps>().Run(1, county, ct)));
        yield return ("who looked", () => Shown(Get<WhoLooked>().Run(house.Watched, 1, county, ct)));
        yield return ("imports", () => Shown(Get<ListImports>().Run(1, county, ct)));
        yield return ("pairs", () => Shown(Get<ListPairs>().Run(new(), county, ct)));
        yield return ("visits", () => Shown(Get<ListVisits>().Run(new(since, today), county, ct)));
        yield return ("visits to verify", () => Shown(Get<ListVisits>().Run(new(since, today, VisitState.Recorded), county, ct)));
        yield return ("emergencies", () => Shown(Get<ListIncidents>().Run(1, county, ct)));
        yield return ("statements", () => Shown(Get<ListStatements>().Run(1, county, ct)));
        yield return ("duties of all", () => Shown(Get<MyDuties>().Run(new(All: true), county, ct)));
        yield return ("duties by village", () => Shown(Get<DutiesByArea>().Run(county, ct)));
        yield return ("points", () => Shown(Get<ListPoints>().Run(1, county, ct)));
        yield return ("hours set aside", () => Shown(Get<ListHolds>().Run(1, county, ct)));
        yield return ("objections to hours", () => Shown(Get<ListDisputes>().Run(1, county, ct)));
        yield return ("reversals", () => Shown(Get<ListReversals>().Run(1, county, ct)));
        yield return ("accounts", () => Shown(Get<AccountsOfArea>().Run(1, county, ct)));
        yield return ("audit log", () => Shown(Get<AuditLog>().Run(null, county, ct)));
        yield return ("security events", () => Shown(Get<SecurityLog>().Run(null, county, ct)));
        yield return ("outbox", () => Shown(Get<OutboxState>().Run(1, county, ct)));
    }

    /// <summary>What a village's cadre opens, and what the house does for a village by itself.</summary>
    private static IEnumerable<(string Page, Func<Task> Ask)> PagesOfVillage(
        IServiceProvider services, BenchCounty house, CancellationToken ct)
    {
        var (village, county, clock) = (Actor.System(BenchCounty.Village), Actor.System(BenchCounty.County), house.Clock);
        var subject = StatementSubject.Of(BenchCounty.Village);
        var today = services.GetRequiredService<Workspace>().Today;
        var since = today.AddDays(-62);
        T Get<T>() where T : notnull => services.GetRequiredService<T>();

        yield return ("people, village", () => Shown(Get<FindPeople>().Run(new(null), village, ct)));
        yield return ("helpers, village", () => Shown(Get<WhoHelps>().Run(1, village, ct)));
        yield return ("duplicates, village", () => Shown(Get<SuspectDuplicates>().Run(null, 1, village, ct)));
        yield return ("pairs, village", () => Shown(Get<ListPairs>().Run(new(), village, ct)));
        yield return ("due today, village", () => Shown(Get<DueVisits>().Run(village, ct)));
        yield return ("month of signatures", () => Shown(Get<SignatureList>().Run(new(today), village, ct)));
        yield return ("visits, village", () => Shown(Get<ListVisits>().Run(new(since, today), village, ct)));
        yield return ("elders, village", () => Shown(Get<MyElders>().Run(village, ct)));
        yield return ("duties of all, village", () => Shown(Get<MyDuties>().Run(new(All: true), village, ct)));
        yield return ("emergencies, village", () => Shown(Get<ListIncidents>().Run(1, village, ct)));
        yield return ("warnings, village", () => Shown(Get<ListWarnings>().Run(1, village, ct)));
        yield return ("accounts, village", () => Shown(Get<AccountsOfArea>().Run(1, village, ct)));
        yield return ("month, village", () => Shown(Get<MonthStatement>().Run(new(subject, today), village, ct)));
        yield return ("month, point", () => Shown(Get<MonthStatement>().Run(new(StatementSubject.Of(house.Point), today), village, ct)));
        yield return ("sheets for the wall, point", () => Shown(Get<ElderSheets>().Run(new(null, house.Point), village, ct)));
        yield return ("round of the watch, village",
            () => Shown(Get<WatchVisits>().Run(new(Id<WatchVisits>.New(clock).Value, village.Scope), county, ct)));
        yield return ("proposal of pairs, village",
            () => Shown(Get<ProposePairs>().Run(new(Id<ProposePairs>.New(clock), village.Scope), village, ct)));
    }

    /// <summary>What a township's officer opens: a twentieth of the county.</summary>
    private static IEnumerable<(string Page, Func<Task> Ask)> PagesOfTownship(IServiceProvider services, CancellationToken ct)
    {
        var township = Actor.System(BenchCounty.Village.At(AreaLevel.Township));
        var today = services.GetRequiredService<Workspace>().Today;
        var since = today.AddDays(-62);
        T Get<T>() where T : notnull => services.GetRequiredService<T>();

        yield return ("people, township", () => Shown(Get<FindPeople>().Run(new(null), township, ct)));
        yield return ("pairs, township", () => Shown(Get<ListPairs>().Run(new(), township, ct)));
        yield return ("visits, township", () => Shown(Get<ListVisits>().Run(new(since, today), township, ct)));
        yield return ("duties of all, township", () => Shown(Get<MyDuties>().Run(new(All: true), township, ct)));
        yield return ("statements, township", () => Shown(Get<ListStatements>().Run(1, township, ct)));
    }

    /// <summary>A refused page is none.</summary>
    private static async Task Shown<T>(Task<Result<T>> asked) => _ = (await asked).Value;
}
