using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Shouwang.Application.Common;

/// <summary>A list as a workbook: its rows on one sheet, and on another who took it out, when and by which filters. 名单导出</summary>
/// <param name="Title">The name of the first sheet.</param>
/// <param name="Head">The headings.</param>
/// <param name="Rows">The cells, row by row, all as text: a value never becomes a formula.</param>
/// <param name="AboutTitle">The name of the second sheet.</param>
/// <param name="About">Who, when, filters: a label and what it says.</param>
public sealed record ListWorkbook(
    string Title, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, string AboutTitle,
    IReadOnlyList<(string Label, string Says)> About)
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The bytes of the .xlsx file.</summary>
    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var package = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var book = package.AddWorkbookPart();
            var (list, about) = (book.AddNewPart<WorksheetPart>("list"), book.AddNewPart<WorksheetPart>("about"));
            list.Worksheet = Sheet(Rows.Prepend(Head), Head.Count);
            about.Worksheet = Sheet(About.Select(a => (IReadOnlyList<string>)[a.Label, a.Says]), 2);
            book.Workbook = new Workbook(new Sheets(
                new Sheet { Name = Title, SheetId = 1, Id = "list" }, new Sheet { Name = AboutTitle, SheetId = 2, Id = "about" }));
        }

        return file.ToArray();
    }

    private static Worksheet Sheet(IEnumerable<IReadOnlyList<string>> rows, int columns)
    {
        var data = new SheetData();
        foreach (var cells in rows) data.Append(new Row(cells.Select(text => (OpenXmlElement)Text(text))));
        var widths = new Columns(new Column { Min = 1, Max = (uint)columns, Width = 18, CustomWidth = true });
        return new Worksheet(widths, data);
    }

    private static Cell Text(string text) => new()
    {
        DataType = CellValues.InlineString,
        InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }),
    };
}
