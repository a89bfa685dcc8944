using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>Lists longer than a page, in which everything has the same time and name: nothing but the id tells two rows apart.</summary>
public sealed class PagingTests
{
    private const int Many = (2 * Paging.Size) + 7;

    [Theory, EachDatabase]
    public async Task Duties_come_once_each_in_the_same_order_every_time_and_none_of_the_next_village(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var expected = await Filled(village, (area, elder) => Duty.Open(
            Id<Duty>.New(village.Clock), area, new(DutyKind.OverdueVisit, elder), new(DutyRung.Pair, elder, village.Clock.GetUtcNow()),
            village.Clock.GetUtcNow()));
        var cadre = Actor.System(Village.X);

        await Walked<MyDuties.Row, Id<Duty>>(
            expected.Select(d => d.Id), async page => (await village.Get<MyDuties>().Run(new(All: true, page), cadre, default)).Value,
            row => row.Id);
    }

    [Theory, EachDatabase]
    public async Task A_helper_turns_the_pages_of_their_own_duties_only(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var own = await village.With("张姐", PersonRoles.Volunteer);
        var turn = 0;
        var expected = await Filled(village, (area, elder) => Duty.Open(
            Id<Duty>.New(village.Clock), area, new(DutyKind.OverdueVisit, elder),
            new(DutyRung.Pair, turn++ % 2 == 0 ? own.Id : elder, village.Clock.GetUtcNow()), village.Clock.GetUtcNow()));
        var self = new Actor(own.Id, Role.Volunteer, Village.X, new(ReachKind.Pairs, [.. expected.Select(d => d.About.Value)]));

        await Walked<MyDuties.Row, Id<Duty>>(
            expected.Where(d => d.Holder == own.Id).Select(d => d.Id),
            async page => (await village.Get<MyDuties>().Run(new(Page: page), self, default)).Value, row => row.Id);
    }

    [Theory, EachDatabase]
    public async Task Points_come_once_each_though_all_bear_one_name(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var expected = await Filled(village, (area, _) => new Place(Id<Place>.New(village.Clock), area, PlaceKind.Point, "互助点"));

        await Walked<ListPoints.Row, Id<Place>>(
            expected.Select(p => p.Id), async page => (await village.Get<ListPoints>().Run(page, Actor.System(Village.X), default)).Value,
            row => row.Id);
        Assert.Equal(Many, (await village.Get<ListPoints>().All(Actor.System(Village.X), default)).Value.Count);
    }

    [Theory, EachDatabase]
    public async Task Looks_come_once_each_the_latest_first(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, now) = (await village.With("李大爷", PersonRoles.Elder), village.Clock.GetUtcNow());
        var looks = Enumerable.Range(0, Many).Select(second => new SensitiveLook(
            Id<SensitiveLook>.New(village.Clock), Village.X, li.Id, li.Id, now.AddSeconds(-second))).ToList();
        await village.Add([.. looks]);

        await Walked<WhoLooked.Line, DateTimeOffset>(
            looks.Select(l => l.At), async page => (await village.Get<WhoLooked>().Run(li.Id, page, village.House, default)).Value.Lines,
            line => line.At);
    }

    [Theory, EachDatabase]
    public async Task Objections_statements_and_imports_come_once_each(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (now, cadre) = (village.Clock.GetUtcNow(), Actor.System(Village.X));
        var credits = await Filled(village, (area, elder) => VisitCredit.Of(
            area, new(Id<Visit>.New(village.Clock).Value, elder, village.Today, 60), [100], new(480, 0, 6000, 0), "", now));
        var disputes = credits.Select(c => new HoursDispute(Id<HoursDispute>.New(village.Clock), c, DisputeReason.Other, now)).ToList();
        await village.Add([.. disputes]);
        var closes = await Filled(village, (area, elder) => MonthClose.Of(
            Id<MonthClose>.New(village.Clock), area, new(elder.Value), new(2026, 2, 1)).Submit([1], "", "", elder, now).Value);
        var imports = await Filled(village, (area, elder) => new RosterImport(
            Id<RosterImport>.New(village.Clock), area, new(1, 1, 0, 0, 0, 0), elder, now));

        await Walked<ListDisputes.Row, Id<HoursDispute>>(
            disputes.Select(d => d.Id), async page => (await village.Get<ListDisputes>().Run(page, cadre, default)).Value, row => row.Id);
        await Walked<ListStatements.Row, Id<MonthClose>>(
            closes.Select(c => c.Id), async page => (await village.Get<ListStatements>().Run(page, cadre, default)).Value, row => row.Id);
        await Walked<ListImports.Row, Id<RosterImport>>(
            imports.Select(i => i.Id), async page => (await village.Get<ListImports>().Run(page, cadre, default)).Value, row => row.Id);
    }

    [Theory, EachDatabase]
    public async Task Helpers_come_once_each(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var helpers = Enumerable.Range(0, Many).Select(_ => Someone(village, Village.X)).ToList();
        await village.Add([.. helpers, Someone(village, Village.Beside)]);

        await Walked<WhoHelps.Row, Id<Person>>(
            helpers.Select(h => h.Id), async page => (await village.Get<WhoHelps>().Run(page, Actor.System(Village.X), default)).Value,
            row => row.Id);
    }

    [Theory, EachDatabase]
    public async Task Emergencies_come_once_each_the_latest_first(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elders = Enumerable.Range(0, Many).Select(_ => Someone(village, Village.X)).ToList();
        var open = elders.Select((e, n) => Incident.Open(
            Id<Incident>.New(village.Clock), Village.X, e.Id, null, new(e.Id, village.Clock.GetUtcNow().AddMinutes(-n / 2)))).ToList();
        await village.Add([.. elders, .. open]);

        await Walked<ListIncidents.Row, Id<Incident>>(
            open.Select(i => i.Id), async page => (await village.Get<ListIncidents>().Run(page, Actor.System(Village.X), default)).Value,
            row => row.Id);
    }

    [Theory, EachDatabase]
    public async Task Warnings_come_once_each_and_none_of_the_next_village(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var heat = new Weather(WeatherKind.Heat, WarningLevel.Red, village.Today, village.Today);
        var expected = await Filled(village, (area, elder) => WeatherWarning.Declare(
            Id<WeatherWarning>.New(village.Clock), area, heat, new(elder, village.Clock.GetUtcNow()), longest: 14).Value);

        await Walked<ListWarnings.Row, Id<WeatherWarning>>(
            expected.Select(w => w.Id), async page => (await village.Get<ListWarnings>().Run(page, Actor.System(Village.X), default)).Value,
            row => row.Id);
    }

    [Theory, EachDatabase]
    public async Task Suspicions_come_once_each_though_thirty_bear_one_name_and_birthday(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var alike = Enumerable.Range(0, 30).Select(_ => Someone(village, Village.X)).ToList();
        await village.Add([.. alike]);

        await Walked<SuspectDuplicates.Row, (Id<Person>, Id<Person>)>(
            from one in alike from other in alike where one.Id.Value.CompareTo(other.Id.Value) < 0 select (one.Id, other.Id),
            async page => (await village.Get<SuspectDuplicates>().Run(null, page, Actor.System(Village.X), default)).Value,
            row => KeptApart.Ordered(row.One.Id, row.Other.Id));
    }

    /// <summary>As many in the village as fill two pages and more, and one in the village beside.</summary>
    private static async Task<List<T>> Filled<T>(Village village, Func<AreaCode, Id<Person>, T> make) where T : Entity
    {
        var made = Enumerable.Range(0, Many).Select(_ => make(Village.X, Id<Person>.New(village.Clock))).ToList();
        await village.Add([.. made, make(Village.Beside, Id<Person>.New(village.Clock))]);
        return made;
    }

    private static Person Someone(Village village, AreaCode area)
    {
        var person = new Person(Id<Person>.New(village.Clock), area, PersonNames.Of("王秀英"), Sex.Female, new(1950, 1, 1));
        person.Play(PersonRoles.Volunteer);
        person.Seal(village.Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    /// <summary>Turns every page twice: each row once, the same both times, and only the expected ones.</summary>
    private static async Task Walked<TRow, TKey>(IEnumerable<TKey> expected, Func<int, Task<Paged<TRow>>> page, Func<TRow, TKey> key)
    {
        var (first, second) = (await Walk(), await Walk());
        Assert.Equal(first, second);
        Assert.Equal(first.Count, first.Distinct().Count());
        Assert.Equal(expected.ToHashSet(), first.ToHashSet());

        async Task<List<TKey>> Walk()
        {
            var seen = new List<TKey>();
            for (var number = 1; ; number++)
            {
                var rows = await page(number);
                Assert.True(rows.HasMore ? rows.Count == Paging.Size : rows.Count <= Paging.Size);
                seen.AddRange(rows.Select(key));
                if (!rows.HasMore) return seen;
            }
        }
    }
}
