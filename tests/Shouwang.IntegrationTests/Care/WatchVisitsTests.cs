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
    public async Task An_overdue_visit_climbs_from_the_pair_to_the_point_the_village_and_the_township(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));

        var rungs = new List<(DutyRung, Id<Person>)>();
        for (var i = 0; i < 6; i++)
        {
            _ = await day.Look();
            var duty = await day.Duty();
            rungs.Add((duty.Rung, duty.Holder));
            day.Village.Clock.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal(
            [
                (DutyRung.Pair, day.Helper.Id), (DutyRung.Point, day.Manager.Id), (DutyRung.Village, day.Cadre.Id),
                (DutyRung.Township, day.Officer.Id), (DutyRung.Township, day.Officer.Id), (DutyRung.Township, day.Officer.Id),
            ], rungs);
        var steps = (await day.Duty()).Steps.Select(s => s.What);
        Assert.Equal([DutyEvent.Opened, DutyEvent.Climbed, DutyEvent.Climbed, DutyEvent.Climbed], steps);
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

/// <summary>A village with everyone an overdue visit can climb to.</summary>
internal sealed class LadderDay : IAsyncDisposable
{
    private LadderDay(Village village) => Village = village;

    public Village Village { get; }

    public Person Elder { get; private set; } = null!;

    public Person Helper { get; private set; } = null!;

    public Person Manager { get; private set; } = null!;

    public Person Cadre { get; private set; } = null!;

    public Person Officer { get; private set; } = null!;

    public Actor Volunteer => Village.As(Helper, Role.Volunteer, Elder);

    public static async Task<LadderDay> On(TestDatabase database)
    {
        var village = await Village.On(database);
        var day = new LadderDay(village)
        {
            Elder = await village.With("李大娘", PersonRoles.Elder, age: 67), Helper = await village.With("张秀英", PersonRoles.Volunteer),
            Manager = await village.With("刘点长", PersonRoles.Volunteer), Cadre = await village.With("赵主任", PersonRoles.Official),
            Officer = await village.With("孙科员", PersonRoles.Official, Village.X.Parent),
        };
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "李家互助点");
        point.Join(day.Manager.Id, MemberPart.Manager, village.Today);
        await village.Add(
            point, new Post(Id<Post>.New(village.Clock), day.Cadre.Id, Role.VillageCadre, new(Village.X), village.Today),
            new Post(Id<Post>.New(village.Clock), day.Officer.Id, Role.TownshipOfficer, new(Village.X.Parent), village.Today));
        await village.Pair(day.Elder, day.Helper, point, village.Today.AddDays(-30));
        return day;
    }

    public Guid NewId() => Id<Visit>.New(Village.Clock).Value;

    public async Task<WatchVisits.Receipt> Look() =>
        (await Village.Get<WatchVisits>().Run(new(NewId(), Village.X), Village.House, default)).Value;

    public Task<Duty> Duty() => Village.Get<Workspace>().Read(Village.House, db => db.Duties.SingleAsync());

    public Task<int> Count<T>(Func<ShouwangDb, IQueryable<T>> rows) =>
        Village.Get<Workspace>().Read(Village.House, db => rows(db).CountAsync());

    public Task<Result<RecordVisit.Receipt>> Record(VisitOutcome outcome) => Village.Get<RecordVisit>().Run(
        new(Id<Visit>.New(Village.Clock), Elder.Id, Helper.Id, Village.Clock.GetUtcNow().AddMinutes(-20), Village.Clock.GetUtcNow(),
            CareDay.Well with { Outcome = outcome }), Volunteer, default);

    /// <summary>The elder goes to hospital today.</summary>
    public Task Leave() => Village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Village.House);
            var elder = await unit.Db.People.SingleAsync(p => p.Id == Elder.Id);
            elder.Learn(FactKind.Absence, Absence.Hospital, Village.Today, unit.Now);
            await unit.Save(default);
            return new(true, true);
        },
        default);

    public ValueTask DisposeAsync() => Village.DisposeAsync();
}
