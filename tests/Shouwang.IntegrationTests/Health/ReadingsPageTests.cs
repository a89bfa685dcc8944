using System.Net;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Care;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;
using static Shouwang.IntegrationTests.Infrastructure.PageForm;

namespace Shouwang.IntegrationTests.Health;

/// <summary>What was measured of an elder, on one page: what, how much, by whom, on which visit.</summary>
public sealed class ReadingsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_is_measured_on_a_visit_is_listed_with_its_unit_who_measured_it_and_the_visit(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, helper, cookie) = await Home(house);
        var readings = $"/people/{elder.Id}/readings";
        Assert.Contains($"href=\"{readings}\"", await Page(house, $"/people/{elder.Id}", cookie), StringComparison.Ordinal);
        Assert.Contains("还没有测量记录。", await Page(house, readings, cookie), StringComparison.Ordinal);

        var form = await PageForm.Open(house, $"/elders/{elder.Id}/visit", "visit", cookie);
        using var recorded = await form.Send(house, new()
        {
            ["Input.Way"] = "Door", ["Input.Outcome"] = "Done", ["Input.Items"] = "Visit", ["Input.Condition"] = "Well",
            ["Input.Minutes"] = "20", ["Input.BloodPressure"] = "151/97", ["Input.Glucose"] = "6.5",
        });
        Assert.Equal(HttpStatusCode.Found, recorded.StatusCode);
        var visit = (await Visits(house, helper))[0];

        var page = await Page(house, readings, cookie);
        foreach (var said in new[] { "李桂兰 的测量记录", "血压", "151/97 毫米汞柱", "血糖", "6.5 毫摩尔/升", "张秀英", $"href=\"/visits/{visit}\"" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{readings}\"", await Page(house, $"/visits/{visit}", cookie), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_value_of_a_visit_that_was_put_right_says_so_and_the_newest_comes_first(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, helper, cookie) = await Home(house);
        var wrong = new Id<Domain.Care.Visit>(house.NewId());
        var (began, ended) = (house.Clock.GetUtcNow().AddMinutes(-40), house.Clock.GetUtcNow().AddMinutes(-20));
        _ = (await house.Get<RecordVisit>().Run(
            new(wrong, elder.Id, helper.Person, began, ended, CareDay.Well) { Readings = [new(elder.Id, ReadingKind.Pulse, "133")] },
            helper, Ct)).Value;
        var told = new ToldCall([elder.Id], helper.Person, began, ended.AddMinutes(5), CareDay.Well)
        {
            Readings = [new(elder.Id, ReadingKind.Pulse, "73")],
        };
        var right = (await house.Get<CorrectVisit>().Run(new(new(house.NewId()), wrong, told), helper, Ct)).Value.Id;

        var page = await Page(house, $"/people/{elder.Id}/readings", cookie);

        Assert.True(page.IndexOf("73 次/分", StringComparison.Ordinal) < page.IndexOf("133 次/分", StringComparison.Ordinal));
        Assert.Contains($"<a href=\"/visits/{wrong}\">这次探访后来更正过</a>", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/visits/{right}\">一次探访</a>", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_township_officer_has_no_link_to_readings_and_no_page_of_them(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, _, _) = await Home(house);
        var officer = await house.SignIn(await house.Someone(Role.TownshipOfficer, new(Village.X.At(AreaLevel.Township))));

        Assert.DoesNotContain("/readings", await Page(house, $"/people/{elder.Id}", officer), StringComparison.Ordinal);
        Assert.Equal(403, await house.StatusOf(HttpMethod.Get, $"/people/{elder.Id}/readings", officer));
    }

    private static async Task<(Person Elder, Actor Helper, string Cookie)> Home(OpenHouse house)
    {
        var elder = house.NewPerson(Village.X, PersonRoles.Elder, "李桂兰");
        var helper = house.NewPerson(Village.X, PersonRoles.Volunteer, "张秀英");
        var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
        _ = pair.Accept(house.Today).Value;
        await house.Add(elder, helper, pair);
        var actor = new Actor(helper.Id, Role.Volunteer, Village.X, new(ReachKind.Pairs, [elder.Id.Value]));
        return (elder, actor, await house.SignIn(await house.Employ(helper, Role.Volunteer, new(Village.X))));
    }

    private static async Task<List<Id<Domain.Care.Visit>>> Visits(OpenHouse house, Actor helper) =>
        [.. (await house.Get<ListVisits>().Run(new(house.Today, house.Today), helper, Ct)).Value.Visits.Select(v => v.Id)];
}
