using Shouwang.Application.Areas;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A weather warning goes on counting when one area takes the place of another: for both codes, whichever it was declared for.
/// </summary>
public sealed class WarningAreaTests
{
    private static readonly AreaCode s_far = new(990102100201);

    [Theory, EachDatabase]
    public async Task A_warning_for_a_village_counts_for_the_one_that_takes_its_place_and_is_listed_there(TestDatabase database)
    {
        await using var day = await Visited(database);
        var moved = await day.Village.With("孙大娘", PersonRoles.Elder, Village.Beside);
        var warning = (await Declare(day, Village.Beside, WeatherKind.Heat)).Value.Id;
        Assert.Null(await Owed(day, day.Elder));

        var cadre = await Merge(day, Village.Beside);

        Assert.Equal([WeatherKind.Heat, WeatherKind.Heat], [await Owed(day, day.Elder), await Owed(day, moved)]);
        var listed = Assert.Single((await day.Village.Get<ListWarnings>().Run(1, cadre, default)).Value);
        Assert.Equal((warning, "东村", true), (listed.Id, listed.AreaName, listed.IsNow));
        day.Village.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await day.Look()).Opened);

        var officer = day.Village.As(day.Officer, Role.TownshipOfficer);
        Assert.Null((await day.Village.Get<EndWarning>().Run(new(day.NewId(), warning), officer, default)).Refusal);
        Assert.Equal(1, (await day.Look()).Dropped);
    }

    [Theory, EachDatabase]
    public async Task A_warning_for_the_new_village_counts_for_those_who_are_entered_under_the_old_one(TestDatabase database)
    {
        await using var day = await Visited(database);
        var moved = await day.Village.With("孙大娘", PersonRoles.Elder, Village.Beside);
        _ = await Merge(day, Village.Beside);
        _ = (await Declare(day, Village.X, WeatherKind.Icing)).Value;

        Assert.Equal([WeatherKind.Icing, WeatherKind.Icing], [await Owed(day, day.Elder), await Owed(day, moved)]);
    }

    [Theory, EachDatabase]
    public async Task A_village_from_another_county_brings_its_own_warnings_and_not_those_of_its_old_county(TestDatabase database)
    {
        await using var day = await Visited(database);
        var moved = await day.Village.With("孙大娘", PersonRoles.Elder, s_far);
        _ = (await Declare(day, s_far, WeatherKind.Flood)).Value;
        _ = (await Declare(day, s_far.At(AreaLevel.County), WeatherKind.Haze)).Value;
        Assert.Null(await Owed(day, day.Elder));

        _ = await Merge(day, s_far);

        Assert.Equal(WeatherKind.Flood, await Owed(day, day.Elder));
        day.Village.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await day.Look()).Opened);
        _ = (await day.Record(VisitOutcome.Done)).Value;
        Assert.Null(await Owed(day, day.Elder));
        Assert.NotNull(await Owed(day, moved));
    }

    /// <summary>X takes the place of a village today; who works for X then covers both.</summary>
    private static async Task<Actor> Merge(LadderDay day, AreaCode ended)
    {
        await day.Village.Add(
            Area.Enter(Village.X, "X村", new(2020, 1, 1)).Value, Area.Enter(ended, "东村", new(2020, 1, 1)).Value);
        var replaced = await day.Village.Get<ReplaceArea>().Run(
            new(day.NewId(), ended, day.Village.Today, [Village.X]), Actor.System(AreaCode.Nation), default);
        Assert.Null(replaced.Refusal);
        return day.Village.As(day.Cadre, Role.VillageCadre) with
        {
            Predecessors = await day.Village.Get<FindPredecessors>().Run(Village.X, default),
        };
    }

    private static async Task<LadderDay> Visited(TestDatabase database)
    {
        var day = await LadderDay.On(database);
        _ = (await day.Record(VisitOutcome.Done)).Value;
        day.Village.Clock.Advance(TimeSpan.FromMinutes(30));
        return day;
    }

    private static Task<Result<DeclareWarning.Receipt>> Declare(LadderDay day, AreaCode area, WeatherKind kind) =>
        day.Village.Get<DeclareWarning>().Run(
            new(new(day.NewId()), area, new(kind, WarningLevel.Orange, day.Village.Today, day.Village.Today.AddDays(3))),
            day.Village.As(day.Officer, Role.CountyOfficer) with { Scope = AreaCode.Nation }, default);

    /// <summary>Of what the weather brings an elder is owed a visit for, as the one who comes to them sees it.</summary>
    private static async Task<WeatherKind?> Owed(LadderDay day, Person elder)
    {
        var helper = day.Village.As(day.Helper, Role.Volunteer, elder) with { Scope = elder.Area };
        return Assert.Single((await day.Village.Get<DueVisits>().Run(helper, default)).Value.Rows).Extra?.Weather;
    }
}
