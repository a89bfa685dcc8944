using System.Net;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A confirmed visit is put right: what it had earned is taken back, and the new record is confirmed and credited anew.</summary>
public sealed class CorrectVerifiedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_confirmed_visit_is_put_right_once_and_earns_again_only_when_it_is_confirmed_again(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var (wrong, cadre) = (await Verified(day, 60), await Cadre(day));
        var command = new CorrectVisit.Command(day.NewVisit(), wrong, Told(day, 20));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => day.Village.Get<CorrectVisit>().Run(command, cadre, Ct)));

        Assert.All(answers, a => Assert.Equal(20, a.Value.Minutes));
        Assert.Equal((VisitState.Recorded, wrong), ((await Sheet(day, command.Id)).State, (await Sheet(day, command.Id)).Corrects!.Value));
        var hours = await Hours(day);
        Assert.Equal([(-60L, Reasons.VisitCorrected), (60L, Reasons.VisitCredited)], hours.Lines.Select(l => (l.Minutes, l.Reason)));
        Assert.Equal((0L, wrong), (hours.Balance, hours.Lines[0].Visit!.Value));

        await Verify(day, command.Id);
        Assert.Equal(20, (await Hours(day)).Balance);
        Assert.True((await day.Village.Get<VerifyLedger>().Run(day.Village.House, Ct)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Whoever_may_not_confirm_is_sent_to_the_village(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var wrong = await Verified(day, 60);

        Assert.Equal("care.verified-stands", (await Correct(day, wrong, 20, day.Volunteer)).Refusal?.Code);
        Assert.Equal((VisitState.Verified, 60L), ((await Sheet(day, wrong)).State, (await Hours(day)).Balance));
    }

    [Theory, EachDatabase]
    public async Task A_credit_on_its_way_does_not_arrive_after_the_correction(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var cadre = await Cadre(day);
        for (var i = 0; i < 4; i++)
        {
            var wrong = (await day.Record(day.Call(60 + (100 * i), 100 * i))).Value.Id;
            await Verify(day, wrong, settle: false);
            var told = Told(day, 20) with { StartedAt = day.Ago(60 + (100 * i)), EndedAt = day.Ago(40 + (100 * i)) };
            var correct = day.Village.Get<CorrectVisit>().Run(new(day.NewVisit(), wrong, told), cadre, Ct);
            if (i > 0) await Task.WhenAll(correct, day.Village.Settle());
            Assert.Null((await correct).Refusal);
            await day.Village.Settle();
        }

        Assert.Equal(0, (await Hours(day)).Balance);
        Assert.True((await day.Village.Get<VerifyLedger>().Run(day.Village.House, Ct)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task More_than_one_person_may_take_back_is_first_reversed_by_the_township(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var cadre = await Cadre(day);
        var night = day.Call(14 * 60, 4 * 60);
        _ = (await day.Record(night)).Value;
        foreach (var part in await day.Visits()) await Verify(day, part.Id);
        Assert.Equal(600, (await Hours(day)).Balance);

        var refusal = (await Correct(day, night.Id, 20, cadre)).Refusal!;
        Assert.Equal(("timebank.reverse-first", 600L), (refusal.Code, (await Hours(day)).Balance));

        var officer = day.Village.As(await day.Village.With("孙乡", PersonRoles.Official), Role.TownshipOfficer);
        foreach (var line in (await Hours(day)).Lines)
        {
            Assert.True((await day.Village.Get<ReverseTransaction>().Run(
                new(Id<Transaction>.New(day.Village.Clock), line.Transaction, ReversalReason.WrongAmount), officer, Ct)).Value.Done);
        }

        Assert.Equal(20, (await Correct(day, night.Id, 20, cadre)).Value.Minutes);
        Assert.Equal(0, (await Hours(day)).Balance);
    }

    [Theory, EachDatabase]
    public async Task What_was_given_away_meanwhile_is_not_taken_back_and_the_visit_stands(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var (wrong, cadre) = (await Verified(day, 60), await Cadre(day));
        await Spend(day, 50);

        Assert.Equal("ledger.not-enough", (await Correct(day, wrong, 20, cadre)).Refusal?.Code);
        Assert.Equal((VisitState.Verified, 10L), ((await Sheet(day, wrong)).State, (await Hours(day)).Balance));
    }

    [Theory, EachDatabase]
    public async Task A_point_manager_puts_right_without_seeing_the_volunteers_hours(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var wrong = await Verified(day, 60);
        var person = await day.Village.With("孙站长", PersonRoles.Official);
        var manager = day.Village.As(person, Role.PointManager, day.Wife, day.Husband, day.Helper);

        Assert.Equal(20, (await Correct(day, wrong, 20, manager)).Value.Minutes);
        Assert.Equal(0, (await Hours(day)).Balance);
    }

    [Theory, EachDatabase]
    public async Task What_was_taken_back_says_so_frees_the_days_cap_and_is_not_objected_to(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var (wrong, cadre) = (await Verified(day, 480), await Cadre(day));
        var right = (await Correct(day, wrong, 470, cadre)).Value.Id;
        await Verify(day, right);

        Assert.Equal(470, (await Hours(day)).Balance);
        var why = day.Village.Get<WhyCredited>();
        Assert.NotNull((await why.Run(wrong, day.Volunteer, Ct)).Value.TakenBackAt);
        Assert.Null((await why.Run(right, day.Volunteer, Ct)).Value.TakenBackAt);
        var objection = new DisputeHours.Command(Id<HoursDispute>.New(day.Village.Clock), wrong, DisputeReason.MinutesWrong);
        Assert.Equal(DisputeRefusals.CreditNotFound, (await day.Village.Get<DisputeHours>().Run(objection, day.Volunteer, Ct)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task The_page_of_a_couples_call_offers_both_and_the_whole_time(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (wife, husband, helper) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Elder),
            house.NewPerson(Village.X, PersonRoles.Volunteer));
        await house.Add(wife, husband, helper);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var (now, call) = (house.Clock.GetUtcNow(), new Id<Visit>(house.NewId()));
        var told = new RecordVisit.Command(call, wife.Id, helper.Id, now.AddMinutes(-60), now, CareDay.Well) { Others = [husband.Id] };
        _ = (await house.Get<RecordVisit>().Run(told, Actor.System(Village.X), Ct)).Value;

        using var answer = await house.Send(HttpMethod.Get, $"/visits/{call}/correct", cookie);
        var page = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Matches($"name=\"Input.Others\"[^>]*value=\"{husband.Id}\"[^>]*checked", page);
        Assert.Matches("name=\"Input.Minutes\"[^>]*value=\"60\"[^>]*checked", page);
    }

    [Theory, EachDatabase]
    public async Task The_pages_say_what_happens_and_the_passbook_shows_the_reversal_with_its_reason(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, helper) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Volunteer));
        await house.Add(elder, helper);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var (words, system, now) = (new Words().All("zh-CN"), Actor.System(Village.X), house.Clock.GetUtcNow());
        var wrong = new Id<Visit>(house.NewId());
        _ = (await house.Get<RecordVisit>().Run(
            new(wrong, elder.Id, helper.Id, now.AddMinutes(-60), now, CareDay.Well), system, Ct)).Value;
        _ = (await house.Get<VerifyVisit>().Run(new(house.NewId(), wrong, VerificationWay.PaperList), system, Ct)).Value;
        await house.Get<Dispatcher>().Drain(Ct);
        Assert.Contains($"/visits/{wrong}/correct", await Page($"/visits/{wrong}"), StringComparison.Ordinal);
        Assert.Contains(words["care.correct.verified"], await Page($"/visits/{wrong}/correct"), StringComparison.Ordinal);

        var form = await PageForm.Open(house, $"/visits/{wrong}/correct", "correction", cookie);
        using var sent = await form.Send(house, new()
        {
            ["Input.Condition"] = "Well", ["Input.Way"] = "Door", ["Input.Items"] = "Visit", ["Input.Minutes"] = "20",
            ["Input.Outcome"] = "Done", ["Input.Day"] = "2026-03-16", ["Input.Start"] = "08:00",
        });

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var passbook = await Page($"/people/{helper.Id}/hours/passbook");
        Assert.Contains(words["timebank.visit-corrected"], passbook, StringComparison.Ordinal);
        Assert.Contains($"/visits/{wrong}", await Page($"/hours/visits/{wrong}"), StringComparison.Ordinal);

        async Task<string> Page(string path)
        {
            using var answer = await house.Send(HttpMethod.Get, path, cookie);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync(Ct);
        }
    }

    private static async Task<Actor> Cadre(CareDay day) =>
        day.Village.As(await day.Village.With("赵主任", PersonRoles.Official), Role.VillageCadre);

    private static ToldCall Told(CareDay day, int minutes) =>
        new([day.Wife.Id], day.Helper.Id, day.Ago(minutes), day.Ago(0), CareDay.Well);

    /// <summary>The helper's hours go back to the house, past the use cases.</summary>
    private static Task Spend(CareDay day, int minutes) => day.Village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(day.Village.House);
            var (own, bank) = (AccountKey.OfPerson(Book.Hours, day.Helper.Id, Village.X), AccountKey.OfOutside(Book.Hours, Village.X));
            var accounts = await unit.Books.Take(Ct, own, bank);
            var slip = new Slip(Id<Transaction>.New(day.Village.Clock), Village.X, "test.spent", unit.Now);
            _ = (await unit.Post(slip, accounts[own], accounts[bank], minutes, Ct)).Value;
            return new(true, true);
        },
        Ct);

    private static Task<Result<CorrectVisit.Receipt>> Correct(CareDay day, Id<Visit> wrong, int minutes, Actor by) =>
        day.Village.Get<CorrectVisit>().Run(new(day.NewVisit(), wrong, Told(day, minutes)), by, Ct);

    private static async Task<Id<Visit>> Verified(CareDay day, int minutes)
    {
        var visit = (await day.Record(day.Call(minutes, 0))).Value.Id;
        await Verify(day, visit);
        return visit;
    }

    private static async Task Verify(CareDay day, Id<Visit> visit, bool settle = true)
    {
        _ = (await day.Village.Get<VerifyVisit>()
            .Run(new(day.NewVisit().Value, visit, VerificationWay.SecondPerson), day.Village.House, Ct)).Value;
        if (settle) await day.Village.Settle();
        day.Village.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static async Task<HoursOf.View> Hours(CareDay day) =>
        (await day.Village.Get<HoursOf>().Run(day.Helper.Id, day.Village.House, Ct)).Value;

    private static async Task<VisitSheet.View> Sheet(CareDay day, Id<Visit> visit) =>
        (await day.Village.Get<VisitSheet>().Run(visit, day.Village.House, Ct)).Value;
}
