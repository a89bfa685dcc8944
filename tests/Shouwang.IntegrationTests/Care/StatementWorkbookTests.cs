using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A month taken out as a workbook: a line for each elder, and beside them the same sums as on the sheet.</summary>
public sealed class StatementWorkbookTests
{
    private static readonly AreaCode s_village = new(990101100201);

    [Theory, EachDatabase]
    public async Task The_workbook_has_a_line_for_each_elder_and_says_of_which_month_and_who_took_it_out(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var elders = Enumerable.Range(0, 3).Select(_ => house.NewPerson(s_village, PersonRoles.Elder)).ToList();
        var helper = house.NewPerson(s_village, PersonRoles.Volunteer);
        foreach (var elder in elders) elder.Learn(FactKind.Living, LivingSituation.LivingAlone, new(2026, 1, 1), house.Clock.GetUtcNow());
        await house.Add([.. elders, helper, Area.Enter(s_village, "石桥村", new(2020, 1, 1)).Value]);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(s_village)));
        var ended = house.Clock.GetUtcNow().AddMinutes(-5);
        using (var visited = await house.Send(HttpMethod.Put, $"/api/v1/visits/{Id<Visit>.New(house.Clock)}", cadre, new
        {
            elder = elders[0].Id.Value, volunteer = helper.Id.Value, startedAt = ended.AddMinutes(-30), endedAt = ended,
            way = "Door", outcome = "Done", items = new[] { "Visit" }, condition = "Well",
        })) visited.EnsureSuccessStatusCode();

        using var answer = await house.Send(HttpMethod.Get, $"/api/v1/villages/{s_village}/statements/2026-03/workbook", cadre);

        Assert.Equal(ListWorkbook.MediaType, answer.Content.Headers.ContentType?.MediaType);
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), false);
        var sheets = workbook.WorkbookPart!.WorksheetParts.Select(p => p.Worksheet!.Descendants<Row>().ToList()).ToList();
        var list = ((WorksheetPart)workbook.WorkbookPart!.GetPartById("list")).Worksheet!.Descendants<Row>().ToList();
        Assert.Equal(1 + elders.Count, list.Count);
        Assert.Single(list, r => r.InnerText.Contains("3月16日", StringComparison.Ordinal));
        var about = string.Concat(sheets.Where(s => s.Count > list.Count).SelectMany(s => s).Select(r => r.InnerText));
        Assert.Contains("石桥村", about, StringComparison.Ordinal);
        Assert.Contains("2026-03", about, StringComparison.Ordinal);
        Assert.Contains("33.33%", about, StringComparison.Ordinal);
        Assert.Contains("示例", about, StringComparison.Ordinal);
        foreach (var said in new[] { "3 位，看望到 1 位", "探访方式上门 1", "探视、聊天 1", "没有看望到的老人2", "没有结对的老人3", "探访 1 次" })
            Assert.Contains(said, about, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task The_next_villages_cadre_finds_no_workbook(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Add(Area.Enter(s_village, "石桥村", new(2020, 1, 1)).Value);
        var stranger = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.Beside)));

        Assert.Equal(
            404, await house.StatusOf(HttpMethod.Get, $"/api/v1/villages/{s_village}/statements/2026-03/workbook", stranger));
    }
}
