using System.Net;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Pages about a merge: what it will move, and where the old addresses lead afterwards.</summary>
public sealed class MergedPagesTests
{
    private static readonly string[] s_pages =
    [
        "", "/relatives", "/consents", "/photo", "/departure", "/facts/Living", "/looks", "/identity", "/file", "/hours", "/hours/passbook",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_page_of_an_entry_that_gave_way_leads_to_the_same_page_of_the_kept_one(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (kept, dropped, cookie) = await Twice(house);
        var merge = new MergePeople.Command(new(house.NewId()), kept.Id, dropped.Id);
        _ = (await house.Get<MergePeople>().Run(merge, Actor.System(Village.X), Ct)).Value;

        foreach (var page in s_pages) await LeadsOn($"/people/{dropped.Id}{page}", $"/people/{kept.Id}{page}");
        await LeadsOn($"/elders/{dropped.Id}/sheet", $"/elders/{kept.Id}/sheet");
        await LeadsOn($"/elders/{dropped.Id}/visit", $"/elders/{kept.Id}/visit");
        await LeadsOn($"/people/{dropped.Id}/facts/Living?line=1", $"/people/{kept.Id}/facts/Living?line=1");

        async Task LeadsOn(string from, string to)
        {
            using var old = await house.Send(HttpMethod.Get, from, cookie);
            Assert.Equal((HttpStatusCode.Found, to), (old.StatusCode, old.Headers.Location?.OriginalString));
            using var shown = await house.Send(HttpMethod.Get, to, cookie);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }
    }

    [Theory, EachDatabase]
    public async Task A_visit_to_somebody_who_stands_in_the_register_no_longer_is_not_found_in_so_many_words(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (_, _, cookie) = await Twice(house);
        foreach (var nobody in new[] { $"{house.NewId()}", "nobody" })
        {
            using var page = await house.Send(HttpMethod.Get, $"/elders/{nobody}/visit", cookie);
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            var text = await page.Content.ReadAsStringAsync(Ct);
            Assert.Contains(new Words().All("zh-CN")[CommonRefusals.NotFound.Code], text, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task The_comparison_says_which_hours_move_whichever_entry_is_kept(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (one, other, cookie) = await Twice(house);
        await Give(house, other, 75);

        using var page = await house.Send(HttpMethod.Get, $"/people/{one.Id}/duplicates/{other.Id}", cookie);
        var text = await page.Content.ReadAsStringAsync(Ct);

        var words = new Words().All("zh-CN");
        var moves = words["duplicates.moves.one"].Replace("{time}", "1 小时 15 分", StringComparison.Ordinal);
        Assert.Contains(moves, text, StringComparison.Ordinal);
        Assert.DoesNotContain(words["duplicates.moves.other"].Split('{')[0], text, StringComparison.Ordinal);
    }

    private static async Task<(Person Kept, Person Dropped, string Cookie)> Twice(OpenHouse house)
    {
        var roles = PersonRoles.Elder | PersonRoles.Volunteer;
        var (kept, dropped) = (house.NewPerson(Village.X, roles), house.NewPerson(Village.X, roles));
        await house.Add(kept, dropped);
        return (kept, dropped, await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X))));
    }

    private static Task Give(OpenHouse house, Person person, long minutes) => house.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Actor.System(Village.X));
            var (bank, own) = (AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPerson(Book.Hours, person.Id, person.Area));
            var accounts = await unit.Books.Take(Ct, bank, own);
            var slip = new Slip(new(house.NewId()), Village.X, "test.given", unit.Now);
            _ = (await unit.Post(slip, accounts[bank], accounts[own], minutes, Ct)).Value;
            return new(true, true);
        },
        Ct);
}
