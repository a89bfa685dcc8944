using System.Net;
using System.Net.Http.Json;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Areas;

/// <summary>A county keeps its part of the administrative tree from its own pages and over the API.</summary>
public sealed class AreaPagesTests
{
    private static readonly AreaCode s_county = new(990101000000);

    [Theory, EachDatabase]
    public async Task A_county_officer_renames_a_village_and_merges_another_into_it_on_one_page(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await House(house);

        var rename = await PageForm.Open(house, $"/areas/{Village.X}/change", "rename", officer);
        using var renamed = await rename.Send(house, new() { ["Input.Name"] = "新村", ["Input.Day"] = Day(house) });
        var replace = await PageForm.Open(house, $"/areas/{Village.Beside}/change", "replace", officer);
        using var merged = await replace.Send(house, new() { ["Input.Successors"] = $" {Village.X}， ", ["Input.Day"] = Day(house) });

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (renamed.StatusCode, merged.StatusCode));
        Assert.Equal("新村", (await History(house, Village.X))[^1].Name);
        Assert.Equal([Village.X], (await History(house, Village.Beside))[^1].Successors);
    }

    [Theory, EachDatabase]
    public async Task A_successor_that_cannot_be_read_is_named_on_the_page_and_nothing_changes(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await House(house);

        var replace = await PageForm.Open(house, $"/areas/{Village.Beside}/change", "replace", officer);
        using var refused = await replace.Send(house, new() { ["Input.Successors"] = "X村", ["Input.Day"] = Day(house) });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("12 位", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await History(house, Village.Beside))[^1].To);
    }

    [Theory, EachDatabase]
    public async Task A_table_handed_in_on_the_page_is_taken_in_and_what_was_not_is_named_by_line_and_reason(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await House(house);

        var form = await PageForm.Open(house, "/areas/import", "areas", officer);
        var tooLong = new string('长', Area.LongestName + 1);
        var table = $"code,name\n{Village.X},改名村\n990101100209,新增村\n990102100201,别县村\n99010110020X,错码\n990101100208,{tooLong}\n";
        using var taken = await form.Send(house, new() { ["Input.Day"] = Day(house) }, ("Input.File", table));

        var page = await taken.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Contains("新增 1，更名 1，没变 0", page, StringComparison.Ordinal);
        Assert.Contains("3 行没有导入", page, StringComparison.Ordinal);
        Assert.Contains("区划名称要有 1 到 60 个字", page, StringComparison.Ordinal);
        Assert.Equal("改名村", (await History(house, Village.X))[^1].Name);
    }

    [Theory, EachDatabase]
    public async Task The_same_acts_over_the_api_count_once_for_one_id(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (officer, id) = (await House(house), house.NewId());
        var table = System.Text.Encoding.UTF8.GetBytes("code,name\n990101100209,新增村\n");

        for (var time = 0; time < 2; time++)
        {
            using var taken = await house.Send(HttpMethod.Put, $"/api/v1/area-imports/{id}?from={house.Today:O}", officer, table);
            Assert.Equal(1, (await taken.Content.ReadFromJsonAsync<ImportAreas.Receipt>(HouseJson.Options))!.Added);
        }

        Assert.Equal(200, await house.StatusOf(
            HttpMethod.Put, $"/api/v1/areas/{Village.X}/names/{house.NewId()}", officer, new { name = "新村", from = house.Today }));
        Assert.Equal(400, await house.StatusOf(
            HttpMethod.Put, $"/api/v1/areas/{Village.X}/replacements/{house.NewId()}", officer,
            new { day = house.Today, successors = Array.Empty<string>() }));
        Assert.Equal(["X村", "新村"], (await History(house, Village.X)).Select(h => h.Name));
    }

    private static async Task<string> House(OpenHouse house)
    {
        var file = AreaFile.From(new StringReader(File.ReadAllText(Path.Combine(Look.Repository.Root, "samples", "areas-demo.csv")))).Value;
        var command = new ImportAreas.Command(house.NewId(), house.Today.AddYears(-1), file);
        _ = (await house.Get<ImportAreas>().Run(command, Actor.System(AreaCode.Nation), default)).Value;
        return await house.SignIn(await house.Someone(Role.CountyOfficer, new(s_county)));
    }

    private static string Day(OpenHouse house) => house.Today.ToString("O");

    private static async Task<IReadOnlyList<ListAreas.Row>> History(OpenHouse house, AreaCode area) =>
        (await house.Get<ListAreas>().Run(new(area), Actor.System(AreaCode.Nation), default)).Value.History;
}
