using CsCheck;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The two filters in the database against a naive reading of who may see whom, on random trees, scopes and reaches.</summary>
public sealed class ScopeLawTests
{
    private const int Looks = 1_500;

    /// <summary>Random codes, crowded enough that they nest: two provinces, two prefectures and so on down.</summary>
    private static readonly Gen<AreaCode> s_area =
        Gen.Select(Gen.Int[0, 5], Gen.Int[98, 99], Gen.Int[1, 2], Gen.Int[1, 2], Gen.Int[100, 101], Gen.Int[201, 202])
            .Select((depth, province, prefecture, county, township, village) =>
            new AreaCode((((((((((long)province * 100) + prefecture) * 100) + county) * 1000) + township) * 1000) + village))
                .At((AreaLevel)depth));

    private static readonly Gen<(AreaCode Scope, AreaCode[] Before, ReachKind Kind, int[] Reached, int Self)> s_look =
        Gen.Select(s_area, s_area.Array[0, 2], Gen.Enum<ReachKind>(), Gen.Int[0, 119].Array[0, 12], Gen.Int[0, 119]);

    [Theory, EachDatabase]
    public async Task What_the_database_shows_is_what_a_naive_reading_allows(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var people = await Populate(village);
        var seed = new PCG(1, 20260316);
        for (var i = 0; i < Looks; i++)
        {
            var look = s_look.Generate(seed, null, out _);
            var actor = ActorOf(look, people);
            Assert.Equal(Naive(actor, people), await Shown(village, actor));
        }
    }

    [Theory, EachDatabase]
    public async Task Without_either_filter_the_law_is_broken(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var people = await Populate(village);
        var province = new AreaCode(980000000000);
        Assert.InRange(people.Count(p => IsInside(p.Area, province)), 2, people.Count - 1);

        var everyone = ActorOf((province, [], ReachKind.Pairs, [.. Enumerable.Range(0, people.Count)], 8), people);
        Assert.Equal(Naive(everyone, people), await Shown(village, everyone));
        Assert.NotEqual(Naive(everyone, people), await Shown(village, everyone with { Without = Blindness.Area }));

        var nobody = ActorOf((province, [], ReachKind.Pairs, [], 8), people);
        Assert.Equal(Naive(nobody, people), await Shown(village, nobody));
        Assert.NotEqual(Naive(nobody, people), await Shown(village, nobody with { Without = Blindness.Reach }));
    }

    [Theory, EachDatabase]
    public async Task Nothing_is_shown_before_anyone_looks(TestDatabase database)
    {
        await using var village = await Village.On(database);
        _ = await Populate(village);
        await using var db = village.Get<Store>().Read();
        Assert.Empty(await db.People.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Pairs.ToListAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<IReadOnlyList<Person>> Populate(Village village)
    {
        var seed = new PCG(1, 19490101);
        var people = new List<Person>();
        for (var i = 0; i < 120; i++)
        {
            var person = new Person(Id<Person>.New(village.Clock), s_area.Generate(seed, null, out _), new("示例", "示例", "SL"), Sex.Male,
                new(1950, 1, 1));
            person.Seal(village.Get<Application.People.PersonVault>().Seal(person.Id, new(null, null, null)));
            people.Add(person);
        }

        var pairs = people.Select((p, i) => new Pair(Id<Pair>.New(village.Clock), p.Area, p.Id, people[(i * 7 + 3) % 120].Id, null));
        await village.Add([.. people, .. pairs]);
        return people;
    }

    private static Actor ActorOf(
        (AreaCode Scope, AreaCode[] Before, ReachKind Kind, int[] Reached, int Self) look, IReadOnlyList<Person> people) =>
        new(people[look.Self].Id, Role.Volunteer, look.Scope,
            new(look.Kind, [.. look.Reached.Select(i => people[i].Id.Value)])) { Predecessors = look.Before };

    /// <summary>Digit by digit, without ranges: a code lies inside another when it agrees up to the other's level.</summary>
    private static bool IsInside(AreaCode inner, AreaCode outer) => inner.Level >= outer.Level && inner.At(outer.Level) == outer;

    private static List<Guid> Naive(Actor actor, IReadOnlyList<Person> people)
    {
        var areas = actor.Predecessors.Prepend(actor.Scope).ToList();
        var reached = actor.Reach.People.ToHashSet();
        return
        [
            .. people.Where(p => areas.Exists(a => IsInside(p.Area, a)))
                .Where(p => actor.Reach.Kind == ReachKind.Area || reached.Contains(p.Id.Value) || p.Id == actor.Person)
                .Select(p => p.Id.Value).Order(),
        ];
    }

    private static async Task<List<Guid>> Shown(Village village, Actor actor)
    {
        var shown = await village.Get<Workspace>().Read(actor, db => db.People.Select(p => p.Id).ToListAsync(CancellationToken.None));
        return [.. shown.Select(id => id.Value).Order()];
    }
}
