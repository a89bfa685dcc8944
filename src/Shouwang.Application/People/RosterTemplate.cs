using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Shouwang.Application.People;

/// <summary>Writes the roster workbook villages fill in: text columns for numbers that must not be cut, dropdowns, a frozen header,
/// instructions, a hidden sheet of codes. 花名册模板</summary>
public static class RosterTemplate
{
    /// <summary>The first row below the headings.</summary>
    internal const int FirstRow = 4;

    private const int DropdownRows = 5_000;
    private const string CodeSheet = "代码";

    private static readonly DateTimeOffset s_stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (RosterColumn Column, IReadOnlyList<string> Words)[] s_lists =
    [
        (RosterColumn.Sex, RosterCodes.Sexes.Offered), (RosterColumn.Kind, RosterCodes.Kinds.Offered),
        (RosterColumn.Living, RosterCodes.Livings.Offered), (RosterColumn.Support, RosterCodes.Supports.Offered),
        (RosterColumn.Ability, RosterCodes.Abilities.Offered), (RosterColumn.Part, RosterCodes.Parts.Offered),
        (RosterColumn.Relation, RosterCodes.Relations.Offered),
    ];

    private static readonly string[] s_instructions =
    [
        "填写说明",
        "1. 每人一行，从第4行填起；表头不要改名，可以调整列的顺序，用不到的列可以留空。",
        "2. 身份证号、电话两列已设为文本格式，请直接填写或“只粘贴数值”；如果显示成 5.1E+17，后几位已经丢失，必须重新填写。",
        "3. 出生日期可以写 1945-3-2、1945.3.2、1945年3月2日，也可以写农历，如 农历1945年三月初二；只写到月份的按当月1日登记，有身份证号的以身份证号为准。",
        "4. 没有身份证号的人必须填写户号，系统按“姓名、出生日期、户号”认人。",
        "5. 人员类别：老年人、志愿者、村医；一个人兼两种身份时用顿号隔开，如 老年人、志愿者。",
        "6. 居住状况中独居、空巢、留守是三种不同情况，请分别选择。",
        "7. 同一村民组、同一户的单元格可以合并。",
        "8. 住处标志写邻居听得懂的话，如 老槐树东侧第三户；经纬度不知道可以不填。",
        "9. 不要在表里使用公式。",
    ];

    /// <summary>Writes an empty template.</summary>
    public static void Write(Stream to) => Write(to, "互助养老花名册", new([], [], [], []));

    /// <summary>Writes a sheet of people; the same sheet always gives the same bytes.</summary>
    internal static void Write(Stream to, string title, SampleSheet sheet)
    {
        using var draft = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(draft, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var book = file.AddWorkbookPart();
            file.ChangeIdOfPart(book, "book");
            book.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            RosterSheetPart.Write(book.AddNewPart<WorksheetPart>("roster"), title, sheet, Dropdowns());
            RosterSheetPart.WriteLines(book.AddNewPart<WorksheetPart>("notes"), [.. s_instructions.Select(line => new[] { line })], 110);
            RosterSheetPart.WriteLines(book.AddNewPart<WorksheetPart>("codes"), Codes(), 14);
            book.Workbook = new Workbook(new Sheets(
                new Sheet { Name = SampleSheet.Name, SheetId = 1, Id = "roster" },
                new Sheet { Name = "填写说明", SheetId = 2, Id = "notes" },
                new Sheet { Name = CodeSheet, SheetId = 3, Id = "codes", State = SheetStateValues.Hidden }));
        }

        Stamp(draft, to);
    }

    /// <summary>The dropdown of each coded column: its cells, and the cells of the code sheet it offers.</summary>
    private static IEnumerable<(string Cells, string Source)> Dropdowns()
    {
        for (var i = 0; i < s_lists.Length; i++)
        {
            var (column, words) = s_lists[i];
            var (at, from) = ((int)column, $"${(char)('A' + i)}$");
            yield return (
                $"{RosterHeader.CellName(at, FirstRow)}:{RosterHeader.CellName(at, FirstRow + DropdownRows)}",
                $"{CodeSheet}!{from}3:{from}{words.Count + 2}");
        }
    }

    private static List<string[]> Codes()
    {
        var lines = new List<string[]> { new[] { "版本", RosterCodes.Version } };
        lines.Add([.. s_lists.Select(l => RosterColumns.Template.First(t => t.Column == l.Column).Heading)]);
        for (var i = 0; i < s_lists.Max(l => l.Words.Count); i++) lines.Add([.. s_lists.Select(l => i < l.Words.Count ? l.Words[i] : "")]);
        return lines;
    }

    /// <summary>0 plain, 1 text, 2 heading, 3 title.</summary>
    private static Stylesheet Styles() => new(
        new Fonts(new Font(new FontSize { Val = 11 }), new Font(new Bold(), new FontSize { Val = 11 }),
            new Font(new Bold(), new FontSize { Val = 18 })),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE7E6E6" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat { NumberFormatId = 0 },
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true },
            Aligned(new CellFormat { FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true }),
            Aligned(new CellFormat { FontId = 2, ApplyFont = true })));

    private static CellFormat Aligned(CellFormat format)
    {
        format.Alignment =
            new Alignment { Horizontal = HorizontalAlignmentValues.Center, Vertical = VerticalAlignmentValues.Center, WrapText = true };
        format.ApplyAlignment = true;
        return format;
    }

    /// <summary>Packs the parts again in a fixed order with a fixed time, since a package notes when it was written.</summary>
    private static void Stamp(MemoryStream draft, Stream to)
    {
        draft.Position = 0;
        using var from = new ZipArchive(draft, ZipArchiveMode.Read);
        using var packed = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var part in from.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
        {
            var entry = packed.CreateEntry(part.FullName, CompressionLevel.Optimal);
            entry.LastWriteTime = s_stamp;
            using var source = part.Open();
            using var target = entry.Open();
            source.CopyTo(target);
        }
    }
}
