using System.Globalization;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.Places;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A month of one point: recorded, confirmed, closed, taken, and what comes in late.</summary>
public sealed class StatementTests
{
    private static readonly DateOnly s_march = new(2026, 3, 1);
    private static readonly DateOnly s_april = new(2026, 4, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_month_closed_on_both_databases_stores_the_same_bytes()
    {
        var hashes = new List<string>();
        foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.Postgres })
        {
            await using var database = await TestDatabase.Create(kind, Ct);
            await using var village = await Village.On(database);
            var month = await Month.In(village);
            hashes.Add((await month.Close(s_march)).Hash);
            hashes.Add((await month.Close(s_march, StatementSubject.Of(Village.X))).Hash);
            Assert.True((await village.Get<VerifyLedger>().Run(village.House, Ct)).Value.IsSound);
        }

        Assert.Equal(hashes[0], hashes[2]);
        Assert.Equal(hashes[1], hashes[3]);
        Assert.NotEqual(hashes[0], hashes[1]);
    }

    [Theory, EachDatabase]
    public async Task A_closed_month_worked_out_again_after_a_rule_change_gives_the_same_bytes(TestDatabase database)
    {
        Month month;
        await using (var village = await Village.On(database))
        {
            month = await Month.In(village);
            _ = await month.Close(s_march);
        }

        Directory.CreateDirectory(Path.Combine(database.Folder, "rules"));
        foreach (var (name, text) in Rules()) await File.WriteAllTextAsync(Path.Combine(database.Folder, "rules", name), text, Ct);
        await using var changed = await Village.On(database);
        changed.Clock.SetUtcNow(month.ClosedAt);

        var sheet = await Month.Sheet(changed, month.Point, s_march);

        Assert.Null(sheet.Now);
        Assert.Equal((2, 2), (sheet.Shown.Elders, sheet.Shown.VisitedElders));
    }

    [Theory, EachDatabase]
    public async Task An_elder_who_is_registered_later_is_in_no_earlier_months_list(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        _ = await month.Close(s_march, StatementSubject.Of(Village.X));
        village.Clock.Advance(TimeSpan.FromDays(3));
        var newcomer = await village.With("周桂香", PersonRoles.Elder, age: 81);
        await village.Learn(newcomer, FactKind.Residence, nameof(Residence.Here), village.Today);

        var statement = village.Get<MonthStatement>();
        var march = (await statement.Run(new(StatementSubject.Of(Village.X), s_march), village.House, Ct)).Value;
        var april = (await statement.Run(new(StatementSubject.Of(Village.X), s_april), village.House, Ct)).Value;

        Assert.Equal((null, 3, 4), (march.Now, march.Shown.Elders, april.Shown.Elders));
    }

    [Theory, EachDatabase]
    public async Task A_late_paper_visit_leaves_the_closed_month_alone_and_appears_as_a_supplement(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        var closed = await month.Close(s_march);
        village.Clock.Advance(TimeSpan.FromDays(3));

        await month.Visit(0, new(2026, 3, 20), 40);

        var (march, april) = (await Month.Sheet(village, month.Point, s_march), await Month.Sheet(village, month.Point, s_april));
        Assert.Equal((closed.Hash, closed.Visits), (march.Hash, march.Shown.Visits));
        Assert.Equal((closed.Visits + 1, closed.Credited + 40), (march.Now!.Visits, march.Now.Credited));
        Assert.Equal(new StatementContent.Supplement("2026-03", 1, 40, 1, 40), Assert.Single(april.Shown.Supplements));
        Assert.Equal(0, april.Shown.Visits);
    }

    [Theory, EachDatabase]
    public async Task Elders_of_a_point_count_there_whoever_went_and_wherever_their_pair_was_made(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        var unpaired = await village.With("孙秀英", PersonRoles.Elder, age: 88);
        var cadre = await village.With("钱进", PersonRoles.Official, age: 45);
        foreach (var elder in new[] { unpaired, month.Elders[2] })
        {
            var join = new MoveMember.Command(
                Id<Visit>.New(village.Clock).Value, month.Point, elder.Id, MemberPart.Elder, new(2026, 3, 9));
            _ = (await village.Get<MoveMember>().Run(join, village.House, Ct)).Value;
        }

        await month.Call(unpaired, cadre, new(2026, 3, 4), village.As(cadre, Role.VillageCadre));
        await month.Visit(2, new(2026, 3, 12), 20);

        var shown = (await Month.Sheet(village, month.Point, s_march)).Shown;
        Assert.Equal((4, 4, 5), (shown.Elders, shown.VisitedElders, shown.Visits));
        var due = await village.Get<ElderSheets>().Run(new(null, month.Point), village.House, Ct);
        Assert.Contains(due.Value, sheet => sheet.Elder == unpaired.Id);
    }

    [Theory, EachDatabase]
    public async Task The_monthly_rate_counts_each_elder_once_and_refusals_and_hospital_days_apart(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        await month.Visit(1, new(2026, 3, 12), 5, VisitOutcome.Refused);

        var shown = (await Month.Sheet(village, month.Point, s_march)).Shown;

        Assert.Equal((2, 2, 10_000, 100), (shown.Elders, shown.VisitedElders, shown.VisitRate, shown.VisitTarget));
        Assert.Equal((1, 1, 0), (shown.Targets, shown.VisitedTargets, shown.RefusedTargets));
        Assert.Equal(1, shown.Outcomes.Single(o => o.Kind == "Refused").Visits);
        Assert.Equal(3, shown.HospitalDays);
        Assert.Equal(shown.Visits, shown.Ways.Sum(w => w.Visits));
    }

    [Theory, EachDatabase]
    public async Task The_rate_is_of_the_six_kinds_as_they_were_on_the_last_day_and_refusals_stand_beside_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        village.Clock.SetUtcNow(new(2026, 4, 20, 1, 0, 0, TimeSpan.Zero));
        await village.Learn(month.Elders[1], FactKind.Living, nameof(LivingSituation.EmptyNest), new(2026, 4, 10));
        await month.Visit(0, new(2026, 4, 2), 30);
        await month.Visit(1, new(2026, 4, 12), 5, VisitOutcome.Refused);

        var (march, april) = (await Month.Sheet(village, month.Point, s_march), await Month.Sheet(village, month.Point, s_april));

        Assert.Equal((1, 10_000), (march.Shown.Targets, march.Shown.VisitRate));
        Assert.Equal((2, 1, 1, 5_000),
            (april.Shown.Targets, april.Shown.VisitedTargets, april.Shown.RefusedTargets, april.Shown.VisitRate));
    }

    [Theory, EachDatabase]
    public async Task A_month_that_has_not_begun_has_no_statement(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);

        var ahead = await village.Get<MonthStatement>().Run(new(StatementSubject.Of(month.Point), s_april), village.House, Ct);

        Assert.Equal(StatementRefusals.MonthAhead, ahead.Refusal);
        Assert.Equal(StatementRefusals.MonthNotOver, (await month.Submit(s_april)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task A_corrected_visit_counts_as_corrected_and_only_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        var before = (await Month.Sheet(village, month.Point, s_march)).Shown;

        await month.WrongThenRight(new(2026, 3, 14), 60, 20);

        var after = (await Month.Sheet(village, month.Point, s_march)).Shown;
        Assert.Equal((before.Visits + 1, before.Minutes + 20), (after.Visits, after.Minutes));
    }

    [Theory, EachDatabase]
    public async Task Of_a_correction_after_the_close_only_the_difference_is_a_supplement(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        village.Clock.SetUtcNow(new(2026, 3, 30, 1, 0, 0, TimeSpan.Zero));
        var wrong = await month.Wrong(new(2026, 3, 28), 60);
        var closed = await month.Close(s_march);
        village.Clock.Advance(TimeSpan.FromHours(1));

        await month.Right(wrong, new(2026, 3, 28), 20);

        var (march, april) = (await Month.Sheet(village, month.Point, s_march), await Month.Sheet(village, month.Point, s_april));
        Assert.Equal((closed.Hash, march.Shown.Visits), (march.Hash, march.Now!.Visits));
        Assert.Equal(march.Shown.Minutes - 40, march.Now.Minutes);
        Assert.Equal(new StatementContent.Supplement("2026-03", 0, -40, 0, 0), Assert.Single(april.Shown.Supplements));
    }

    [Theory, EachDatabase]
    public async Task Of_a_confirmed_visit_put_right_after_the_close_what_was_taken_back_and_credited_anew_is_a_supplement(
        TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        village.Clock.SetUtcNow(new(2026, 3, 30, 1, 0, 0, TimeSpan.Zero));
        var wrong = await month.Wrong(new(2026, 3, 28), 60);
        await month.Confirm(wrong);
        var closed = await month.Close(s_march);
        village.Clock.Advance(TimeSpan.FromHours(1));

        var right = await month.Right(wrong, new(2026, 3, 28), 20, village.House);

        var march = await Month.Sheet(village, month.Point, s_march);
        Assert.Equal((closed.Hash, closed.Credited, closed.Credited - 60), (march.Hash, march.Shown.Credited, march.Now!.Credited));
        Assert.Equal(march.Shown.Verified - 1, march.Now.Verified);
        var april = await Month.Sheet(village, month.Point, s_april);
        Assert.Equal(new StatementContent.Supplement("2026-03", 0, -40, -1, -60), Assert.Single(april.Shown.Supplements));

        await month.Confirm(right);
        april = await Month.Sheet(village, month.Point, s_april);
        Assert.Equal(new StatementContent.Supplement("2026-03", 0, -40, 0, -40), Assert.Single(april.Shown.Supplements));
        Assert.Equal(0, april.Shown.Credited);
    }

    [Theory, EachDatabase]
    public async Task Emergency_sheets_are_counted_apart_from_visits_with_urgent_findings(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        foreach (var elder in month.Elders)
        {
            _ = (await village.Get<OpenIncident>().Run(new(Id<Visit>.New(village.Clock).Value, elder.Id), village.House, Ct)).Value;
            village.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var first = (await village.Get<ListIncidents>().Run(1, village.House, Ct)).Value[^1];
        var close = new CloseIncident.Command(Id<Visit>.New(village.Clock).Value, first.Id, IncidentResult.Settled);
        _ = (await village.Get<CloseIncident>().Run(close, village.House, Ct)).Value;

        var point = (await Month.Sheet(village, month.Point, s_march)).Shown;
        var whole = (await village.Get<MonthStatement>().Run(new(StatementSubject.Of(Village.X), s_march), village.House, Ct)).Value.Shown;
        Assert.Equal((2, 1, 0), (point.Incidents, point.OpenIncidents, point.UrgentFindings));
        Assert.Equal((3, 2, 0), (whole.Incidents, whole.OpenIncidents, whole.UrgentFindings));
        village.Clock.SetUtcNow(new(2026, 4, 2, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, (await Month.Sheet(village, month.Point, s_april)).Shown.Incidents);
    }

    [Theory, EachDatabase]
    public async Task The_village_hands_in_once_the_township_takes_and_then_it_is_locked(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        Assert.Equal(StatementRefusals.MonthNotOver, (await month.Submit(s_march)).Refusal);

        var closed = await month.Close(s_march);
        var officer = village.As(await village.With("孙乡", PersonRoles.Official), Role.TownshipOfficer);
        var cadre = village.As(await village.With("李村", PersonRoles.Official), Role.VillageCadre);

        Assert.Equal(StatementRefusals.AlreadySubmitted, (await month.Submit(s_march)).Refusal);
        Assert.Equal(StatementRefusals.OwnStatement, (await Decide(village, closed.Id, village.House, true)).Refusal);
        Assert.Equal(CommonRefusals.Forbidden, (await Decide(village, closed.Id, cadre, true)).Refusal);
        Assert.Equal(StatementState.Returned, (await Decide(village, closed.Id, officer, false)).Value.State);
        Assert.Null((await month.Submit(s_march)).Refusal);
        Assert.Equal(StatementState.Accepted, (await Decide(village, closed.Id, officer, true)).Value.State);
        Assert.Equal(StatementRefusals.Locked, (await Decide(village, closed.Id, officer, false)).Refusal);
        Assert.Equal(StatementState.Accepted, (await Month.Sheet(village, month.Point, s_march)).State);
    }

    [Theory, EachDatabase]
    public async Task A_month_is_not_handed_in_while_confirmed_hours_are_on_the_way(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        village.Clock.SetUtcNow(new(2026, 4, 2, 1, 0, 0, TimeSpan.Zero));

        await month.Visit(0, new(2026, 3, 28), 30, settle: false);
        Assert.Equal(StatementRefusals.HoursOnTheWay, (await month.Submit(s_march)).Refusal);

        await village.Settle();
        Assert.Null((await month.Submit(s_march)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task A_cadre_of_the_next_village_neither_sees_nor_closes_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var month = await Month.In(village);
        var stranger = village.As(await village.With("钱村", PersonRoles.Official, Village.Beside), Role.VillageCadre);
        village.Clock.SetUtcNow(new(2026, 4, 2, 1, 0, 0, TimeSpan.Zero));

        Assert.Equal(StatementRefusals.NotFound, (await month.Submit(s_march, by: stranger)).Refusal);
        Assert.Equal(
            StatementRefusals.NotFound,
            (await village.Get<MonthStatement>().Run(new(StatementSubject.Of(Village.X), s_march), stranger, Ct)).Refusal);
    }

    private static Task<Result<DecideStatement.Receipt>> Decide(Village village, Id<MonthClose> id, Actor actor, bool accept) =>
        village.Get<DecideStatement>().Run(new(Id<MonthClose>.New(village.Clock).Value, id, accept), actor, Ct);

    /// <summary>The county's package as it is, and its next edition: phone calls no longer count as visits.</summary>
    private static IEnumerable<(string Name, string Text)> Rules()
    {
        for (var version = 1; version <= 2; version++)
        {
            yield return ($"county-{version}.yaml", string.Create(CultureInfo.InvariantCulture, $$"""
                package: 990101-demo-county
                version: {{version}}
                area: "990101"
                title: 示范县规则 Demo county
                valid-from: 2020-01-01
                parameters:
                  people.strict-id-region: { value: false, unit: yes-no, mark: proposal, source: demo-county-notice }
                  visits.phone-counts: { value: {{(version == 1 ? "true" : "false")}}, unit: yes-no, mark: proposal, source: demo-county-notice }
                """));
        }
    }

    /// <summary>A point with two elders and a third who only belongs to the village, one volunteer, and visits in March.</summary>
    private sealed class Month(Village village, List<Person> elders, Person helper, Id<Place> point)
    {
        private static readonly VisitReport s_seen = new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);

        public Id<Place> Point { get; } = point;

        public IReadOnlyList<Person> Elders => elders;

        public DateTimeOffset ClosedAt { get; private set; }

        public static async Task<Month> In(Village village)
        {
            var elders = new List<Person>();
            foreach (var (name, age) in new[] { ("李桂兰", 86), ("王福山", 79), ("赵玉珍", 74) })
                elders.Add(await village.With(name, PersonRoles.Elder, age: age));
            var helper = await village.With("张三", PersonRoles.Volunteer);
            var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "王家互助点");
            foreach (var elder in elders.Take(2)) point.Join(elder.Id, MemberPart.Elder, new(2026, 1, 1));
            await village.Add(point, Area.Enter(Village.X, "X村", new(2020, 1, 1)).Value);
            foreach (var elder in elders) await village.Pair(elder, helper, elder == elders[2] ? null : point);
            await InHospital(village);

            var month = new Month(village, elders, helper, point.Id);
            await month.Visit(0, new(2026, 3, 3), 30);
            await month.Visit(0, new(2026, 3, 10), 45);
            await month.Visit(1, new(2026, 3, 5), 25, way: VisitWay.Phone);
            await month.Visit(2, new(2026, 3, 6), 30);
            return month;
        }

        /// <summary>The first elder spends three days in hospital; learned through the pipeline's own unit of work.</summary>
        private static Task InHospital(Village village) => village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                var elder = unit.Db.People.Single(p => p.Name == "李桂兰");
                Stay(elder, unit.Now);
                await unit.Save(Ct);
                return new(true, true);
            },
            Ct);

        private static void Stay(Person elder, DateTimeOffset now)
        {
            elder.Learn(FactKind.Living, LivingSituation.LivingAlone, new(2026, 1, 1), now);
            elder.Learn(FactKind.Absence, Absence.Hospital, new(2026, 3, 12), now);
            elder.Learn(FactKind.Absence, Absence.Home, new(2026, 3, 15), now);
        }

        public async Task Visit(
            int elder, DateOnly day, int minutes, VisitOutcome outcome = VisitOutcome.Done, VisitWay way = VisitWay.Door, bool settle = true)
        {
            var (start, person) = (Days.At(day, new(9, 0)), elders[elder]);
            var items = outcome == VisitOutcome.Done ? ServiceItems.Visit : ServiceItems.None;
            var command = new RecordVisit.Command(
                Id<Visit>.New(village.Clock), person.Id, helper.Id, start, start.AddMinutes(minutes),
                new(way, outcome, items, Condition.Well));
            _ = (await village.Get<RecordVisit>().Run(command, village.As(helper, Role.Volunteer, person), Ct)).Value;
            if (outcome != VisitOutcome.Done) return;
            _ = (await village.Get<VerifyVisit>()
                .Run(new(Id<Visit>.New(village.Clock).Value, command.Id, VerificationWay.PaperList), village.House, Ct)).Value;
            if (settle) await village.Settle();
            village.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        /// <summary>Half an hour at somebody's door by whoever writes it down.</summary>
        public async Task Call(Person elder, Person who, DateOnly day, Actor actor)
        {
            var start = Days.At(day, new(9, 0));
            _ = (await village.Get<RecordVisit>().Run(
                new(Id<Visit>.New(village.Clock), elder.Id, who.Id, start, start.AddMinutes(30), s_seen), actor, Ct)).Value;
        }

        /// <summary>A visit written down with too many minutes, and put right.</summary>
        public async Task WrongThenRight(DateOnly day, int wrong, int right)
        {
            var id = await Wrong(day, wrong);
            village.Clock.Advance(TimeSpan.FromMinutes(1));
            await Right(id, day, right);
        }

        public async Task<Id<Visit>> Wrong(DateOnly day, int minutes)
        {
            var start = Days.At(day, new(9, 0));
            var command = new RecordVisit.Command(
                Id<Visit>.New(village.Clock), elders[0].Id, helper.Id, start, start.AddMinutes(minutes), s_seen);
            return (await village.Get<RecordVisit>().Run(command, Own, Ct)).Value.Id;
        }

        public async Task Confirm(Id<Visit> visit)
        {
            _ = (await village.Get<VerifyVisit>()
                .Run(new(Id<Visit>.New(village.Clock).Value, visit, VerificationWay.PaperList), village.House, Ct)).Value;
            await village.Settle();
            village.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        public async Task<Id<Visit>> Right(Id<Visit> wrong, DateOnly day, int minutes, Actor? by = null)
        {
            var start = Days.At(day, new(9, 0));
            var told = new ToldCall([elders[0].Id], helper.Id, start, start.AddMinutes(minutes), s_seen);
            return (await village.Get<CorrectVisit>().Run(new(Id<Visit>.New(village.Clock), wrong, told), by ?? Own, Ct)).Value.Id;
        }

        private Actor Own => village.As(helper, Role.Volunteer, elders[0]);

        public Task<Result<SubmitStatement.Receipt>> Submit(DateOnly of, StatementSubject? subject = null, Actor? by = null) =>
            village.Get<SubmitStatement>().Run(
                new(Id<MonthClose>.New(village.Clock).Value, subject ?? StatementSubject.Of(Point), of), by ?? village.House, Ct);

        public async Task<SubmitStatement.Receipt> Close(DateOnly of, StatementSubject? subject = null)
        {
            ClosedAt = new(2026, 4, 2, 1, 0, 0, TimeSpan.Zero);
            village.Clock.SetUtcNow(ClosedAt);
            return (await Submit(of, subject)).Value;
        }

        public static async Task<StatementSheet> Sheet(Village village, Id<Place> point, DateOnly month) =>
            (await village.Get<MonthStatement>().Run(new(StatementSubject.Of(point), month), village.House, Ct)).Value;
    }
}
