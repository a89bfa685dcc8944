using System.Net;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>Hours are issued into a pool by one person up to the limit of a day, and above it by two.</summary>
public sealed class PoolTests
{
    private const int Limit = 6000;
    private static readonly AreaCode s_county = Village.X.At(AreaLevel.County);

    [Theory, EachDatabase]
    public async Task Up_to_the_limit_of_a_day_one_person_fills_a_pool_alone_in_however_many_parts(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (await Officer(village), await Officer(village));

        Assert.True((await Fill(village, first, Limit - 1000)).Value.Done);
        Assert.True((await Fill(village, first, 1000)).Value.Done);
        Assert.False((await Fill(village, first, 1)).Value.Done);
        Assert.Equal(Limit, await Left(village));

        // Another person, another pool, another day: each has a limit of its own.
        Assert.True((await Fill(village, second, 1)).Value.Done);
        Assert.True((await village.Get<FillPool>().Run(new(NewId(village), Village.Beside, Limit), first, default)).Value.Done);
        village.Clock.Advance(TimeSpan.FromHours(15));
        Assert.True((await Fill(village, first, Limit)).Value.Done);
        Assert.Equal((2 * Limit) + 1, await Left(village));
    }

    [Theory, EachDatabase]
    public async Task Of_fillings_at_once_no_more_than_the_limit_is_done_alone(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var officer = await Officer(village);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Fill(village, officer, 1500)));

        Assert.Equal(4, answers.Count(a => a.Value.Done));
        Assert.Equal(Limit, await Left(village));
        Assert.Equal(4, (await village.Get<ListFillings>().Run(1, officer, default)).Value.Count);
    }

    [Theory, EachDatabase]
    public async Task Above_the_limit_nothing_is_issued_until_a_second_person_agrees_and_then_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (await Officer(village), await Officer(village));
        var asked = (await Fill(village, first, Limit + 1)).Value;
        Assert.Equal((false, 0L), (asked.Done, await Left(village)));

        Assert.True(Assert.Single((await village.Get<ListFillings>().Run(1, first, default)).Value).IsOwn);
        var shown = Assert.Single((await village.Get<ListFillings>().Run(1, second, default)).Value);
        Assert.Equal((asked.Id, false, "王主任", Limit + 1), (shown.Id, shown.IsOwn, shown.AskedBy, shown.Minutes));

        Assert.Equal("ledger.filling-needs-another", await Agree(village, asked.Id, first));
        Assert.Equal(0, await Left(village));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Agree(village, asked.Id, second)));
        Assert.Equal(1, answers.Count(a => a is null));
        Assert.All(answers.Where(a => a is not null), a => Assert.Equal("ledger.already-filled", a));
        Assert.Equal(Limit + 1, await Left(village));
        Assert.Empty((await village.Get<ListFillings>().Run(1, second, default)).Value);

        var pool = (await village.Get<ShowPool>().Run(Village.X, second, default)).Value;
        Assert.Equal((Pool.Stripes, Limit + 1L), (pool.Stripes.Count, pool.Stripes.Sum(s => s.Minutes)));
        Assert.Equal(asked.Id, Assert.Single(pool.Fillings).Id);
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task What_was_filled_alone_needs_nobody_and_what_two_agreed_to_does_not_use_up_the_day(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (await Officer(village), await Officer(village));
        var alone = (await Fill(village, first, 10)).Value;
        Assert.Equal("ledger.already-filled", await Agree(village, alone.Id, second));

        var large = (await Fill(village, first, 50_000)).Value;
        var approval = new ApproveFilling.Command(NewId(village).Value, large.Id);
        Assert.Null((await village.Get<ApproveFilling>().Run(approval, second, default)).Refusal);

        // What the audit log keeps of an approval looks much like a request, and is none.
        Assert.Equal("ledger.filling-not-found", await Agree(village, new(approval.CommandId), first));

        Assert.True((await Fill(village, first, Limit - 10)).Value.Done);
        Assert.Equal(50_000 + Limit, await Left(village));
    }

    [Theory, EachDatabase]
    public async Task What_a_second_person_declines_or_the_first_takes_back_is_never_put_in_and_says_why(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (await Officer(village), await Officer(village));
        var (large, wrong) = ((await Fill(village, first, 50_000)).Value.Id, (await Fill(village, first, 60_000)).Value.Id);

        Assert.Equal("ledger.own-filling", await Decline(village, large, first));
        Assert.Equal("ledger.not-own-filling", await Withdraw(village, wrong, second));
        Assert.Equal("ledger.decline-needs-reason", await Decline(village, large, second, (DeclineReason)9));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Decline(village, large, second)));
        Assert.Equal(1, answers.Count(a => a is null));
        Assert.All(answers.Where(a => a is not null), a => Assert.Equal("ledger.filling-ended", a));
        Assert.Null(await Withdraw(village, wrong, first));

        foreach (var id in new[] { large, wrong })
        {
            Assert.Equal("ledger.filling-ended", await Agree(village, id, second));
            Assert.Equal("ledger.filling-ended", await Withdraw(village, id, first));
        }

        Assert.Empty((await village.Get<ListFillings>().Run(1, second, default)).Value);
        Assert.Equal(0, await Left(village));
        var ended = (await village.Get<ListEndedFillings>().Run(1, first, default)).Value.ToDictionary(e => e.Id);
        Assert.Equal((DeclineReason.TooMuch, 50_000L), (ended[large].Reason, ended[large].Minutes));
        Assert.Equal((null, 60_000L), (ended[wrong].Reason, ended[wrong].Minutes));
    }

    [Theory, EachDatabase]
    public async Task Of_agreeing_declining_and_taking_back_at_once_one_counts(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second, third) = (await Officer(village), await Officer(village), await Officer(village));
        for (var round = 0; round < 5; round++)
        {
            var (before, asked) = (await Left(village), (await Fill(village, first, Limit + 1)).Value.Id);
            var answers = await Task.WhenAll(
                Agree(village, asked, second), Decline(village, asked, third), Withdraw(village, asked, first),
                Agree(village, asked, third));
            Assert.Equal(1, answers.Count(a => a is null));
            Assert.Equal(answers[0] is null || answers[3] is null ? before + Limit + 1 : before, await Left(village));
        }

        Assert.Equal("ledger.already-filled", await Decline(village, (await Fill(village, first, 10)).Value.Id, second));
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Fillings_that_wait_come_once_each_page_by_page(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var officer = await Officer(village);
        var asked = new List<Id<Transaction>>();
        for (var i = 0; i < Paging.Size + 3; i++) asked.Add((await Fill(village, officer, Limit + 1)).Value.Id);

        var first = (await village.Get<ListFillings>().Run(1, officer, default)).Value;
        var second = (await village.Get<ListFillings>().Run(2, officer, default)).Value;

        Assert.Equal((Paging.Size, true, 3, false), (first.Count, first.HasMore, second.Count, second.HasMore));
        Assert.Equal(Enumerable.Reverse(asked), first.Concat(second).Select(r => r.Id));
    }

    [Theory, EachDatabase]
    public async Task Grants_at_once_get_everything_there_is_and_no_more(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var officer = await Officer(village);
        _ = (await Fill(village, officer, 1600)).Value;
        var people = new List<Person>();
        for (var i = 0; i < 20; i++) people.Add(await village.With("李大娘", PersonRoles.Volunteer));

        var answers = await Task.WhenAll(people.Select(p =>
            village.Get<GrantHours>().Run(new(NewId(village), Village.X, p.Id, 100), officer, default)));

        Assert.Equal(16, answers.Count(a => a.Refusal is null));
        Assert.All(answers.Where(a => a.Refusal is not null), a => Assert.Equal("ledger.not-enough", a.Refusal!.Code));
        Assert.Equal(0, await Left(village));
    }

    [Theory, EachDatabase]
    public async Task A_filling_is_reversed_from_whatever_is_left_in_the_pool_and_not_when_that_is_too_little(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (await Officer(village), await Officer(village));
        var early = (await Fill(village, first, 16_000)).Value.Id;
        Assert.Null(await Agree(village, early, second));
        var helper = await village.With("李大娘", PersonRoles.Volunteer);
        foreach (var minutes in Enumerable.Repeat(600, 25)) await Grant(village, first, helper, minutes);
        var late = (await Fill(village, first, 8_000)).Value.Id;
        Assert.Null(await Agree(village, late, second));

        Assert.Equal("ledger.not-enough", await Reverse(village, early, first, second));
        foreach (var minutes in Enumerable.Repeat(100, 10)) await Grant(village, first, helper, minutes);
        Assert.Equal(8_000, await Left(village));
        Assert.Null(await Reverse(village, late, first, second));

        Assert.Equal(0, await Left(village));
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Somebody_who_never_had_hours_gets_them_from_a_pool_to_its_last_minute(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Add(Domain.Areas.Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var officer = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        var helper = house.NewPerson(Village.X, PersonRoles.Volunteer);
        await house.Add(helper);
        Assert.Contains("这个时间池已经没有时长了", await Html(house, officer, $"/pools/{Village.X}/grant"), StringComparison.Ordinal);
        _ = await FillOnPage(house, officer, "60");

        var form = await PageForm.Open(house, $"/pools/{Village.X}/grant", "grant", officer);
        using (var found = await form.Send(house, new() { ["Input.Text"] = "示例", ["Input.Act"] = "find" }))
            Assert.Contains($"{helper.Id}", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var more = await form.Send(house, new() { ["Input.Person"] = $"{helper.Id}", ["Input.Minutes"] = "61" }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, more.StatusCode);
        using (var done = await form.Send(house, new() { ["Input.Person"] = $"{helper.Id}", ["Input.Minutes"] = "60" }))
            Assert.Equal($"/pools/{Village.X}", done.Headers.Location?.OriginalString);

        var pool = (await house.Get<ShowPool>().Run(Village.X, Actor.System(s_county), default)).Value;
        var granted = Assert.Single(pool.Grants);
        Assert.Equal((0L, "示例", 60L), (pool.Left, granted.To, granted.Minutes));
        var hours = (await house.Get<HoursOf>().Run(helper.Id, Actor.System(s_county), default)).Value;
        Assert.Equal(60, hours.Balance);
    }

    [Theory, EachDatabase]
    public async Task On_the_page_a_request_is_declined_with_a_reason_and_another_is_taken_back(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Add(Domain.Areas.Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var first = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        var second = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        _ = await FillOnPage(house, first, "12000");
        _ = await FillOnPage(house, first, "18000");
        var waiting = (await house.Get<ListFillings>().Run(1, Actor.System(s_county), default)).Value;
        var (later, earlier) = (waiting[0].Id, waiting[1].Id);

        var decline = await PageForm.Open(house, "/pools/fillings", $"decline-{earlier}", second);
        using (var declined = await decline.Send(house, new() { ["Input.Reason"] = nameof(DeclineReason.NotPlanned) }))
            Assert.Equal("/pools/fillings", declined.Headers.Location?.OriginalString);
        var withdraw = await PageForm.Open(house, "/pools/fillings", $"withdraw-{later}", first);
        using (var taken = await withdraw.Send(house, [])) Assert.Equal("/pools/fillings", taken.Headers.Location?.OriginalString);

        Assert.Contains("没有等待复核的充入", await Html(house, first, "/pools/fillings"), StringComparison.Ordinal);
        var ended = await Html(house, first, "/pools/fillings/ended");
        Assert.Contains("不同意：不在计划内", ended, StringComparison.Ordinal);
        Assert.Contains("申请人自己撤回", ended, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_township_sees_its_pools_but_fills_none_and_another_county_finds_nothing(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var officer = await Officer(village);
        var asked = (await Fill(village, officer, Limit + 1)).Value;
        _ = (await Fill(village, officer, 90)).Value;
        var township = officer with { Role = Role.TownshipOfficer, Scope = Village.X.At(AreaLevel.Township) };
        var elsewhere = (await Officer(village)) with { Scope = new(990102000000) };

        Assert.Equal(90, Assert.Single((await village.Get<ListPools>().Run(township, default)).Value).Left);
        Assert.Equal("common.forbidden", (await Fill(village, township, 1)).Refusal?.Code);
        foreach (var (who, said) in new[] { (township, "common.forbidden"), (elsewhere, "ledger.filling-not-found") })
        {
            Assert.Equal(said, await Agree(village, asked.Id, who));
            Assert.Equal(said, await Decline(village, asked.Id, who));
            Assert.Equal(said, await Withdraw(village, asked.Id, who));
        }

        Assert.Equal("common.forbidden", (await village.Get<PoolAreas>().Run(township, default)).Refusal?.Code);
        Assert.Equal("common.forbidden", (await village.Get<ListFillings>().Run(1, township, default)).Refusal?.Code);

        Assert.Equal("common.not-found", (await village.Get<ShowPool>().Run(Village.X, elsewhere, default)).Refusal?.Code);
        Assert.Empty((await village.Get<ListPools>().Run(elsewhere, default)).Value);
        Assert.Empty((await village.Get<ListFillings>().Run(1, elsewhere, default)).Value);

        var helper = village.As(await village.With("李大娘", PersonRoles.Volunteer), Role.Volunteer);
        Assert.Equal("common.forbidden", (await village.Get<ListPools>().Run(helper, default)).Refusal?.Code);
        Assert.Equal("common.forbidden", (await village.Get<ShowPool>().Run(Village.X, helper, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task On_the_pages_one_officer_asks_another_agrees_and_the_stripes_are_shown(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Add(Domain.Areas.Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var first = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        var second = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        Assert.Contains("还没有时间池", await Html(house, first, "/pools"), StringComparison.Ordinal);

        Assert.Equal($"/pools/{Village.X}", await FillOnPage(house, first, "60"));
        Assert.Null(await FillOnPage(house, first, "nothing"));
        Assert.Equal("/pools/fillings", await FillOnPage(house, first, "12000"));
        Assert.Contains("这次充入要由另一个人复核", await Html(house, first, "/pools/fillings"), StringComparison.Ordinal);
        Assert.Contains("申请充入 200 小时 0 分", await Html(house, second, "/pools/fillings"), StringComparison.Ordinal);

        var waiting = Assert.Single((await house.Get<ListFillings>().Run(1, Actor.System(s_county), default)).Value);
        var form = await PageForm.Open(house, "/pools/fillings", $"agree-{waiting.Id}", second);
        using (var agreed = await form.Send(house, [])) Assert.Equal("/pools/fillings", agreed.Headers.Location?.OriginalString);
        using (var twice = await form.Send(house, [])) Assert.True(twice.StatusCode < HttpStatusCode.InternalServerError);

        Assert.Contains("还有 201 小时 0 分", await Html(house, second, "/pools"), StringComparison.Ordinal);
        var pool = await Html(house, second, $"/pools/{Village.X}");
        Assert.Contains("石桥村的时间池", pool, StringComparison.Ordinal);
        Assert.Contains("201 小时 0 分", pool, StringComparison.Ordinal);
        Assert.Contains("12 小时 33 分", pool, StringComparison.Ordinal);
    }

    private static Id<Transaction> NewId(Village village) => Id<Transaction>.New(village.Clock);

    private static async Task<Actor> Officer(Village village) =>
        new((await village.With("王主任", PersonRoles.Official)).Id, Role.CountyOfficer, s_county, Reach.Area);

    private static Task<Result<FillPool.Receipt>> Fill(Village village, Actor actor, int minutes) =>
        village.Get<FillPool>().Run(new(NewId(village), Village.X, minutes), actor, default);

    private static async Task<string?> Agree(Village village, Id<Transaction> filling, Actor actor) =>
        (await village.Get<ApproveFilling>().Run(new(NewId(village).Value, filling), actor, default)).Refusal?.Code;

    private static async Task<string?> Decline(
        Village village, Id<Transaction> filling, Actor actor, DeclineReason reason = DeclineReason.TooMuch) =>
        (await village.Get<DeclineFilling>().Run(new(NewId(village).Value, filling, reason), actor, default)).Refusal?.Code;

    private static async Task<string?> Withdraw(Village village, Id<Transaction> filling, Actor actor) =>
        (await village.Get<WithdrawFilling>().Run(new(NewId(village).Value, filling), actor, default)).Refusal?.Code;

    private static async Task Grant(Village village, Actor actor, Person to, int minutes) => Assert.Null(
        (await village.Get<GrantHours>().Run(new(NewId(village), Village.X, to.Id, minutes), actor, default)).Refusal);

    /// <summary>One asks for it, another agrees.</summary>
    private static async Task<string?> Reverse(Village village, Id<Transaction> filling, Actor first, Actor second)
    {
        var asked = new ReverseTransaction.Command(NewId(village), filling, ReversalReason.WrongAmount);
        if (!(await village.Get<ReverseTransaction>().Run(asked, first, default)).IsOk(out var said, out var refusal)) return refusal.Code;
        Assert.False(said.Done);
        return (await village.Get<ApproveReversal>().Run(new(NewId(village).Value, asked.Id), second, default)).Refusal?.Code;
    }

    private static async Task<long> Left(Village village) =>
        (await village.Get<ShowPool>().Run(Village.X, village.House, default)).Value.Left;

    /// <summary>Where the page leads; nowhere when it was refused.</summary>
    private static async Task<string?> FillOnPage(OpenHouse house, string cookie, string minutes)
    {
        var form = await PageForm.Open(house, "/pools/fill", "fill", cookie);
        using var answer = await form.Send(house, new() { ["Input.Pool"] = $"{Village.X}", ["Input.Minutes"] = minutes });
        Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{answer.StatusCode}");
        return answer.Headers.Location?.OriginalString;
    }

    private static async Task<string> Html(OpenHouse house, string cookie, string path)
    {
        using var answer = await house.Send(HttpMethod.Get, path, cookie);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }
}
