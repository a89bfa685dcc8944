using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Lists of the register as workbooks: the rows, and on a second sheet who took them out, when, of which area, by which
/// filters.</summary>
public sealed class ExportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_workbook_says_who_took_it_out_when_and_by_which_filters(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await Peopled(house);
        foreach (var list in new[] { "people-workbook?Text=SL&Group=二组", "helpers-workbook", "points-workbook", "pairs-workbook" })
        {
            var (_, about) = await Sheets(house, list, cookie);

            Assert.Contains(about, row => row is ["导出人", "示例 村干部"]);
            Assert.Contains(about, row => row is ["导出时间", "2026年3月16日 09:00"]);
            Assert.Contains(about, row => row is ["范围", { Length: > 0 }]);
            if (list.Contains("Group", StringComparison.Ordinal)) Assert.Contains(about, row => row is ["村民组", "二组"]);
        }
    }

    [Theory, EachDatabase]
    public async Task Helpers_come_with_their_kind_and_papers_and_points_with_what_they_lack(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await Peopled(house);

        var helper = Assert.Single((await Sheets(house, "helpers-workbook", cookie)).List.Skip(1));
        Assert.Contains("党员、留守妇女", helper);
        Assert.Contains("未登记", helper);
        var point = Assert.Single((await Sheets(house, "points-workbook", cookie)).List.Skip(1));
        Assert.Equal(["村东", "还缺人", "0", "0", "10", "0"], point);
    }

    private static async Task<string> Peopled(OpenHouse house)
    {
        var helper = house.NewPerson(Village.X, PersonRoles.Volunteer);
        var kinds = FactShape.Of(FactKind.VolunteerKinds).Read("PartyMember, WomanAtHome").Value;
        _ = helper.Learn(FactKind.VolunteerKinds, new(kinds), new(house.Today, null), house.Clock.GetUtcNow()).Value;
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        elder.LiveAt("二组", null);
        await house.Add(helper, elder, new Place(Id<Place>.New(house.Clock), Village.X, PlaceKind.Point, "村东"));
        return await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
    }

    private static async Task<(List<string[]> List, List<string[]> About)> Sheets(OpenHouse house, string list, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, $"/api/v1/{list}", cookie);
        Assert.Equal(ListWorkbook.MediaType, answer.Content.Headers.ContentType?.MediaType);
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)), false);
        return (Rows(workbook, "list"), Rows(workbook, "about"));
    }

    private static List<string[]> Rows(SpreadsheetDocument workbook, string sheet) =>
        [.. ((WorksheetPart)workbook.WorkbookPart!.GetPartById(sheet)).Worksheet!.Descendants<Row>()
            .Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToArray())];
}
