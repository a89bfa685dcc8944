using System.IO.Compression;
using System.Xml.Linq;
using Shouwang.Application.People;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public class RosterTemplateTests
{
    private static readonly XNamespace s_main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public void The_template_has_text_columns_dropdowns_a_frozen_header_instructions_and_a_hidden_sheet_of_codes()
    {
        using var file = new MemoryStream();
        RosterTemplate.Write(file);
        using var zip = new ZipArchive(file);

        var sheets = Part(zip, "xl/workbook.xml").Descendants(s_main + "sheet").ToList();
        Assert.Equal(["花名册", "填写说明", "代码"], sheets.Select(s => (string)s.Attribute("name")!));
        Assert.Equal([null, null, "hidden"], sheets.Select(s => (string?)s.Attribute("state")));
        var roster = Sheets(zip)[0];
        Assert.Equal("frozen", (string)roster.Descendants(s_main + "pane").Single().Attribute("state")!);
        Assert.Equal(7, roster.Descendants(s_main + "dataValidation").Count());
        Assert.All(roster.Descendants(s_main + "dataValidation"), v => Assert.StartsWith("代码!", v.Value, StringComparison.Ordinal));
        Assert.Equal("@", FormatOf(zip, roster, column: 7));
        Assert.Equal("@", FormatOf(zip, roster, column: 8));
        var codes = Sheets(zip)[2].Descendants(s_main + "row").First();
        Assert.Equal(["版本", "1"], codes.Elements().Select(c => c.Value));
        Assert.Contains(Sheets(zip)[1].Descendants(s_main + "c"), c => c.Value.Contains("身份证号", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(11, 0.05)]
    [InlineData(12, 0.1)]
    [InlineData(13, 0.3)]
    [InlineData(14, 0.5)]
    public void Whatever_the_share_of_dirt_every_planted_fault_is_named_and_only_those(int seed, double dirt)
    {
        using var file = new MemoryStream();
        var made = SampleWorkbook.Write(file, 300, seed, dirt);
        file.Position = 0;

        var reading = RosterWorkbook.Read(file, new(2026, 11, 23), RegionCheck.ProvincesAndFiction).Value;

        Assert.True(made.Faults.Count > 300 * dirt);
        Assert.Equal(made.Faults, reading.Errors.Select(e => new PlantedFault(e.Cell, e.Refusal.Code)));
        Assert.Equal(made.Rows - made.Faults.Count, reading.Rows.Count);
    }

    [Fact]
    public void The_marked_sheet_says_row_by_row_what_is_wrong_and_reads_as_a_roster_again()
    {
        using var file = new MemoryStream();
        var made = SampleWorkbook.Write(file, 96, 3, 0.2);
        file.Position = 0;
        var reading = RosterWorkbook.Read(file, new(2026, 11, 23), RegionCheck.ProvincesAndFiction).Value;
        using var marked = new MemoryStream();

        RosterErrorSheet.Write(file, reading, "错误说明", e => e.Refusal.Code, marked);

        marked.Position = 0;
        var again = RosterWorkbook.Read(marked, new(2026, 11, 23), RegionCheck.ProvincesAndFiction).Value;
        Assert.Equal(reading.Errors.Select(e => $"{e}"), again.Errors.Select(e => $"{e}"));
        marked.Position = 0;
        using var zip = new ZipArchive(marked);
        var texts = Sheets(zip)[0].Descendants(s_main + "t").Select(t => t.Value).ToList();
        Assert.Single(texts, "错误说明");
        Assert.All(made.Faults, f => Assert.Contains(texts, t => t.StartsWith($"{f.Cell} {f.Code}", StringComparison.Ordinal)));
    }

    /// <summary>The number format of a column: "@" is text.</summary>
    private static string FormatOf(ZipArchive zip, XDocument sheet, int column)
    {
        var style = sheet.Descendants(s_main + "col").Where(c => (int)c.Attribute("min")! <= column && column <= (int)c.Attribute("max")!)
            .Select(c => (int?)c.Attribute("style") ?? 0).Single();
        var format = Part(zip, zip.Entries.Single(e => e.Name.StartsWith("styles", StringComparison.Ordinal)).FullName)
            .Descendants(s_main + "cellXfs").Single().Elements().ElementAt(style);
        return (int)format.Attribute("numFmtId")! == 49 ? "@" : "General";
    }

    private static List<XDocument> Sheets(ZipArchive zip)
    {
        var relations = Part(zip, "xl/_rels/workbook.xml.rels").Root!.Elements()
            .ToDictionary(r => (string)r.Attribute("Id")!, r => ((string)r.Attribute("Target")!).TrimStart('/'));
        return
        [
            .. Part(zip, "xl/workbook.xml").Descendants(s_main + "sheet")
                .Select(s => relations[s.Attributes().Single(a => a.Name.LocalName == "id").Value])
                .Select(path => Part(zip, path.StartsWith("xl/", StringComparison.Ordinal) ? path : "xl/" + path)),
        ];
    }

    private static XDocument Part(ZipArchive zip, string name)
    {
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }
}
