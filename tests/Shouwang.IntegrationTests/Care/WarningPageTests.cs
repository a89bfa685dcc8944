using System.Net;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;
using static Shouwang.IntegrationTests.Infrastructure.PageForm;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A weather warning on the pages: declared by the county, said on a helper's first page, ended and resumed.</summary>
public sealed class WarningPageTests
{
    private static readonly AreaCode s_county = Village.X.At(AreaLevel.County);

    [Theory, EachDatabase]
    public async Task An_officer_declares_ends_and_resumes_a_warning_and_the_helper_reads_why_to_go(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        var helper = await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer);
        var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Person.Id, null);
        _ = pair.Accept(house.Today).Value;
        await house.Add(Domain.Areas.Area.Enter(s_county, "示范县", new(2020, 1, 1)).Value, elder, pair);
        var county = await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
        var reader = await house.SignIn(helper);
        var (from, to) = ($"{house.Today:yyyy-M-d}", $"{house.Today.AddDays(2):yyyy-M-d}");
        Dictionary<string, string> heat = new()
        {
            ["Input.Kind"] = "Heat", ["Input.Level"] = "Red", ["Input.Area"] = $"{s_county}", ["Input.From"] = from, ["Input.To"] = to,
        };

        await Visit(house, elder, helper.Person);
        Assert.Contains(">今天去过了<", await Page(house, "/today", reader));
        Assert.Contains(">没有天气预警<", await Page(house, "/warnings", county));
        var blank = await Page(house, "/warnings/new", county);
        Assert.Contains($"例如 {to}", blank);
        Assert.DoesNotContain("1945", blank);

        var form = await PageForm.Open(house, "/warnings/new", "declare", county);
        using var wrong = await form.Send(house, new(heat) { ["Input.To"] = "2020-1-1" });
        using var right = await form.Send(house, heat);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Found), (wrong.StatusCode, right.StatusCode));
        Assert.Contains("高温预警到3月18日 星期三，要多去看望一次。", await Page(house, "/today", reader));
        Assert.Contains("今天去过了，3月17日 星期二 前还要再去一次", await Page(house, "/today", reader));
        Assert.Contains("全县：3月16日 星期一 至 3月18日 星期三", await Page(house, "/warnings", reader));
        Assert.DoesNotContain("解除预警", await Page(house, "/warnings", reader));
        Assert.Contains("示范县：", await Page(house, "/warnings", county));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/warnings-workbook", reader));
        Assert.Equal(403, await house.StatusOf(HttpMethod.Get, "/warnings/new", reader));

        await Press(house, county, "end");
        Assert.DoesNotContain("高温预警", await Page(house, "/today", reader));
        await Press(house, county, "resume");
        Assert.Contains("高温预警到", await Page(house, "/today", reader));
    }

    /// <summary>A call that ended just now, before anything was warned of.</summary>
    private static async Task Visit(OpenHouse house, Person elder, Person helper)
    {
        var (began, now) = (house.Clock.GetUtcNow().AddMinutes(-30), house.Clock.GetUtcNow());
        _ = (await house.Get<RecordVisit>().Run(
            new(new(house.NewId()), elder.Id, helper.Id, began, now, CareDay.Well),
            new(helper.Id, Role.Volunteer, Village.X, new(ReachKind.Pairs, [elder.Id.Value])), default)).Value;
    }

    /// <summary>Presses the one button of a name on the list.</summary>
    private static async Task Press(OpenHouse house, string cookie, string what)
    {
        var page = await Page(house, "/warnings", cookie);
        var name = page.Split($"name=\"_handler\" value=\"{what}-")[1].Split('"')[0];
        var form = await PageForm.Open(house, "/warnings", $"{what}-{name}", cookie);
        using var answer = await form.Send(house, []);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }
}
