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

/// <summary>What happens asks for a visit besides the regular ones, and says why.</summary>
public sealed class ExtraVisitTests
{
    private static readonly AreaCode s_county = Village.X.At(AreaLevel.County);

    [Theory, EachDatabase]
    public async Task A_warning_of_the_county_makes_a_visit_due_in_the_village_within_a_day_and_climbs_when_nobody_comes(
        TestDatabase database)
    {
        await using var day = await Visited(database);
        _ = (await Declare(day, s_county)).Value;

        var due = await Row(day);
        Assert.Equal(
            (day.Village.Today.AddDays(1), DueState.Visited, VisitTrigger.Weather, WeatherKind.Heat, day.Village.Today.AddDays(2)),
            (due.Due, due.State, due.Extra?.Why, due.Extra?.Weather, due.Extra?.Until));
        Assert.Equal(0, (await day.Look()).Opened);

        day.Village.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((1, 0), Counts(await day.Look()));
        day.Village.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal((0, 1), Counts(await day.Look()));
        Assert.Equal(DutyRung.Understudy, (await day.Duty()).Rung);

        _ = (await day.Record(VisitOutcome.Done)).Value;
        Assert.Equal((DutyState.Done, null), ((await day.Duty()).State, (await Row(day)).Extra));

        static (int, int) Counts(WatchVisits.Receipt seen) => (seen.Opened, seen.Climbed);
    }

    [Theory, EachDatabase]
    public async Task Ending_a_warning_takes_back_what_it_asked_for_and_resuming_asks_again(TestDatabase database)
    {
        await using var day = await Visited(database);
        var (officer, warning) = (County(day), (await Declare(day, s_county)).Value.Id);
        day.Village.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await day.Look()).Opened);

        var id = day.NewId();
        var ends = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            _ => day.Village.Get<EndWarning>().Run(new(id, warning), officer, default)));
        Assert.All(ends, e => Assert.Equal(warning, e.Value.Id));
        Assert.Equal((1, null), ((await day.Look()).Dropped, (await Row(day)).Extra));
        var listed = Assert.Single((await day.Village.Get<ListWarnings>().Run(1, day.Volunteer, default)).Value);
        Assert.Equal((false, false, false, null), (listed.IsNow, listed.MayEnd, listed.MayResume, listed.AreaName));

        _ = (await day.Village.Get<ResumeWarning>().Run(new(day.NewId(), warning), officer, default)).Value;
        Assert.Equal((DueState.Overdue, VisitTrigger.Weather), ((await Row(day)).State, (await Row(day)).Extra?.Why));
        Assert.True(Assert.Single((await day.Village.Get<ListWarnings>().Run(1, officer, default)).Value).MayEnd);
    }

    [Theory, EachDatabase]
    public async Task The_village_beside_hears_nothing_of_a_warning_and_nobody_ends_one_of_an_area_above(TestDatabase database)
    {
        await using var day = await Visited(database);
        var township = day.Village.As(day.Officer, Role.TownshipOfficer);
        _ = (await Declare(day, Village.Beside)).Value;
        var warning = (await Declare(day, s_county)).Value.Id;

        Assert.Equal(warning, Assert.Single((await day.Village.Get<ListWarnings>().Run(1, day.Volunteer, default)).Value).Id);
        Assert.Equal("common.not-found", (await day.Village.Get<EndWarning>().Run(new(day.NewId(), warning), township, default))
            .Refusal?.Code);
        Assert.Equal("common.not-found", (await Declare(day, new(990102000000))).Refusal?.Code);
        Assert.Equal("common.not-found", (await Declare(day, s_county, by: township)).Refusal?.Code);
        Assert.Equal("common.forbidden", (await Declare(day, Village.X, by: day.Volunteer)).Refusal?.Code);
        Assert.Equal("care.warning-already", (await Declare(day, s_county)).Refusal?.Code);
        Assert.Equal("care.warning-not-found", (await day.Village.Get<EndWarning>().Run(
            new(day.NewId(), new(day.NewId())), County(day), default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Whoever_loses_a_spouse_is_owed_a_visit_until_the_death_is_taken_back(TestDatabase database)
    {
        await using var day = await Visited(database);
        var spouse = await day.Village.With("王大爷", PersonRoles.Elder);
        await day.Village.Add(new Relation(
            Id<Relation>.New(day.Village.Clock), Village.X, day.Elder.Id, spouse.Id, RelationKind.Spouse));
        var departure = new Id<Departure>(day.NewId());
        day.Village.Clock.Advance(TimeSpan.FromDays(1));
        _ = (await day.Village.Get<RecordDeparture>().Run(
            new(departure, spouse.Id, DepartureKind.Death, day.Village.Today), day.Village.House, default)).Value;

        var due = await Row(day);
        Assert.Equal((day.Village.Today.AddDays(1), VisitTrigger.Bereavement), (due.Due, due.Extra?.Why));

        _ = (await day.Village.Get<UndoDeparture>().Run(new(day.NewId(), departure), day.Village.House, default)).Value;
        Assert.Null((await Row(day)).Extra);
    }

    [Theory, EachDatabase]
    public async Task A_death_in_the_household_asks_for_a_visit_and_a_move_does_not(TestDatabase database)
    {
        await using var day = await Visited(database);
        var roof = new Household(Id<Household>.New(day.Village.Clock), Village.X, "1");
        var (son, wife, left) = (Under(day, roof, "李二"), Under(day, roof, "李三"), Under(day, roof, "李奶奶"));
        await day.Village.Add(roof, son, wife, left);
        await day.Village.Pair(left, day.Helper);
        var (depart, helper) = (day.Village.Get<RecordDeparture>(), day.Village.As(day.Helper, Role.Volunteer, left));

        _ = (await depart.Run(new(new(day.NewId()), wife.Id, DepartureKind.Move, day.Village.Today), day.Village.House, default)).Value;
        Assert.Null(Assert.Single((await day.Village.Get<DueVisits>().Run(helper, default)).Value.Rows).Extra);
        _ = (await depart.Run(new(new(day.NewId()), son.Id, DepartureKind.Death, day.Village.Today), day.Village.House, default)).Value;

        var row = Assert.Single((await day.Village.Get<DueVisits>().Run(helper, default)).Value.Rows);
        Assert.Equal((left.Id, VisitTrigger.Bereavement), (row.Elder, row.Extra?.Why));
    }

    [Theory, EachDatabase]
    public async Task An_emergency_asks_for_another_visit_and_puts_an_elder_who_lives_alone_in_the_red_class_for_a_while(
        TestDatabase database)
    {
        await using var day = await Visited(database);
        await day.Village.Learn(day.Elder, FactKind.Living, nameof(LivingSituation.LivingAlone), day.Village.Today.AddDays(-60));
        Assert.Equal(RiskClass.Yellow, (await Row(day)).Risk);
        _ = (await day.Village.Get<OpenIncident>().Run(new(day.NewId(), day.Elder.Id), day.Volunteer, default)).Value;

        var due = await Row(day);
        Assert.Equal((RiskClass.Red, RiskReason.AloneAndAlert, VisitTrigger.Alarm), (due.Risk, due.Reason, due.Extra?.Why));
        var cadre = day.Village.As(day.Cadre, Role.VillageCadre);
        Assert.Equal(RiskClass.Red, (await day.Village.Get<ShowPerson>().Run(day.Elder.Id, cadre, default)).Value.Risk?.Class);

        day.Village.Clock.Advance(TimeSpan.FromHours(1));
        _ = (await day.Record(VisitOutcome.Done)).Value;
        Assert.Equal((RiskClass.Red, null), ((await Row(day)).Risk, (await Row(day)).Extra));
        day.Village.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(RiskClass.Red, (await Row(day)).Risk);
        day.Village.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(RiskClass.Yellow, (await Row(day)).Risk);
    }

    [Theory, EachDatabase]
    public async Task A_false_alarm_asks_for_nothing(TestDatabase database)
    {
        await using var day = await Visited(database);
        await day.Village.Learn(day.Elder, FactKind.Living, nameof(LivingSituation.LivingAlone), day.Village.Today.AddDays(-60));
        var incident = (await day.Village.Get<OpenIncident>().Run(new(day.NewId(), day.Elder.Id), day.Volunteer, default)).Value.Id;

        _ = (await day.Village.Get<CloseIncident>().Run(
            new(day.NewId(), incident, IncidentResult.FalseAlarm), day.Volunteer, default)).Value;

        Assert.Equal((RiskClass.Yellow, null), ((await Row(day)).Risk, (await Row(day)).Extra));
    }

    [Theory, EachDatabase]
    public async Task Whoever_was_never_asked_whether_they_agree_to_visits_is_still_to_be_asked(TestDatabase database)
    {
        await using var day = await Visited(database);
        var cadre = day.Village.As(day.Cadre, Role.VillageCadre);

        var before = (await day.Village.Get<DueVisits>().Run(cadre, default)).Value;
        _ = (await day.Village.Get<GiveConsent>().Run(
            new(new(day.NewId()), day.Elder.Id, new(ConsentPurpose.Visits, ConsentMethod.Signed, null)), cadre, default)).Value;
        var after = (await day.Village.Get<DueVisits>().Run(cadre, default)).Value;

        Assert.Equal((1, true), (before.AskConsent, Assert.Single(before.Rows).AsksConsent));
        Assert.Equal((0, false), (after.AskConsent, Assert.Single(after.Rows).AsksConsent));
    }

    [Theory, EachDatabase]
    public async Task Who_is_registered_while_a_warning_stands_has_a_day_too_and_who_comes_after_it_is_owed_nothing(TestDatabase database)
    {
        await using var day = await Visited(database);
        _ = (await Declare(day, s_county)).Value;

        day.Village.Clock.Advance(TimeSpan.FromDays(2));
        var (during, tomorrow) = (await Registered(day, "王大娘"), day.Village.Today.AddDays(1));
        Assert.Equal((tomorrow, DueState.Later, VisitTrigger.Weather), await Owed(day, during));
        day.Village.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((tomorrow, DueState.Overdue, VisitTrigger.Weather), await Owed(day, during));
        Assert.Null((await Owed(day, await Registered(day, "孙大娘"))).Why);
    }

    [Theory, EachDatabase]
    public async Task An_emergency_longer_ago_than_the_rule_says_asks_for_nothing(TestDatabase database)
    {
        await using var day = await Visited(database);
        var days = day.Village.Get<Rulebook>().At(Village.X, day.Village.Today).Int("visits.red-alert-days");
        _ = (await day.Village.Get<OpenIncident>().Run(new(day.NewId(), day.Elder.Id), day.Volunteer, default)).Value;

        day.Village.Clock.Advance(TimeSpan.FromDays(days));
        Assert.Equal(VisitTrigger.Alarm, (await Row(day)).Extra?.Why);
        day.Village.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await Row(day)).Extra);
    }

    [Theory, EachDatabase]
    public async Task Below_orange_there_is_no_warning_that_asks_for_visits(TestDatabase database)
    {
        await using var day = await Visited(database);
        var blue = new Weather(WeatherKind.Heat, (WarningLevel)3, day.Village.Today, day.Village.Today);

        var refused = (await day.Village.Get<DeclareWarning>().Run(new(new(day.NewId()), s_county, blue), County(day), default)).Refusal;

        Assert.Equal((CommonRefusals.BadInput.Code, "level"), (refused?.Code, refused?.Field));
        Assert.Null((await Row(day)).Extra);
    }

    [Theory, EachDatabase]
    public async Task Where_the_rules_ask_for_no_consent_nobody_is_to_be_asked(TestDatabase database)
    {
        await using var day = await Visited(database);
        var book = day.Village.Get<Rulebook>();
        var (free, _) = book.With([.. book.Packages.Select(p => new RulePackage(
            p.Id, p.Version, p.Area, p.Title, p.File,
            [.. p.Parameters.Select(r => r.Id == "visits.consent-required" ? r with { Value = new RuleValue.Flag(false) } : r)]))]);

        var shown = (await new DueVisits(day.Village.Get<Workspace>(), free!).Run(day.Volunteer, default)).Value;

        Assert.Equal((0, false), (shown.AskConsent, Assert.Single(shown.Rows).AsksConsent));
    }

    /// <summary>An elder of whom the village learns today, with somebody who comes.</summary>
    private static async Task<Person> Registered(LadderDay day, string name)
    {
        var elder = await day.Village.With(name, PersonRoles.Elder);
        await day.Village.Learn(elder, FactKind.Living, nameof(LivingSituation.LivingAlone), day.Village.Today);
        await day.Village.Pair(elder, day.Helper, from: day.Village.Today);
        return elder;
    }

    private static async Task<(DateOnly Due, DueState State, VisitTrigger? Why)> Owed(LadderDay day, Person elder)
    {
        var helper = day.Village.As(day.Helper, Role.Volunteer, elder);
        var row = Assert.Single((await day.Village.Get<DueVisits>().Run(helper, default)).Value.Rows);
        return (row.Due, row.State, row.Extra?.Why);
    }

    /// <summary>A village whose elder was visited today, so that nothing regular is due tomorrow.</summary>
    private static async Task<LadderDay> Visited(TestDatabase database)
    {
        var day = await LadderDay.On(database);
        _ = (await day.Record(VisitOutcome.Done)).Value;
        day.Village.Clock.Advance(TimeSpan.FromMinutes(30));
        return day;
    }

    private static Person Under(LadderDay day, Household roof, string name)
    {
        var person = new Person(
            Id<Person>.New(day.Village.Clock), Village.X, PersonNames.Of(name), Sex.Female, day.Village.Today.AddYears(-70));
        person.Play(PersonRoles.Elder);
        person.LiveAt("一组", roof.Id);
        person.Seal(day.Village.Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    private static Actor County(LadderDay day) =>
        day.Village.As(day.Officer, Role.CountyOfficer) with { Scope = s_county };

    private static Task<Result<DeclareWarning.Receipt>> Declare(LadderDay day, AreaCode area, Actor? by = null) =>
        day.Village.Get<DeclareWarning>().Run(
            new(new(day.NewId()), area, new(WeatherKind.Heat, WarningLevel.Red, day.Village.Today, day.Village.Today.AddDays(2))),
            by ?? County(day), default);

    private static async Task<DueVisits.Row> Row(LadderDay day) =>
        Assert.Single((await day.Village.Get<DueVisits>().Run(day.Volunteer, default)).Value.Rows);
}
