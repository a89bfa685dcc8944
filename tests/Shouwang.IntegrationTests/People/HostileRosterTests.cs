using System.Diagnostics;
using System.Net;
using System.Text;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Files that were made to fill memory, to run for hours, to read what lies elsewhere or to carry something back: refused with a
/// code, at the price of a large honest roster.</summary>
public sealed class HostileRosterTests
{
    /// <summary>What reading a roster may ask of memory over its whole time, the freed included; an honest one of 20,000 rows takes more.
    /// </summary>
    private const long MostAllocated = 400L * 1024 * 1024;

    private static readonly DateOnly s_today = new(2026, 3, 16);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. HostileFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_with_its_code_and_takes_little_memory(string what)
    {
        var (make, code) = HostileFiles.All[what];
        var file = make();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = RosterWorkbook.Read(new MemoryStream(file), s_today, RegionCheck.ProvincesAndFiction);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(code, read.Refusal?.Code);
        Assert.InRange(allocated, 0, MostAllocated);
    }

    [Fact]
    public void Whatever_byte_of_an_old_workbook_is_spoilt_it_is_read_or_refused_and_nothing_else_happens()
    {
        var sound = HostileFiles.Old();
        var dice = new Random(97);
        var began = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < 3_000; turn++)
        {
            var spoilt = (byte[])sound.Clone();
            for (var n = dice.Next(1, 5); n > 0; n--) spoilt[dice.Next(spoilt.Length)] = (byte)dice.Next(256);
            var before = GC.GetAllocatedBytesForCurrentThread();

            var read = RosterWorkbook.Read(new MemoryStream(spoilt), s_today, RegionCheck.ProvincesAndFiction);

            if (read.Refusal is { } refusal) Assert.StartsWith("roster.", refusal.Code, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        }

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Formulas_are_named_by_cell_and_what_looks_like_one_in_a_csv_is_a_text()
    {
        var csv = "姓名,身份证号,户号\n=cmd|' /C calc'!A0,,1\n@SUM(A1),,2\n";
        var reading = RosterWorkbook.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), s_today, RegionCheck.Provinces).Value;

        Assert.Empty(reading.Rows);
        Assert.Contains(reading.Errors, e => e.Cell == "A2" && e.Refusal.Code == "roster.name-characters");
        using var marked = new MemoryStream();
        RosterErrorSheet.Write(new MemoryStream(Encoding.UTF8.GetBytes(csv)), reading, "错误说明", e => e.Refusal.Code, marked);
        using var back = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(marked, false);
        Assert.Empty(back.WorkbookPart!.WorksheetParts.SelectMany(
            p => p.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>()));
    }

    [Theory, EachDatabase]
    public async Task On_the_page_and_over_the_api_a_hostile_file_is_refused_in_words_of_either_language(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Add(Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        foreach (var what in new[]
        {
            "a sheet that swells", "a million rows", "a cell of fifty megabytes, unparsed", "an entity from outside", "macros",
            "a workbook under a password", "a package cut off", "a picture called .xlsx",
        })
        {
            var (make, code) = HostileFiles.All[what];
            var file = make();
            foreach (var language in new[] { "zh-CN", "en" })
                await IsRefused(house, $"{cadre}; {Language(language)}", file, code, language);
        }
    }

    private static async Task IsRefused(OpenHouse house, string cookie, byte[] file, string code, string language)
    {
        var says = new Web.Common.Words().All(language)[code].Split('{')[0];
        using var over = await house.Send(HttpMethod.Put, $"/api/v1/villages/{Village.X}/roster-previews/{house.NewId()}", cookie, file);
        var answered = await over.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, over.StatusCode);
        Assert.Contains($"\"{code}\"", answered, StringComparison.Ordinal);

        var form = await PageForm.Open(house, "/people/import", "roster", cookie);
        using var staged = await form.Send(house, new() { ["Input.Area"] = $"{Village.X}" }, ("Input.File", file));
        Assert.Equal(HttpStatusCode.Found, staged.StatusCode);
        using var shown = await house.Send(HttpMethod.Get, staged.Headers.Location!.OriginalString, cookie);
        Assert.Equal(HttpStatusCode.BadRequest, shown.StatusCode);
        Assert.Contains(says, WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
    }

    private static string Language(string language) => $"shouwang.language=c%3D{language}%7Cuic%3D{language}";
}
