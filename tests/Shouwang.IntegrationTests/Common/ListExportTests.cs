using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>One law for every list that leaves the house: the workbook its page offers holds the rows of that page over all its pages, no
/// other, and says who took it out, when, of which area and by which filters.</summary>
public sealed partial class ListExportTests
{
    /// <summary>A list: its page, who looks at it, and what the list is called where the page has several.</summary>
    private sealed record Listed(string Page, Role Role, string? Label = null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_list_of_a_village_leaves_as_its_page_shows_it_over_all_pages(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var full = await FullVillage.In(house);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        foreach (var list in new Listed[]
        {
            new("/people", Role.VillageCadre), new("/people?group=%E4%BA%8C%E7%BB%84", Role.VillageCadre),
            new("/helpers", Role.VillageCadre),
            new("/points", Role.VillageCadre), new("/visits", Role.VillageCadre), new("/visits?state=open", Role.VillageCadre),
            new("/duties?all=yes", Role.VillageCadre), new("/statements", Role.VillageCadre), new("/hours/disputes", Role.VillageCadre),
            new("/hours/holds", Role.VillageCadre), new("/accounts", Role.VillageCadre), new("/people/import", Role.VillageCadre),
            new("/people/duplicates", Role.VillageCadre), new($"/people/{full.Elder}/looks", Role.VillageCadre),
            new($"/people/{full.Elder}/consents", Role.VillageCadre), new($"/people/{full.Helper}/hours", Role.VillageCadre),
            new("/visits/signatures?month=2026-03", Role.VillageCadre), new("/today", Role.VillageCadre, "紧急情况"),
            new("/rules", Role.VillageCadre), new($"/households/{await full.Household()}", Role.VillageCadre),
        })
            await Holds(house, list, cadre);
    }

    [Theory, EachDatabase]
    public async Task Every_list_of_those_who_watch_leaves_as_its_page_shows_it_over_all_pages(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await FullVillage.Watched(house);
        foreach (var list in new Listed[]
        {
            new("/ledger/reversals", Role.CountyOfficer), new("/pools", Role.CountyOfficer), new("/pools/fillings", Role.CountyOfficer),
            new("/areas", Role.CountyOfficer, "第 1 页，共 1 个"),
            new("/audit", Role.Auditor), new("/security", Role.Auditor), new("/outbox", Role.Auditor), new("/books", Role.Auditor),
        })
        {
            var scope = list.Page == "/ledger/reversals" ? Village.X.At(AreaLevel.Township) : Village.X.At(AreaLevel.County);
            await Holds(house, list, await house.SignIn(await house.Someone(list.Role, new(scope))));
        }
    }

    [Theory, EachDatabase]
    public async Task A_page_of_a_filter_and_its_workbook_name_the_filter(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        _ = await FullVillage.In(house);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        foreach (var (page, label, says) in new[]
        {
            ("/people?group=%E4%BA%8C%E7%BB%84", "村民组", "二组"), ("/visits?state=open", "状态", "待核验"), ("/visits", "状态", "不限"),
            ("/duties?all=yes", "显示", "全部未办的事"), ("/duties", "显示", "我手上的事"),
        })
        {
            using var shown = await house.Send(HttpMethod.Get, page, cadre);
            var (_, about) = await Sheets(house, Offered(await shown.Content.ReadAsStringAsync(Ct), null), cadre);
            Assert.Contains(about, row => row[0] == label && row[1] == says);
        }
    }

    [Theory, EachDatabase]
    public async Task A_list_longer_than_is_read_at_once_leaves_whole_and_nobody_twice(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var expected = await FullVillage.Crowd(house, 2_100);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        var (rows, about) = await Sheets(house, "/api/v1/people-workbook?text=%E4%BC%97", cadre);

        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        Assert.Contains(about, row => row is ["条数", "2100"]);
    }

    [Theory, EachDatabase]
    public async Task Whom_to_look_in_on_leaves_whole_though_a_page_shows_the_most_pressing(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        _ = await FullVillage.In(house);
        await FullVillage.Elders(house, DueVisits.Most);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        using var page = await house.Send(HttpMethod.Get, "/today", cadre);
        var (rows, _) = await Sheets(house, Offered(await page.Content.ReadAsStringAsync(Ct), "邻里互助点"), cadre);

        Assert.True(rows.Count > DueVisits.Most);
        var due = (await house.Get<DueVisits>().Run(Actor.System(Village.X), Ct)).Value;
        Assert.Equal(due.Elders, rows.Count);
        Assert.Equal(due.Rows.Select(r => r.Name), rows.Take(DueVisits.Most).Select(r => r[0]));
    }

    private static async Task Holds(OpenHouse house, Listed list, string cookie)
    {
        var (shown, address) = await Walked(house, list, cookie);
        var (rows, about) = await Sheets(house, address, cookie);

        Assert.True(shown.Count > 0, $"Nothing on {list.Page}.");
        Assert.True(shown.Count == rows.Count, $"{list.Page}: {shown.Count} on the pages, {rows.Count} in the workbook.");
        Assert.All(rows, row => Assert.True(shown.Any(s => s.Contains(row[0], StringComparison.Ordinal)), $"{list.Page}: {row[0]}"));
        Assert.All(shown, s => Assert.True(rows.Any(row => s.Contains(row[0], StringComparison.Ordinal)), $"{list.Page}: {s}"));
        // Rules name the neighbourhood itself, and hold next door too.
        if (list.Page != "/rules") Assert.DoesNotContain(rows, row => row.Any(cell => cell.Contains('邻')));
        Assert.Contains(about, row => row is ["导出人", { Length: > 0 }]);
        Assert.Contains(about, row => row is ["导出时间", "2026年3月16日 09:00"]);
        Assert.Contains(about, row => row is ["范围", { Length: > 0 }]);
        Assert.Contains(about, row => row[0] == "条数" && row[1] == $"{rows.Count}");
    }

    /// <summary>What stands on all pages, row by row, and the address the page offers its workbook at.</summary>
    private static async Task<(List<string> Rows, string Address)> Walked(OpenHouse house, Listed list, string cookie)
    {
        var (rows, address) = (new List<string>(), "");
        for (string? page = list.Page; page is not null;)
        {
            using var answer = await house.Send(HttpMethod.Get, page, cookie);
            answer.EnsureSuccessStatusCode();
            var html = await answer.Content.ReadAsStringAsync(Ct);
            address = Offered(html, list.Label);
            rows.AddRange(Rows(list.Label is null ? html : Part(html, list.Label)));
            page = list.Label is null && Next().Match(html) is { Success: true } next
                ? WebUtility.HtmlDecode(next.Groups["to"].Value) : null;
        }

        return (rows, address);
    }

    private static string Part(string html, string label)
    {
        var from = html.IndexOf($"aria-label=\"{label}\"", StringComparison.Ordinal);
        Assert.True(from >= 0, $"No list called {label}.");
        var ends = new[] { "</ul>", "</table>" }.Select(end => html.IndexOf(end, from, StringComparison.Ordinal));
        return html[from..ends.Where(end => end >= 0).Min()];
    }

    /// <summary>The workbook a page offers; the last before a list where it has several.</summary>
    private static string Offered(string html, string? label)
    {
        var before = label is null ? html : html[..html.IndexOf($"aria-label=\"{label}\"", StringComparison.Ordinal)];
        var offers = Offer().Matches(before).Select(m => WebUtility.HtmlDecode(m.Groups["at"].Value)).ToList();
        if (label is null) Assert.Single(offers);
        return offers[^1];
    }

    private static IEnumerable<string> Rows(string html)
    {
        var rows = Row().Matches(html).Select(m => m.Value).ToList();
        if (rows.Count == 0) rows = [.. BodyRow().Matches(html).Select(m => m.Value)];
        return rows.Select(row => WebUtility.HtmlDecode(Markup().Replace(row, " ")));
    }

    private static async Task<(List<string[]> List, List<string[]> About)> Sheets(OpenHouse house, string address, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, address, cookie);
        Assert.Equal(ListWorkbook.MediaType, answer.Content.Headers.ContentType?.MediaType);
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)), false);
        return ([.. Cells(workbook, "list").Skip(1)], Cells(workbook, "about"));
    }

    private static List<string[]> Cells(SpreadsheetDocument workbook, string sheet) =>
        [.. ((WorksheetPart)workbook.WorkbookPart!.GetPartById(sheet)).Worksheet!.Descendants<Row>()
            .Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToArray())];

    [GeneratedRegex("href=\"(?<at>/api/v1/[^\"]*workbook[^\"]*)\"[^>]* download")]
    private static partial Regex Offer();

    [GeneratedRegex("href=\"(?<to>[^\"]*)\" rel=\"next\"")]
    private static partial Regex Next();

    /// <summary>A row of work, or a section of the reversals.</summary>
    [GeneratedRegex("<li class=\"work__row\".*?</li>|<section>.*?</section>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<tr class=\"govuk-table__row\">(?:(?!</tr>).)*<td.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex BodyRow();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();
}
