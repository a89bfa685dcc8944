using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>Overdue visits climb until somebody goes.</summary>
public sealed class WatchVisitsTests
{
    [Theory, EachDatabase]
    public async Task An_overdue_visit_climbs_from_the_pair_to_the_understudy_the_point_the_village_and_the_township(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));

        Assert.Equal(
            [
                (DutyRung.Pair, day.Helper.Id), (DutyRung.Understudy, day.Understudy.Id), (DutyRung.Point, day.Manager.Id),
                (DutyRung.Village, day.Cadre.Id), (DutyRung.Township, day.Officer.Id), (DutyRung.Township, day.Officer.Id),
            ], await Rungs(day, 6, TimeSpan.FromHours(25)));
        var steps = (await day.Duty()).Steps.Select(s => s.What);
        Assert.Equal([DutyEvent.Opened, .. Enumerable.Repeat(DutyEvent.Climbed, 4)], steps);
        var seen = (await day.Village.Get<MyDuties>().Run(new(), day.Village.As(day.Officer, Role.TownshipOfficer), default)).Value;
        Assert.Equal((DutyRung.Township, true), (Assert.Single(seen).Rung, seen[0].IsMine));
    }

    [Theory, EachDatabase]
    public async Task Nothing_climbs_before_its_time(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));

        Assert.All(await Rungs(day, 6, TimeSpan.FromMinutes(287)), r => Assert.Equal(DutyRung.Pair, r.Item1));
        Assert.Equal(1, (await day.Look()).Climbed);
    }

    [Theory, EachDatabase]
    public async Task A_village_without_a_cadre_a_point_or_an_understudy_hands_it_to_the_township_where_it_is_seen(TestDatabase database)
    {
        await using var day = await LadderDay.On(database, bare: true);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));

        Assert.Equal(
            [(DutyRung.Pair, day.Helper.Id), (DutyRung.Township, day.Officer.Id), (DutyRung.Township, day.Officer.Id)],
            await Rungs(day, 3, TimeSpan.FromHours(25)));
        var officer = day.Village.As(day.Officer, Role.TownshipOfficer);
        Assert.Equal("李大娘", Assert.Single((await day.Village.Get<MyDuties>().Run(new(), officer, default)).Value).AboutName);
        Assert.Equal((1, 1), (await day.Village.Get<DutiesByArea>().Run(officer, default)).Value.Select(r => (r.Open, r.Climbed)).Single());
    }

    [Theory, EachDatabase]
    public async Task An_emergency_climbs_by_the_quarter_of_an_hour_until_its_sheet_is_closed(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        var manager = day.Village.As(day.Cadre, Role.VillageCadre);
        var sheet = (await day.Village.Get<OpenIncident>().Run(new(day.NewId(), day.Elder.Id), manager, default)).Value.Id;

        var rungs = await Rungs(day, 4, TimeSpan.FromMinutes(16), day.Climb);
        Assert.Equal([DutyRung.Pair, DutyRung.Understudy, DutyRung.Point, DutyRung.Village], rungs.Select(r => r.Item1));
        var duty = await day.Duty();
        Assert.Equal((DutyKind.Incident, sheet.Value), (duty.Kind, duty.Record!.Value));
        Assert.Equal("duties.ends-with-record",
            (await day.Village.Get<FinishDuty>().Run(new(day.NewId(), duty.Id), manager, default)).Refusal?.Code);

        _ = (await day.Village.Get<CloseIncident>().Run(new(day.NewId(), sheet, IncidentResult.Settled), manager, default)).Value;
        day.Village.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(DutyState.Done, (await day.Duty()).State);
        Assert.Equal(new ClimbDuties.Receipt(0, 0), await day.Climb());
    }

    [Theory, EachDatabase]
    public async Task An_emergency_nobody_could_be_given_is_taken_up_as_soon_as_there_is_an_office(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await village.With("李大娘", PersonRoles.Elder);
        _ = (await village.Get<OpenIncident>().Run(new(Id<Visit>.New(village.Clock).Value, elder.Id), village.House, default)).Value;
        Task<Result<ClimbDuties.Receipt>> Look() => village.Get<ClimbDuties>()
            .Run(new(Id<Visit>.New(village.Clock).Value, Village.X), village.House, default);
        Assert.Equal(0, (await Look()).Value.Opened);

        var county = Village.X.At(AreaLevel.County);
        var officer = await village.With("周科长", PersonRoles.Official, county);
        await village.Add(new Post(Id<Post>.New(village.Clock), officer.Id, Role.CountyOfficer, new(county), village.Today));

        Assert.Equal(1, (await Look()).Value.Opened);
        var mine = (await village.Get<MyDuties>().Run(new(), village.As(officer, Role.CountyOfficer), default)).Value;
        Assert.Equal(DutyRung.Township, Assert.Single(mine).Rung);
    }

    [Theory, EachDatabase]
    public async Task Looking_twelve_times_at_once_opens_one_duty_and_looking_again_changes_nothing(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));

        _ = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => day.Look()));
        var again = await day.Look();

        Assert.Equal(1, await day.Count(db => db.Duties));
        Assert.Equal((0, 0, 0), (again.Opened, again.Climbed, again.Dropped));
        Assert.Equal(1, await day.Count(db => db.Audit));
    }

    private static async Task<List<(DutyRung, Id<Person>)>> Rungs(LadderDay day, int times, TimeSpan every, Func<Task>? look = null)
    {
        var rungs = new List<(DutyRung, Id<Person>)>();
        for (var i = 0; i < times; i++)
        {
            await (look ?? day.Look)();
            var duty = await day.Duty();
            rungs.Add((duty.Rung, duty.Holder));
            day.Village.Clock.Advance(every);
        }

        return rungs;
    }

    [Theory, EachDatabase]
    public async Task A_visit_ends_the_duty_and_a_missed_door_does_not(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));
        _ = await day.Look();

        _ = (await day.Record(VisitOutcome.NobodyHome)).Value;
        Assert.Equal(DutyState.Open, (await day.Duty()).State);

        day.Village.Clock.Advance(TimeSpan.FromHours(1));
        _ = (await day.Record(VisitOutcome.Done)).Value;
        Assert.Equal(DutyState.Done, (await day.Duty()).State);
        Assert.Equal(0, (await day.Look()).Opened);
    }

    [Theory, EachDatabase]
    public async Task A_duty_goes_when_the_elder_is_not_at_home_any_more(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));
        _ = await day.Look();

        await day.Leave();

        Assert.Equal(1, (await day.Look()).Dropped);
        Assert.Equal(DutyState.Dropped, (await day.Duty()).State);
    }

    [Theory, EachDatabase]
    public async Task Whoever_stands_in_sees_the_duty_and_the_elder_and_ends_it(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        var other = await day.Village.With("王大姐", PersonRoles.Volunteer);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));
        _ = await day.Look();

        var named = (await day.Village.Get<NameStandIn>().Run(
            new(Id<StandIn>.New(day.Village.Clock), day.Helper.Id, other.Id, new(day.Village.Today, day.Village.Today.AddDays(7))),
            day.Volunteer, default)).Value;

        var standing = day.Village.As(other, Role.Volunteer);
        Assert.Equal(1, named.Duties);
        var mine = Assert.Single((await day.Village.Get<MyDuties>().Run(new(), standing, default)).Value);
        Assert.Equal(("李大娘", "王大姐", true), (mine.AboutName, mine.StandInName, mine.IsMine));
        Assert.Null((await day.Village.Get<FinishDuty>().Run(new(day.NewId(), mine.Id), standing, default)).Refusal);
        Assert.Equal(0, (await day.Look()).Opened);
    }

    [Theory, EachDatabase]
    public async Task A_duty_is_handed_over_once_by_its_holder_and_by_nobody_else(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        var other = await day.Village.With("王大姐", PersonRoles.Volunteer);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));
        _ = await day.Look();
        var (duty, hand) = (await day.Duty(), day.Village.Get<HandOverDuty>());
        var stranger = day.Village.As(other, Role.Volunteer, day.Elder);

        Assert.Equal("duties.not-yours", (await hand.Run(new(day.NewId(), duty.Id, other.Id), stranger, default)).Refusal?.Code);
        var id = day.NewId();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => hand.Run(new(id, duty.Id, other.Id), day.Volunteer, default)));

        Assert.All(answers, a => Assert.Equal(other.Id, a.Value.Holder));
        Assert.Equal(2, (await day.Duty()).Steps.Count);
    }

    [Theory, EachDatabase]
    public async Task Whoever_came_home_from_hospital_is_owed_a_visit_within_a_day_until_somebody_comes(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        _ = (await day.Record(VisitOutcome.Done)).Value;
        await day.Leave();
        day.Village.Clock.Advance(TimeSpan.FromDays(3));
        await day.ComeHome();

        var home = Assert.Single((await day.Village.Get<DueVisits>().Run(day.Volunteer, default)).Value.Rows);
        _ = (await day.Record(VisitOutcome.Done)).Value;
        var seen = Assert.Single((await day.Village.Get<DueVisits>().Run(day.Volunteer, default)).Value.Rows);

        Assert.Equal((day.Village.Today.AddDays(1), DueState.Later, VisitTrigger.HomeFromHospital),
            (home.Due, home.State, home.Extra?.Why));
        Assert.Equal((DueState.Visited, null), (seen.State, seen.Extra));
    }

    [Theory, EachDatabase]
    public async Task Today_says_who_is_overdue_due_visited_and_away(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        var due = day.Village.Get<DueVisits>();
        Assert.Equal(DueState.Today, Assert.Single((await due.Run(day.Volunteer, default)).Value.Rows).State);

        day.Village.Clock.Advance(TimeSpan.FromDays(60));
        var late = Assert.Single((await due.Run(day.Volunteer, default)).Value.Rows);
        Assert.Equal((DueState.Overdue, 60, RiskClass.Green), (late.State, late.DaysLate, late.Risk));

        _ = (await day.Record(VisitOutcome.Done)).Value;
        var cadre = day.Village.As(day.Cadre, Role.VillageCadre);
        Assert.Equal((0, 0, 1), Counts((await due.Run(cadre, default)).Value));

        await day.Leave();
        Assert.Equal(1, (await due.Run(cadre, default)).Value.Away);
        Assert.Equal("care.too-wide", (await due.Run(day.Village.House with { Role = Role.CountyOfficer }, default)).Refusal?.Code);

        static (int, int, int) Counts(DueVisits.View view) => (view.Overdue, view.Today, view.Visited);
    }
}
