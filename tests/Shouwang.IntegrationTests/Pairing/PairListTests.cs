using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>The list of pairs of a large village: page by page, and whole as a workbook.</summary>
public sealed class PairListTests
{
    private static readonly AreaCode s_village = new(990101100201);

    [Theory, EachDatabase]
    public async Task Pairs_and_elders_without_one_come_fifty_at_a_time_and_none_is_lost_between_pages(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await Filled(house, 60, 55);

        var (first, second) = (await Page(house, cadre, 1, 1), await Page(house, cadre, 2, 2));

        Assert.Equal((60, 55), (first.GetProperty("active").GetInt32(), first.GetProperty("without").GetInt32()));
        Assert.Equal((2, 2), (first.GetProperty("pages").GetInt32(), first.GetProperty("waitingPages").GetInt32()));
        Assert.Equal((50, 10), (Ids(first, "pairs", "id").Count, Ids(second, "pairs", "id").Count));
        Assert.Equal(60, Ids(first, "pairs", "id").Union(Ids(second, "pairs", "id")).Count());
        Assert.Equal(55, Ids(first, "withoutPair", "elder").Union(Ids(second, "withoutPair", "elder")).Count());
        Assert.Equal(Ids(second, "pairs", "id"), Ids(await Page(house, cadre, 9, 1), "pairs", "id"));

        using var page = await house.Send(HttpMethod.Get, "/pairs?page=2&waiting=1", cadre);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("/pairs?page=1&amp;waiting=1", html, StringComparison.Ordinal);
        Assert.Contains("/pairs?page=2&amp;waiting=2", html, StringComparison.Ordinal);
        Assert.Contains("/api/v1/pairs-workbook", html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task What_waits_for_the_cadre_is_shown_before_what_stands_and_everything_is_one_step_away(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await Filled(house, 60, 1);
        var (elder, helper) = (house.NewPerson(s_village, PersonRoles.Elder), house.NewPerson(s_village, PersonRoles.Volunteer));
        var proposed = new Pair(Id<Pair>.New(house.Clock), s_village, elder.Id, helper.Id, null);
        await house.Add(elder, helper, proposed);

        var (first, all) = (await Rows("/pairs"), await Rows("/pairs?show=all"));

        Assert.Contains($"/pairs/{proposed.Id}", first, StringComparison.Ordinal);
        Assert.Equal(1, first.Split("href=\"/pairs/").Length - 1);
        Assert.Contains("/pairs?show=all", first, StringComparison.Ordinal);
        Assert.Contains("/pairs?page=2&amp;waiting=1&amp;show=all", all, StringComparison.Ordinal);

        async Task<string> Rows(string page)
        {
            using var answer = await house.Send(HttpMethod.Get, page, cadre);
            return (await answer.Content.ReadAsStringAsync()).Split("<main")[1];
        }
    }

    [Theory, EachDatabase]
    public async Task The_workbook_holds_every_pair_and_every_elder_without_one(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await Filled(house, 52, 51);

        using var answer = await house.Send(HttpMethod.Get, "/api/v1/pairs-workbook", cadre);

        Assert.Equal(ListWorkbook.MediaType, answer.Content.Headers.ContentType?.MediaType);
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), false);
        var rows = ((WorksheetPart)workbook.WorkbookPart!.GetPartById("list")).Worksheet!.Descendants<Row>().ToList();
        Assert.Equal(1 + 52 + 51, rows.Count);
        Assert.Equal(52, rows.Count(r => r.InnerText.Contains("进行中", StringComparison.Ordinal)));
        Assert.Equal(51, rows.Count(r => r.InnerText.Contains("还没有志愿者", StringComparison.Ordinal)));
    }

    private static async Task<string> Filled(OpenHouse house, int paired, int alone)
    {
        var helper = house.NewPerson(s_village, PersonRoles.Volunteer);
        var elders = Enumerable.Range(0, paired + alone).Select(_ => house.NewPerson(s_village, PersonRoles.Elder)).ToList();
        var pairs = elders.Take(paired).Select(e => new Pair(Id<Pair>.New(house.Clock), s_village, e.Id, helper.Id, null)).ToList();
        foreach (var pair in pairs) _ = pair.Accept(house.Today).Value;
        await house.Add([helper, .. elders, .. pairs]);
        return await house.SignIn(await house.Someone(Role.VillageCadre, new(s_village)));
    }

    private static async Task<JsonElement> Page(OpenHouse house, string cookie, int page, int waiting)
    {
        using var answer = await house.Send(HttpMethod.Get, $"/api/v1/pairs?page={page}&waitingPage={waiting}", cookie);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static List<string?> Ids(JsonElement view, string list, string name) =>
        [.. view.GetProperty(list).EnumerateArray().Select(r => r.GetProperty(name).GetString())];
}
