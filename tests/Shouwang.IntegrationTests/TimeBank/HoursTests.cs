using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Application.Ledger;
using Shouwang.Application.SignIn;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

public sealed class HoursTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_same_escort_earns_by_the_rules_its_county_works_by(TestDatabase database)
    {
        await using var village = await Village.On(database, "beijing");
        var (elder, helper) = await Two(village);

        var visit = await Verified(village, elder, helper, 60, ServiceItems.Escort);

        var why = (await village.Get<WhyCredited>().Run(visit, village.As(helper, Role.Volunteer), Ct)).Value;
        Assert.Equal((60, 60, 0), (why.Weighted, why.Credited, why.Uncredited));
        Assert.Equal("national@1+990101-as-110000-beijing@1", why.Rules);
    }

    [Theory, EachDatabase]
    public async Task The_page_that_says_why_names_minutes_coefficient_and_the_document(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);

        var visit = await Verified(village, elder, helper, 30, ServiceItems.Cleaning);

        var why = (await village.Get<WhyCredited>().Run(visit, village.As(helper, Role.Volunteer), Ct)).Value;
        Assert.Equal((30, 36, 36), (why.Minutes, why.Weighted, why.Credited));
        Assert.Equal(new WhyCredited.Item(ServiceItems.Cleaning, 120, 30), Assert.Single(why.Items));
        Assert.All(why.Grounds, g => Assert.NotEmpty(g.Source));
    }

    [Theory, EachDatabase]
    public async Task A_days_cap_splits_the_minutes_and_the_books_balance(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);
        village.Clock.Advance(TimeSpan.FromHours(11));

        await Verified(village, elder, helper, 200, ServiceItems.Visit, hoursAgo: 8);
        await Verified(village, elder, helper, 200, ServiceItems.Visit, hoursAgo: 4);
        var last = await Verified(village, elder, helper, 100, ServiceItems.Escort);

        var why = (await village.Get<WhyCredited>().Run(last, village.House, Ct)).Value;
        var hours = (await village.Get<HoursOf>().Run(helper.Id, village.House, Ct)).Value;
        Assert.Equal((120, 400, 80, 40, CreditLimit.DayCap), (why.Weighted, why.CreditedBefore, why.Credited, why.Uncredited, why.Limit));
        Assert.Equal((480, 40), (hours.Balance, hours.Uncredited));
        Assert.Equal(hours.Balance, hours.Lines.Sum(l => l.Minutes));
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, Ct)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Paid_hours_of_a_care_worker_earn_nothing_and_the_passbook_says_why(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await village.With("李桂兰", PersonRoles.Elder);
        var helper = await village.With("王秀英", PersonRoles.CareWorker | PersonRoles.Volunteer);
        await village.Pair(elder, helper);

        await Verified(village, elder, helper, 60, ServiceItems.Visit);

        var view = (await village.Get<HoursOf>().Run(helper.Id, village.House, Ct)).Value;
        Assert.Equal((0, true), (view.Balance, view.IsPaid));
        var volunteer = await village.With("赵凤英", PersonRoles.Volunteer);
        Assert.False((await village.Get<HoursOf>().Run(volunteer.Id, village.House, Ct)).Value.IsPaid);
    }

    [Theory, EachDatabase]
    public async Task An_objection_is_raised_once_by_its_owner_and_answered_by_somebody_else(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);
        var cadre = village.As(await village.With("赵村", PersonRoles.Official), Role.VillageCadre);
        var own = village.As(helper, Role.Volunteer, elder);
        var visit = await Verified(village, elder, helper, 30, ServiceItems.Visit);

        Assert.Equal(DisputeRefusals.CreditNotFound, (await Object(village, visit, cadre)).Refusal);
        var raised = (await Object(village, visit, own)).Value.Id;
        Assert.Equal(DisputeRefusals.AlreadyOpen, (await Object(village, visit, own)).Refusal);
        Assert.Equal(helper.Id, Assert.Single((await village.Get<ListDisputes>().Run(1, cadre, Ct)).Value).Volunteer);

        Assert.Equal(DisputeRefusals.OwnDispute, (await Answer(village, raised, village.As(helper, Role.VillageCadre))).Refusal);
        Assert.Null((await Answer(village, raised, cadre)).Refusal);
        Assert.Equal(DisputeRefusals.AlreadySettled, (await Answer(village, raised, cadre)).Refusal);
        Assert.Empty((await village.Get<ListDisputes>().Run(1, cadre, Ct)).Value);
    }

    [Theory, EachDatabase]
    public async Task An_objection_is_the_cadres_duty_until_it_is_answered_and_the_townships_after_a_week(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);
        var (cadre, officer) = (await village.With("赵村", PersonRoles.Official), await village.With("孙乡", PersonRoles.Official));
        await village.Add(
            new Post(Id<Post>.New(village.Clock), cadre.Id, Role.VillageCadre, new(Village.X), village.Today),
            new Post(Id<Post>.New(village.Clock), officer.Id, Role.TownshipOfficer, new(Village.X.Parent), village.Today));
        var visit = await Verified(village, elder, helper, 30, ServiceItems.Visit);
        var raised = (await Object(village, visit, village.As(helper, Role.Volunteer, elder))).Value.Id;
        await village.Settle();

        var held = Assert.Single((await village.Get<MyDuties>().Run(new(), village.As(cadre, Role.VillageCadre), Ct)).Value);
        Assert.Equal((DutyKind.HoursDispute, raised.Value, true), (held.Kind, held.Record!.Value, held.IsMine));
        village.Clock.Advance(TimeSpan.FromDays(8));
        var climb = new ClimbDuties.Command(Id<Visit>.New(village.Clock).Value, Village.X);
        Assert.Equal(1, (await village.Get<ClimbDuties>().Run(climb, village.House, Ct)).Value.Climbed);
        var above = village.As(officer, Role.TownshipOfficer) with { Scope = Village.X.Parent };
        Assert.Equal(DutyRung.Township, Assert.Single((await village.Get<MyDuties>().Run(new(), above, Ct)).Value).Rung);

        _ = (await Answer(village, raised, above)).Value;
        await village.Settle();
        Assert.Empty((await village.Get<MyDuties>().Run(new(), above, Ct)).Value);
        Assert.Equal(DutyState.Done, (await village.Get<DutySheet>().Run(held.Id, above, Ct)).Value.State);
    }

    [Theory, EachDatabase]
    public async Task A_neighbour_does_not_see_why_another_volunteer_was_credited(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);
        var other = village.As(await village.With("钱大妈", PersonRoles.Volunteer), Role.Volunteer);

        var visit = await Verified(village, elder, helper, 30, ServiceItems.Visit);

        Assert.Equal(DisputeRefusals.CreditNotFound, (await village.Get<WhyCredited>().Run(visit, other, Ct)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task An_account_out_of_sight_is_refused_and_never_shown_as_empty(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);
        _ = await Verified(village, elder, helper, 30, ServiceItems.Visit);
        var manager = village.As(await village.With("孙站长", PersonRoles.Official), Role.PointManager, elder, helper);

        var hours = village.Get<HoursOf>();
        Assert.Equal(TimeBankRefusals.NotShown, (await hours.Run(helper.Id, manager, Ct)).Refusal);
        Assert.Equal(30, (await hours.Run(helper.Id, village.As(helper, Role.Volunteer, elder), Ct)).Value.Balance);
        Assert.Equal(30, (await hours.Run(helper.Id, village.House, Ct)).Value.Balance);
    }

    [Theory, EachDatabase]
    public async Task What_was_confirmed_on_one_day_stands_by_the_day_of_service_with_the_newest_first(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);

        foreach (var hoursAgo in new[] { 48, 0, 72, 24 }) await Verified(village, elder, helper, 30, ServiceItems.Visit, hoursAgo);

        var lines = (await village.Get<HoursOf>().Run(helper.Id, village.As(helper, Role.Volunteer, elder), Ct)).Value.Lines;
        Assert.Equal([.. Enumerable.Range(0, 4).Select(ago => village.Today.AddDays(-ago))], lines.Select(l => l.Day!.Value));
    }

    [Theory, EachDatabase]
    public async Task A_years_passbook_leaves_nothing_out_and_begins_with_what_the_years_before_left(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = await Two(village);
        foreach (var hoursAgo in new[] { 48, 24 }) await Verified(village, elder, helper, 30, ServiceItems.Visit, hoursAgo);
        village.Clock.SetUtcNow(new(2027, 1, 20, 1, 0, 0, TimeSpan.Zero));
        await Verified(village, elder, helper, 45, ServiceItems.Visit);
        var (hours, own) = (village.Get<HoursOf>(), village.As(helper, Role.Volunteer, elder));

        var (first, second) = ((await hours.OfYear(helper.Id, 2026, own, Ct)).Value, (await hours.OfYear(helper.Id, 2027, own, Ct)).Value);

        Assert.Equal((0L, 60L, 2), (first.Opening, first.BalanceAfter, first.Lines.Count));
        Assert.Equal((60L, 105L, 1, 105L), (second.Opening, second.BalanceAfter, second.Lines.Count, second.Balance));
        Assert.Equal(2026, second.FirstYear);
        Assert.Equal(105L, (await hours.Run(helper.Id, own, Ct)).Value.Lines.Sum(l => l.Minutes));
    }

    private static Task<Result<DisputeHours.Receipt>> Object(Village village, Id<Visit> visit, Actor actor) => village.Get<DisputeHours>()
        .Run(new(Id<HoursDispute>.New(village.Clock), visit, DisputeReason.MinutesWrong), actor, Ct);

    private static Task<Result<SettleDispute.Receipt>> Answer(Village village, Id<HoursDispute> dispute, Actor actor) =>
        village.Get<SettleDispute>()
            .Run(new(Id<HoursDispute>.New(village.Clock).Value, dispute, DisputeOutcome.Explained), actor, Ct);

    private static async Task<(Person Elder, Person Helper)> Two(Village village)
    {
        var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
        await village.Pair(elder, helper);
        return (elder, helper);
    }

    /// <summary>A visit that ended so many hours ago, recorded by the helper, confirmed by the house, and credited.</summary>
    private static async Task<Id<Visit>> Verified(
        Village village, Person elder, Person helper, int minutes, ServiceItems items, int hoursAgo = 0)
    {
        var ended = village.Clock.GetUtcNow().AddHours(-hoursAgo);
        var command = new RecordVisit.Command(
            Id<Visit>.New(village.Clock), elder.Id, helper.Id, ended.AddMinutes(-minutes), ended,
            new(VisitWay.Door, VisitOutcome.Done, items, Condition.Well));
        _ = (await village.Get<RecordVisit>().Run(command, village.As(helper, Role.Volunteer, elder), Ct)).Value;
        _ = (await village.Get<VerifyVisit>()
            .Run(new(Id<Visit>.New(village.Clock).Value, command.Id, VerificationWay.SecondPerson), village.House, Ct)).Value;
        await village.Settle();
        village.Clock.Advance(TimeSpan.FromSeconds(1));
        return command.Id;
    }
}
