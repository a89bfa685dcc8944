using System.Net;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>Hours set aside on the pages: for whom the rules allow, seen in the passbook, paid or given back.</summary>
public sealed class HoldPagesTests
{
    private static readonly AreaCode s_village = new(990101100201);

    [Theory, EachDatabase]
    public async Task Hours_are_set_aside_seen_in_the_passbook_and_paid_in_part(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (li, zhang, cookie) = await Two(house);

        Assert.Equal("/hours/holds", await Reserve(house, cookie, zhang, "45"));
        foreach (var page in new[] { "/hours", $"/people/{li.Id}/hours/passbook" })
            Assert.Equal(("1 小时 0 分", "45 分"), await Shown(house, cookie, page));

        var hold = await OnlyHold(house, cookie);
        var pay = await PageForm.Open(house, "/hours/holds", $"pay-{hold}", cookie);
        using (var beyond = await pay.Send(house, new() { ["Input.Minutes"] = "46" }))
            Assert.NotEqual(HttpStatusCode.Found, beyond.StatusCode);
        using (var paid = await pay.Send(house, new() { ["Input.Minutes"] = "30" }))
            Assert.Equal("/hours/holds", paid.Headers.Location?.OriginalString);
        Assert.Equal(("30 分", "0 分"), await Shown(house, cookie, "/hours"));
    }

    [Theory, EachDatabase]
    public async Task Who_set_them_aside_cancels_and_the_cadre_cancels_but_never_pays(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (_, zhang, cookie) = await Two(house);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(s_village)));
        foreach (var who in new[] { cookie, cadre })
        {
            _ = await Reserve(house, cookie, zhang, "20");
            var hold = await OnlyHold(house, cookie);
            Assert.Equal(who == cookie, (await Html(house, who, "/hours/holds")).Contains($"pay-{hold}", StringComparison.Ordinal));
            var cancel = await PageForm.Open(house, "/hours/holds", $"void-{hold}", who);
            using var cancelled = await cancel.Send(house, []);
            Assert.Equal("/hours/holds", cancelled.Headers.Location?.OriginalString);
            Assert.Equal(("1 小时 0 分", "0 分"), await Shown(house, cookie, "/hours"));
        }
    }

    [Theory, EachDatabase]
    public async Task Only_those_are_offered_to_whom_the_rules_let_hours_be_given(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (_, zhang, cookie) = await Two(house);
        var stranger = house.NewPerson(s_village, PersonRoles.Volunteer);
        await house.Add(stranger);
        await Give(house, stranger, 10);
        var other = await house.SignIn(await house.Someone(Role.Volunteer, new(s_village), PersonRoles.Volunteer));

        var page = await Html(house, cookie, "/hours/reserve");

        Assert.Contains($"value=\"{zhang.Id}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{stranger.Id}", page, StringComparison.Ordinal);
        Assert.Contains("现在没有可以预留的对象", await Html(house, other, "/hours/reserve"), StringComparison.Ordinal);
        Assert.Null(await Reserve(house, cookie, stranger, "10"));
        Assert.Null(await Reserve(house, cookie, zhang, "much"));
        Assert.Null(await Reserve(house, cookie, zhang, "61"));
        Assert.Equal(("1 小时 0 分", "0 分"), await Shown(house, cookie, "/hours"));
    }

    [Theory, EachDatabase]
    public async Task What_is_set_aside_cannot_be_redeemed_until_its_time_is_over_though_nobody_has_looked(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (li, zhang, cookie) = await Two(house);
        await Give(house, li, 2940);
        _ = await Reserve(house, cookie, zhang, "45");
        var actor = new Actor(li.Id, Role.Volunteer, s_village, Reach.Area);
        var held = (await house.Get<HoursOf>().Run(li.Id, actor, default)).Value;
        Assert.Equal((3000, 45, held.Terms.Redeemable(2955)), (held.Balance, held.Held, held.Redeemable));

        house.Clock.Advance(TimeSpan.FromDays(7));

        var free = (await house.Get<HoursOf>().Run(li.Id, actor, default)).Value;
        Assert.Equal((0, free.Terms.Redeemable(3000)), (free.Held, free.Redeemable));
        Assert.NotEqual(held.Redeemable, free.Redeemable);
    }

    /// <summary>Where the page leads; nowhere when it was refused.</summary>
    private static async Task<string?> Reserve(OpenHouse house, string cookie, Person to, string minutes)
    {
        var form = await PageForm.Open(house, "/hours/reserve", "reserve", cookie);
        using var answer = await form.Send(house, new() { ["Input.To"] = $"{to.Id}", ["Input.Minutes"] = minutes });
        Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
        return answer.Headers.Location?.OriginalString;
    }

    private static async Task<string?> OnlyHold(OpenHouse house, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, "/api/v1/holds", cookie);
        var holds = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return Assert.Single(holds.EnumerateArray()).GetProperty("id").GetString();
    }

    /// <summary>The balance and what of it is set aside.</summary>
    private static async Task<(string Balance, string Held)> Shown(OpenHouse house, string cookie, string path)
    {
        var page = await Html(house, cookie, path);
        return (Fact(page, "现有时间"), Fact(page, "已预留"));
    }

    private static string Fact(string page, string name)
    {
        var from = page.IndexOf(name, StringComparison.Ordinal);
        Assert.True(from >= 0, $"No {name} on the page.");
        var found = System.Text.RegularExpressions.Regex.Match(page[from..], "(\\d+ 小时 )?\\d+ 分");
        return found.Value;
    }

    private static async Task<string> Html(OpenHouse house, string cookie, string path)
    {
        using var answer = await house.Send(HttpMethod.Get, path, cookie);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Two relatives with an account each; the first has an hour and is signed in.</summary>
    private static async Task<(Person Li, Person Zhang, string Cookie)> Two(OpenHouse house)
    {
        var (li, zhang) = (await house.Someone(Role.Volunteer, new(s_village), PersonRoles.Volunteer),
            house.NewPerson(s_village, PersonRoles.Volunteer));
        await house.Add(zhang);
        await house.Add(new Relation(Id<Relation>.New(house.Clock), s_village, li.Person.Id, zhang.Id, RelationKind.Child));
        await Give(house, li.Person, 60);
        await Give(house, zhang, 10);
        return (li.Person, zhang, await house.SignIn(li));
    }

    private static Task Give(OpenHouse house, Person to, int minutes) => house.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Actor.System(s_village));
            var (bank, own) = (AccountKey.OfOutside(Book.Hours, s_village), AccountKey.OfPerson(Book.Hours, to.Id, s_village));
            var all = await unit.Books.Take(default, bank, own);
            var slip = new Slip(Id<Transaction>.New(house.Clock), s_village, Reasons.VisitCredited, unit.Now);
            _ = (await unit.Post(slip, all[bank], all[own], minutes, default)).Value;
            return new(true, true);
        },
        default);
}
