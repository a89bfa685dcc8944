using System.Net;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;
using static Shouwang.IntegrationTests.Infrastructure.PageForm;

namespace Shouwang.IntegrationTests.Care;

/// <summary>The month of a point on its page: handed in, sent back, printed with seal and signatures, and what came in late.</summary>
public sealed class StatementPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_the_township_sends_back_says_so_and_is_handed_in_again(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var month = await March(house);
        Assert.Contains("草稿，随时会变。", await Page(house, month.Path, month.Cadre), StringComparison.Ordinal);

        Assert.Contains("上报，等乡镇接收。", await Pressed(house, month.Path, "submit", month.Cadre), StringComparison.Ordinal);
        var returned = await Pressed(house, month.Path, "return", month.Officer);

        Assert.Contains("乡镇退回了，请核对后再上报。", returned, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"return\"", returned, StringComparison.Ordinal);
        Assert.Contains("value=\"submit\"", await Page(house, month.Path, month.Cadre), StringComparison.Ordinal);
        Assert.Contains("上报，等乡镇接收。", await Pressed(house, month.Path, "submit", month.Cadre), StringComparison.Ordinal);
        Assert.Contains("接收，已锁定。", await Pressed(house, month.Path, "accept", month.Officer), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task The_printed_page_has_a_place_for_seal_and_signatures_and_after_a_late_visit_then_and_now(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var month = await March(house);

        var closed = await Pressed(house, month.Path, "submit", month.Cadre);
        foreach (var line in new[] { "经办人", "村委会负责人", "乡镇负责人", "日期" })
            Assert.Contains($"<div class=\"seal__line\"><span>{line}</span><span></span></div>", closed, StringComparison.Ordinal);
        Assert.Contains("<div class=\"seal__place\">村委会盖章</div>", closed, StringComparison.Ordinal);
        Assert.Contains("校验码 ", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("上报以后有变化", closed, StringComparison.Ordinal);

        house.Clock.Advance(TimeSpan.FromMinutes(5));
        await month.Visit(new(2026, 3, 20));

        var late = await Page(house, month.Path, month.Cadre);
        var table = late.Split("上报以后有变化")[^1].Split("</table>")[0];
        foreach (var head in new[] { "上报时", "现在" }) Assert.Contains($">{head}</th>", table, StringComparison.Ordinal);
        var visits = table.Split("探访次数</th>")[1].Split("</tr>")[0];
        Assert.Matches(">1</td>[^0-9]*>2</td>", visits);
        Assert.Contains("seal__place", late, StringComparison.Ordinal);
    }

    /// <summary>March of a point with one elder and one visit, looked at in April.</summary>
    private static async Task<Month> March(OpenHouse house)
    {
        var elder = house.NewPerson(Village.X, PersonRoles.Elder, "李桂兰");
        var helper = house.NewPerson(Village.X, PersonRoles.Volunteer, "张秀英");
        var point = new Place(Id<Place>.New(house.Clock), Village.X, PlaceKind.Point, "李家互助点");
        point.Join(elder.Id, MemberPart.Elder, new(2026, 1, 1));
        var pair = new Domain.Pairing.Pair(Id<Domain.Pairing.Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, point.Id);
        _ = pair.Accept(new(2026, 1, 1)).Value;
        await house.Add(elder, helper, point, pair);
        house.Clock.SetUtcNow(new(2026, 4, 2, 1, 0, 0, TimeSpan.Zero));
        var month = new Month(house, (elder, helper), $"/points/{point.Id}/statements/2026-03")
        {
            Cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X))),
            Officer = await house.SignIn(await house.Someone(Role.TownshipOfficer, new(Village.X.At(AreaLevel.Township)))),
        };
        await month.Visit(new(2026, 3, 10));
        return month;
    }

    private sealed record Month(OpenHouse House, (Person Elder, Person Helper) Pair, string Path)
    {
        public required string Cadre { get; init; }

        public required string Officer { get; init; }

        public async Task Visit(DateOnly day)
        {
            var began = Days.At(day, new(9, 0));
            _ = (await House.Get<RecordVisit>().Run(
                new(new(House.NewId()), Pair.Elder.Id, Pair.Helper.Id, began, began.AddMinutes(30), CareDay.Well),
                new(Pair.Helper.Id, Role.Volunteer, Village.X, new(ReachKind.Pairs, [Pair.Elder.Id.Value])), Ct)).Value;
        }
    }

    /// <summary>Presses one of the buttons, and reads the page it leads back to.</summary>
    private static async Task<string> Pressed(OpenHouse house, string path, string act, string cookie)
    {
        var form = await PageForm.Open(house, path, "statement", cookie);
        using var answer = await form.Send(house, new() { ["Input.Act"] = act });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await Page(house, answer.Headers.Location!.OriginalString, cookie);
    }
}
