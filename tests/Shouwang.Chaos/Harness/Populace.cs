using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Bench;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>Who lives in an arena: givers in a ring, the auditor after the last of them, others who only receive, and newcomers who have no
/// account before they are first paid. Written past the use cases, before the server is there.</summary>
internal sealed class Populace
{
    /// <summary>How many givers everybody outside the ring is related to: whom the rules let give to them.</summary>
    private const int Relatives = 4;

    private static readonly AreaCode s_county = new(990101_000_000);
    private readonly ConcurrentDictionary<int, bool> _arrived = [];
    private readonly ArenaPlan _plan;
    private readonly ILookup<int, int> _kin;

    private Populace(ArenaPlan plan, IReadOnlyList<Person> people)
    {
        (_plan, People) = (plan, people);
        _kin = Outside.SelectMany(o => RelativesOf(o).Select(giver => (giver, o)))
            .Concat(Enumerable.Range(0, plan.People).Select(giver => (giver, o: giver + 1))).ToLookup(r => r.giver, r => r.o);
    }

    public IReadOnlyList<Person> People { get; }

    /// <summary>Those who have no account to begin with.</summary>
    public IReadOnlyList<int> Newcomers => [.. Enumerable.Range(People.Count - _plan.Newcomers, _plan.Newcomers)];

    /// <summary>For whom help is called; they have no accounts.</summary>
    public IReadOnlyList<Id<Person>> Elders { get; private set; } = [];

    /// <summary>Sign-in names: the givers' in the order of the ring, the auditor's and two officers'.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    private IEnumerable<int> Outside => Enumerable.Range(_plan.People + 1, People.Count - _plan.People - 1);

    public static async Task<Populace> Make(IServiceProvider services, ArenaPlan plan, CancellationToken ct)
    {
        var begun = await BenchPeople.Make(services, plan.People + 1 + plan.Others, TimeProvider.System, ct);
        var vault = services.GetRequiredService<PersonVault>();
        var newcomers = Enumerable.Range(0, plan.Newcomers).Select(_ => BenchPeople.New(vault, TimeProvider.System)).ToList();
        var populace = new Populace(plan, [.. begun, .. newcomers]);
        var elders = Enumerable.Range(0, plan.Elders).Select(_ => BenchPeople.New(vault, TimeProvider.System)).ToList();
        elders.ForEach(e => e.Play(PersonRoles.Elder));
        populace.Elders = [.. elders.Select(e => e.Id)];
        await populace.Enter(services, newcomers, elders, ct);
        await populace.Enrol(services, ct);
        return populace;
    }

    /// <summary>Givers who may give to somebody outside the ring.</summary>
    public IEnumerable<int> RelativesOf(int outside) =>
        Enumerable.Range(outside, Math.Min(Relatives, _plan.People)).Select(i => i % _plan.People);

    /// <summary>Somebody with an account to whom a giver may give.</summary>
    public int ReceiverOf(int giver, Random random)
    {
        var kin = _kin[giver].ToList();
        while (true)
        {
            var picked = kin[random.Next(kin.Count)];
            if (picked < People.Count - _plan.Newcomers || _arrived.ContainsKey(picked)) return picked;
        }
    }

    /// <summary>A newcomer has an account now.</summary>
    public void Arrives(int newcomer) => _arrived[newcomer] = true;

    /// <summary>Whether a newcomer has come.</summary>
    public bool IsHere(int newcomer) => _arrived.ContainsKey(newcomer);

    /// <summary>The newcomers, the elders, the relations, and a name for the village, so that it has a statement.</summary>
    private Task Enter(
        IServiceProvider services, IReadOnlyList<Person> newcomers, IReadOnlyList<Person> elders, CancellationToken ct) =>
        services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                var village = People[0].Area;
                unit.Look(Actor.System(village));
                unit.Db.Add(Area.Enter(village, "测试村", new(2020, 1, 1)).Value);
                unit.Db.AddRange(newcomers);
                unit.Db.AddRange(elders);
                unit.Db.AddRange(Outside.SelectMany(o => RelativesOf(o).Select(giver => new Relation(
                    Id<Relation>.New(TimeProvider.System), village, People[giver].Id, People[o].Id, RelationKind.Child))));
                await unit.Save(ct);
                return new(true, true);
            },
            ct);

    private async Task Enrol(IServiceProvider services, CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var givers = await BenchHttp.Enrol(
            services, [.. People.Take(_plan.People)], new("GIVER", Role.Volunteer, People[0].Area), clock, ct);
        var auditor = await BenchHttp.Enrol(services, [People[_plan.People]], new("AUDIT", Role.Auditor, s_county), clock, ct);
        var clerks = await BenchPeople.Make(services, 2, clock, ct);
        var officers = await BenchHttp.Enrol(services, clerks, new("OFFICE", Role.CountyOfficer, s_county), clock, ct);
        Names = [.. givers, .. auditor, .. officers];
    }
}
