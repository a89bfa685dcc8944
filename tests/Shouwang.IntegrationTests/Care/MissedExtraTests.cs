using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>An extra visit nobody came for is overdue like any other, and climbs until somebody goes.</summary>
public sealed class MissedExtraTests
{
    [Theory, EachDatabase]
    public async Task A_festival_on_which_nobody_came_climbs_from_the_next_day_on(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        await Visit(day, new(2026, 6, 14));

        await Until(day, new(2026, 6, 19));
        Assert.Equal((DueState.Today, VisitTrigger.Festival, "dragon-boat-festival"), await Owed(day));
        Assert.Equal(0, (await day.Look()).Opened);
        await Until(day, new(2026, 6, 20));
        await Climbs(day, VisitTrigger.Festival);
    }

    [Theory, EachDatabase]
    public async Task A_bereaved_elder_nobody_came_to_climbs_until_the_death_is_taken_back(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        await Visit(day, day.Village.Today);
        var death = await SpouseDies(day);

        Assert.Equal(0, (await day.Look()).Opened);
        await Until(day, day.Village.Today.AddDays(2));
        await Climbs(day, VisitTrigger.Bereavement, settle: false);

        _ = (await day.Village.Get<UndoDeparture>().Run(new(day.NewId(), death), day.Village.House, default)).Value;
        Assert.Equal((1, DutyState.Dropped), ((await day.Look()).Dropped, (await Overdue(day)).State));
    }

    [Theory, EachDatabase]
    public async Task After_an_emergency_a_second_look_nobody_took_climbs(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        await Visit(day, day.Village.Today);
        await Alarm(day);

        Assert.Equal(0, (await day.Look()).Opened);
        await Until(day, day.Village.Today.AddDays(2));
        await Climbs(day, VisitTrigger.Alarm);
    }

    [Theory, EachDatabase]
    public async Task One_visit_settles_all_that_is_owed_at_once(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        await Visit(day, new(2026, 6, 14));
        await Until(day, new(2026, 6, 17));
        _ = await SpouseDies(day);
        await Alarm(day);
        _ = (await day.Village.Get<DeclareWarning>().Run(
            new(new(day.NewId()), Village.X, new(WeatherKind.Heat, WarningLevel.Red, day.Village.Today, day.Village.Today.AddDays(4))),
            day.Village.As(day.Officer, Role.TownshipOfficer), default)).Value;
        await Until(day, new(2026, 6, 20));

        VisitTrigger[] every = [VisitTrigger.Weather, VisitTrigger.Festival, VisitTrigger.Bereavement, VisitTrigger.Alarm];
        Assert.Equal(every, (await Extras(day)).Order());
        Assert.Equal(1, (await day.Look()).Opened);

        _ = (await day.Record(VisitOutcome.Done)).Value;
        Assert.Empty(await Extras(day));
        Assert.Equal(DutyState.Done, (await Overdue(day)).State);
        await Until(day, new(2026, 6, 22));
        Assert.Equal((0, 0), ((await day.Look()).Opened, (await day.Look()).Dropped));
    }

    /// <summary>From rung to rung, a day on each, as the rules say; a visit ends it.</summary>
    private static async Task Climbs(LadderDay day, VisitTrigger why, bool settle = true)
    {
        var rungs = new List<(DutyRung, Id<Person>)>();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(i == 0 ? (1, 0) : (0, 1), await day.Look() is var seen ? (seen.Opened, seen.Climbed) : default);
            rungs.Add(await Overdue(day) is var duty ? (duty.Rung, duty.Holder) : default);
            Assert.Equal((DueState.Overdue, why), ((await Owed(day)).State, (await Owed(day)).Why));
            day.Village.Clock.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal(
            [
                (DutyRung.Pair, day.Helper.Id), (DutyRung.Understudy, day.Understudy.Id), (DutyRung.Point, day.Manager.Id),
                (DutyRung.Village, day.Cadre.Id), (DutyRung.Township, day.Officer.Id),
            ], rungs);
        if (!settle) return;
        _ = (await day.Record(VisitOutcome.Done)).Value;
        Assert.Equal((DutyState.Done, null), ((await Overdue(day)).State, (await Owed(day)).Why));
    }

    private static async Task Visit(LadderDay day, DateOnly on)
    {
        await Until(day, on);
        _ = (await day.Record(VisitOutcome.Done)).Value;
        day.Village.Clock.Advance(TimeSpan.FromMinutes(30));
    }

    /// <summary>Nine in the morning of a day; later on the same day the clock stays.</summary>
    private static Task Until(LadderDay day, DateOnly on)
    {
        var nine = Days.Start(on).AddHours(9);
        if (nine > day.Village.Clock.GetUtcNow()) day.Village.Clock.SetUtcNow(nine);
        return Task.CompletedTask;
    }

    private static async Task<Id<Departure>> SpouseDies(LadderDay day)
    {
        var (spouse, departure) = (await day.Village.With("王大爷", PersonRoles.Elder), new Id<Departure>(day.NewId()));
        await day.Village.Add(new Relation(
            Id<Relation>.New(day.Village.Clock), Village.X, day.Elder.Id, spouse.Id, RelationKind.Spouse));
        day.Village.Clock.Advance(TimeSpan.FromDays(1));
        _ = (await day.Village.Get<RecordDeparture>().Run(
            new(departure, spouse.Id, DepartureKind.Death, day.Village.Today), day.Village.House, default)).Value;
        return departure;
    }

    /// <summary>An emergency that was seen to on the spot.</summary>
    private static async Task Alarm(LadderDay day)
    {
        var incident = (await day.Village.Get<OpenIncident>().Run(new(day.NewId(), day.Elder.Id), day.Volunteer, default)).Value.Id;
        _ = (await day.Village.Get<CloseIncident>().Run(
            new(day.NewId(), incident, IncidentResult.Settled), day.Volunteer, default)).Value;
    }

    private static Task<Duty> Overdue(LadderDay day) => day.Village.Get<Workspace>().Read(
        day.Village.House, db => db.Duties.SingleAsync(d => d.Kind == DutyKind.OverdueVisit));

    private static async Task<(DueState State, VisitTrigger? Why, string? Festival)> Owed(LadderDay day)
    {
        var row = Assert.Single((await day.Village.Get<DueVisits>().Run(day.Volunteer, default)).Value.Rows);
        return (row.State, row.Extra?.Why, row.Extra?.Festival);
    }

    private static async Task<List<VisitTrigger>> Extras(LadderDay day)
    {
        var found = await day.Village.Get<Workspace>().Read(day.Volunteer, db => DueBook.Of(
            db, db.People.Where(p => p.Id == day.Elder.Id), day.Village.Get<Rulebook>(), day.Village.Today, default));
        return [.. Assert.Single(found).Last.Extras.Select(e => e.Why)];
    }
}
