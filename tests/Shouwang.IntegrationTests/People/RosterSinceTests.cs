using System.Text;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>What a roster says holds since a day, and what it changes leaves its history.</summary>
public sealed class RosterSinceTests
{
    private const string Head = "姓名,性别,出生日期,身份证号,人员类别,村民组,户号,居住状况,互助点\n";
    private const string Wang = "王秀英,女,1945-03-02,99010119450302002X,老年人,一组,12,独居,村东互助点\n";
    private static readonly DateOnly s_february = new(2026, 2, 1);

    [Theory, EachDatabase]
    public async Task What_it_says_holds_since_the_day_it_carries(TestDatabase database)
    {
        await using var village = await Prepared(database);

        _ = (await Import(village, Head + Wang, s_february)).Value;

        var wang = await WangOf(village);
        Assert.All(new[] { FactKind.Group, FactKind.Household, FactKind.Living },
            kind => Assert.Equal(s_february, wang.StandingOn(kind, village.Today)!.From));
        Assert.Equal([wang.Id], (await Point(village, "村东互助点")).On(s_february, MemberPart.Elder));
    }

    [Theory, EachDatabase]
    public async Task Without_a_day_it_holds_from_today_and_a_day_ahead_is_refused(TestDatabase database)
    {
        await using var village = await Prepared(database);

        Assert.Equal("roster.since-ahead", (await Import(village, Head + Wang, village.Today.AddDays(1))).Refusal?.Code);
        _ = (await Import(village, Head + Wang, null)).Value;

        Assert.Empty((await Point(village, "村东互助点")).On(village.Today.AddDays(-1), MemberPart.Elder));
        Assert.Equal(village.Today, (await WangOf(village)).StandingOn(FactKind.Group, village.Today)!.From);
    }

    [Theory, EachDatabase]
    public async Task A_move_inside_the_village_leaves_its_history(TestDatabase database)
    {
        await using var village = await Prepared(database);
        _ = (await Import(village, Head + Wang, s_february)).Value;
        var moved = Head + Wang.Replace("一组,12", "二组,31").Replace("村东", "村西");
        var march = new DateOnly(2026, 3, 1);

        Assert.Equal(1, (await Import(village, moved, march)).Value.Changed);
        Assert.Equal(1, (await Import(village, moved, march)).Value.Unchanged);

        var wang = await WangOf(village);
        Assert.Equal(("一组", "二组"), (wang.FactOn(FactKind.Group, march.AddDays(-1)), wang.FactOn(FactKind.Group, march)));
        Assert.Equal(("12", "31"), (wang.FactOn(FactKind.Household, march.AddDays(-1)), wang.FactOn(FactKind.Household, march)));
        Assert.Equal("二组", wang.Group);
        Assert.Equal((1, 0), await Elders(village, march.AddDays(-1)));
        Assert.Equal((0, 1), await Elders(village, march));
    }

    [Theory, EachDatabase]
    public async Task A_day_before_what_is_known_changes_nothing_of_the_time_before_it(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var march = new DateOnly(2026, 3, 1);
        _ = (await Import(village, Head + Wang, march)).Value;
        var moved = Head + Wang.Replace("一组,12,独居", "二组,31,空巢").Replace("村东", "村西");

        _ = (await Import(village, moved, s_february)).Value;

        Assert.Equal(1, (await Import(village, moved, s_february)).Value.Unchanged);
        var wang = await WangOf(village);
        Assert.Equal((null, "二组"), (wang.FactOn(FactKind.Group, march.AddDays(-1)), wang.FactOn(FactKind.Group, march)));
        Assert.Equal("EmptyNest", wang.FactOn(FactKind.Living, village.Today));
        Assert.Equal((0, 1), await Elders(village, village.Today));
    }

    [Theory, EachDatabase]
    public async Task The_day_travels_with_a_roster_that_is_handed_in(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await SampleFiles.ImportAreas(house.Services, default);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var upload = house.NewId();

        Assert.Equal(200, await house.StatusOf(HttpMethod.Put,
            $"/api/v1/villages/{Village.X}/roster-uploads/{upload}?since=2026-02-01", cadre, Encoding.UTF8.GetBytes(Head + Wang)));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/roster-uploads/{upload}/entry", cadre));

        var points = await house.Get<Workspace>().Read(Actor.System(Village.X), db => Task.FromResult(db.Places.ToList()));
        Assert.Single(Assert.Single(points).On(s_february, MemberPart.Elder));
    }

    private static async Task<(int East, int West)> Elders(Village village, DateOnly day) =>
        ((await Point(village, "村东互助点")).On(day, MemberPart.Elder).Count(),
            (await Point(village, "村西互助点")).On(day, MemberPart.Elder).Count());

    private static async Task<Place> Point(Village village, string name)
    {
        var id = (await village.Get<ListPoints>().Run(1, village.House, default)).Value.Single(p => p.Name == name).Id;
        return await village.Get<Workspace>().Read(village.House, db => Task.FromResult(db.Places.Single(p => p.Id == id)));
    }

    private static Task<Person> WangOf(Village village) =>
        village.Get<Workspace>().Read(village.House, db => Task.FromResult(db.People.Single(p => p.Name == "王秀英")));

    private static async Task<Result<ImportRoster.Receipt>> Import(Village village, string text, DateOnly? since)
    {
        var import = village.Get<ImportRoster>();
        var read = import.Read(Id<RosterImport>.New(village.Clock).Value, Village.X, new MemoryStream(Encoding.UTF8.GetBytes(text))).Value;
        village.Clock.Advance(TimeSpan.FromMinutes(1));
        return await import.Run(read with { Since = since }, village.House, default);
    }

    private static async Task<Village> Prepared(TestDatabase database)
    {
        var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        return village;
    }
}
