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
        Assert.Equal(4, (await village.Get<ListFillings>().Run(officer, default)).Value.Count);
    }

    [Theory, EachDatabase]
    public async Task Above_the_limit_nothing_is_issued_until_a_second_person_agrees_and_then_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (first, second) = (await Officer(village), await Officer(village));
        var asked = (await Fill(village, first, Limit + 1)).Value;
        Assert.Equal((false, 0L), (asked.Done, await Left(village)));

        Assert.False(Assert.Single((await village.Get<ListFillings>().Run(first, default)).Value).MayAgree);
        var shown = Assert.Single((await village.Get<ListFillings>().Run(second, default)).Value);
        Assert.Equal((asked.Id, true, "王主任", Limit + 1), (shown.Id, shown.MayAgree, shown.AskedBy, shown.Minutes));

        Assert.Equal("ledger.filling-needs-another", await Agree(village, asked.Id, first));
        Assert.Equal(0, await Left(village));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Agree(village, asked.Id, second)));
        Assert.Equal(1, answers.Count(a => a is null));
        Assert.All(answers.Where(a => a is not null), a => Assert.Equal("ledger.already-filled", a));
        Assert.Equal(Limit + 1, await Left(village));
        Assert.Empty((await village.Get<ListFillings>().Run(second, default)).Value);

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
        Assert.Null(await Agree(village, large.Id, second));

        Assert.True((await Fill(village, first, Limit - 10)).Value.Done);
        Assert.Equal(50_000 + Limit, await Left(village));
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
        Assert.Equal("common.forbidden", await Agree(village, asked.Id, township));
        Assert.Equal("common.forbidden", (await village.Get<PoolAreas>().Run(township, default)).Refusal?.Code);
        Assert.Equal("common.forbidden", (await village.Get<ListFillings>().Run(township, default)).Refusal?.Code);

        Assert.Equal("ledger.filling-not-found", await Agree(village, asked.Id, elsewhere));
        Assert.Equal("common.not-found", (await village.Get<ShowPool>().Run(Village.X, elsewhere, default)).Refusal?.Code);
        Assert.Empty((await village.Get<ListPools>().Run(elsewhere, default)).Value);
        Assert.Empty((await village.Get<ListFillings>().Run(elsewhere, default)).Value);

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

        var waiting = Assert.Single((await house.Get<ListFillings>().Run(Actor.System(s_county), default)).Value);
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
