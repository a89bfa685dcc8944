using System.Net;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;
using static Shouwang.IntegrationTests.Infrastructure.PageForm;

namespace Shouwang.IntegrationTests.Care;

/// <summary>An emergency on the pages, with or without a visit: reported, 120 and the family called, who is coming, how it ended.</summary>
public sealed class EmergencyPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_emergency_without_a_visit_is_reported_from_the_persons_page_and_opens_its_sheet(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, cookie) = await Home(house);
        var report = $"/elders/{elder.Id}/emergency";
        Assert.Contains($"href=\"{report}\"", await Page(house, $"/people/{elder.Id}", cookie), StringComparison.Ordinal);
        Assert.Contains("href=\"tel:120\"", await Page(house, report, cookie), StringComparison.Ordinal);

        var sheet = await Report(house, elder, cookie);

        var page = await Page(house, $"{sheet}?opened=1", cookie);
        foreach (var said in new[] { "紧急情况：李桂兰", "已记下紧急情况。请马上打 120 或联系家属。", "href=\"tel:120\"", "发现紧急情况</td>" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal(sheet, await Report(house, elder, cookie));
        Assert.Contains($"href=\"{sheet}\"", await Page(house, "/today", cookie), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Only_those_who_answer_emergencies_report_one_and_only_of_an_elder_they_see(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, helper) = await Home(house);
        var stranger = house.NewPerson(Village.X, PersonRoles.Elder);
        await house.Add(stranger);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var auditor = await house.SignIn(await house.Someone(Role.Auditor, new(Village.X)));
        var younger = house.NewPerson(Village.X, PersonRoles.Volunteer);
        await house.Add(younger);

        Assert.Contains($"/{elder.Id}/emergency", await Page(house, $"/people/{elder.Id}", cadre), StringComparison.Ordinal);
        Assert.DoesNotContain("/emergency", await Page(house, $"/people/{elder.Id}", auditor), StringComparison.Ordinal);
        Assert.DoesNotContain($"/{younger.Id}/emergency", await Page(house, $"/people/{younger.Id}", cadre), StringComparison.Ordinal);
        Assert.Equal(403, await house.StatusOf(HttpMethod.Get, $"/elders/{elder.Id}/emergency", auditor));
        Assert.Equal(404, await house.StatusOf(HttpMethod.Get, $"/elders/{stranger.Id}/emergency", helper));
        Assert.Equal(404, await house.StatusOf(HttpMethod.Get, $"/elders/{younger.Id}/emergency", cadre));
    }

    [Theory, EachDatabase]
    public async Task On_the_sheet_120_and_the_family_are_called_somebody_comes_and_the_end_is_said(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, cookie) = await Home(house);
        var daughter = house.NewPerson(Village.X, PersonRoles.Family, "李小梅");
        daughter.Seal(house.Get<PersonVault>().Seal(daughter.Id, new(null, PhoneNumber.Of("13800001234"), null)));
        await house.Add(daughter, new Relation(Id<Relation>.New(house.Clock), Village.X, elder.Id, daughter.Id, RelationKind.Child));
        var sheet = await Report(house, elder, cookie);

        Assert.DoesNotContain("拨打 120</td>", await Page(house, sheet, cookie), StringComparison.Ordinal);
        Assert.Contains("拨打 120</td>", await Pressed(house, sheet, "ambulance", cookie), StringComparison.Ordinal);
        Assert.Contains("正在去</td>", await Pressed(house, sheet, "coming", cookie), StringComparison.Ordinal);
        Assert.Contains("张秀英 正在去", await Page(house, "/today", cookie), StringComparison.Ordinal);

        Assert.DoesNotContain("13800001234", await Page(house, sheet, cookie), StringComparison.Ordinal);
        var call = await PageForm.Open(house, sheet, $"call-{daughter.Id}", cookie);
        using var number = await call.Send(house, []);
        var called = await number.Content.ReadAsStringAsync(Ct);
        Assert.Contains("href=\"tel:13800001234\"", called, StringComparison.Ordinal);
        Assert.Contains("联系家属</td>", called, StringComparison.Ordinal);

        var today = await Pressed(house, sheet, "close", cookie, ("Input.Result", "Hospital"));
        Assert.DoesNotContain("紧急情况</h2>", today, StringComparison.Ordinal);
        var closed = await Page(house, sheet, cookie);
        Assert.Contains("送了医院", closed, StringComparison.Ordinal);
        Assert.Contains("了结</td>", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("tel:", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"close\"", closed, StringComparison.Ordinal);
    }

    /// <summary>An elder and the volunteer who comes to her, signed in.</summary>
    private static async Task<(Person Elder, string Cookie)> Home(OpenHouse house)
    {
        var elder = house.NewPerson(Village.X, PersonRoles.Elder, "李桂兰");
        var helper = house.NewPerson(Village.X, PersonRoles.Volunteer, "张秀英");
        var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
        _ = pair.Accept(house.Today).Value;
        await house.Add(elder, helper, pair);
        return (elder, await house.SignIn(await house.Employ(helper, Role.Volunteer, new(Village.X))));
    }

    /// <summary>Presses the button that reports it, and says where that led.</summary>
    private static async Task<string> Report(OpenHouse house, Person elder, string cookie)
    {
        var form = await PageForm.Open(house, $"/elders/{elder.Id}/emergency", "emergency", cookie);
        using var answer = await form.Send(house, []);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var sheet = answer.Headers.Location!.OriginalString.Split('?');
        Assert.Equal("opened=1", sheet[1]);
        return sheet[0];
    }
}
