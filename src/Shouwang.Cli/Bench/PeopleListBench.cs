using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Bench;

/// <summary>`shouwang bench people`: the people list of a county, one page of it, with a single page of people in the house and with many.
/// 人员名单测速</summary>
internal static class PeopleListBench
{
    private const int Batch = 2_000;
    private const int Villages = 500;

    private static readonly AreaCode s_county = new(990101_000_000);
    private static readonly string[] s_surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];

    private static readonly string[] s_given =
        ["秀英", "桂兰", "德山", "建国", "玉兰", "志强", "素珍", "福生", "淑芳", "长贵", "凤英", "永清"];

    /// <summary>Builds the subcommand of `bench`.</summary>
    public static Command Create(TimeProvider clock)
    {
        var people = new Option<int>("--people") { Description = "How many people.", DefaultValueFactory = _ => 100_000 };
        var runs = new Option<int>("--runs") { Description = "Times each question is asked after warming.", DefaultValueFactory = _ => 40 };
        var db = new Option<string?>("--db") { Description = "Empty PostgreSQL database, instead of a new embedded one." };
        var command = new Command("people", "Ask for one page of the people list, in a small and in a full county.") { people, runs, db };
        command.SetAction((parsed, ct) => Run((parsed.GetValue(people), parsed.GetValue(runs)), parsed.GetValue(db), clock, ct));
        return command;
    }

    private static async Task<int> Run((int People, int Runs) size, string? connection, TimeProvider clock, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("shouwang-bench-");
        try
        {
            await using var services = new ServiceCollection().AddHouse(new(directory.FullName, connection), clock).BuildServiceProvider();
            await services.GetRequiredService<Store>().Prepare(ct);
            await Fill(services, 0, Paging.Size, clock, ct);
            var few = await Ask(services, size.Runs, ct);
            // The first page of people lives in the village that is asked about, so that few and many show one full page each.
            for (var at = Paging.Size; at < size.People; at += Batch)
            {
                await Fill(services, at, Math.Min(Batch, size.People - at), clock, ct);
            }

            await Count(services, ct);
            var many = await Ask(services, size.Runs, ct);
            var answer = new { size.People, store = services.GetRequiredService<Store>().Kind, few, many };
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, HouseJson.Options));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Milliseconds, the middle of all runs, for each way to ask.</summary>
    private static async Task<IReadOnlyDictionary<string, double>> Ask(IServiceProvider services, int runs, CancellationToken ct)
    {
        var living = new Dictionary<FactKind, string> { [FactKind.Living] = nameof(LivingSituation.LivingAlone) };
        var (county, village) = (Actor.System(s_county), Actor.System(VillageOf(0)));
        return new Dictionary<string, double>
        {
            ["county"] = await Middle(services, new(null), county, runs, ct),
            ["village"] = await Middle(services, new(null), village, runs, ct),
            ["characters"] = await Middle(services, new("秀英"), county, runs, ct),
            ["initials"] = await Middle(services, new("WXY"), county, runs, ct),
            ["phone"] = await Middle(services, new("0017"), county, runs, ct),
            ["livingAlone"] = await Middle(services, new(null) { Facts = living }, county, runs, ct),
        };
    }

    private static async Task<double> Middle(
        IServiceProvider services, FindPeople.Query query, Actor actor, int runs, CancellationToken ct)
    {
        var find = services.GetRequiredService<FindPeople>();
        var taken = new List<double>();
        for (var i = -runs; i < runs; i++)
        {
            var watch = Stopwatch.StartNew();
            _ = (await find.Run(query, actor, ct)).Value;
            if (i >= 0) taken.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Math.Round(taken.Order().ElementAt(taken.Count / 2), 2);
    }

    private static async Task Fill(IServiceProvider services, int from, int count, TimeProvider clock, CancellationToken ct)
    {
        var vault = services.GetRequiredService<PersonVault>();
        var people = Enumerable.Range(from, count).Select(n => Someone(n, VillageOf(n), vault, clock)).ToList();
        _ = await services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(s_county));
                await unit.Enter(people, (_, _) => { }, ct);
                return new(true, true);
            },
            ct);
    }

    /// <summary>A database server counts by itself what its tables hold and tidies them, a minute or so after they were filled; here it is
    /// told to.</summary>
    internal static async Task Count(IServiceProvider services, CancellationToken ct)
    {
        var store = services.GetRequiredService<Store>();
        if (store.Kind != "postgres") return;
        await using var db = store.Read();
        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout) = ("VACUUM ANALYZE", 0);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The n-th made-up person, living in a village.</summary>
    internal static Person Someone(int n, AreaCode village, PersonVault vault, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var name = s_surnames[n % s_surnames.Length] + s_given[n / s_surnames.Length % s_given.Length];
        var (sex, born) = (n % 2 == 0 ? Sex.Female : Sex.Male, new DateOnly(1935 + (n % 30), 1 + (n % 12), 1));
        var person = new Person(Id<Person>.New(clock), village, PersonNames.Of(name), sex, born);
        person.Play(PersonRoles.Elder);
        person.LiveAt($"{1 + (n % 6)}组", null);
        person.Seal(vault.Seal(person.Id, new(null, PhoneNumber.Of($"1{n:0000000000}"), null)));

        // Names follow from the number's last digits, so what is known of people must not: it would come in runs along the names.
        var mixed = (int)(unchecked((uint)n * 2_654_435_761u) >> 12);
        person.Learn(FactKind.Living, (LivingSituation)(1 + (mixed % 4)), Days.Of(now), now);
        person.Learn(FactKind.Support, (SupportCategory)(mixed / 4 % 4), Days.Of(now), now);
        person.Learn(FactKind.Ability, (AbilityLevel)(mixed / 16 % 5), Days.Of(now), now);
        return person;
    }

    private static AreaCode VillageOf(int n) => n < Paging.Size ? VillageOf(Villages) : new(
        s_county.Value + ((100 + (n % Villages / 25)) * 1000) + 201 + (n % 25));
}
