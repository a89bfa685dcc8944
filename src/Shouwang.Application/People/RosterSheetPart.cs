using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Shouwang.Application.People;

/// <summary>Writes the sheets of the roster workbook cell by cell, without holding them in memory. 工作表写出</summary>
internal static class RosterSheetPart
{
    private const uint Text = 1;
    private const uint Heading = 2;
    private const uint Title = 3;

    /// <summary>The roster itself: title and note above, headings, people, merged cells, dropdowns.</summary>
    public static void Write(WorksheetPart part, string title, SampleSheet sheet, IEnumerable<(string Cells, string Source)> dropdowns)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteElement(new SheetViews(new SheetView(
            new Pane
            {
                VerticalSplit = RosterTemplate.FirstRow - 1, TopLeftCell = $"A{RosterTemplate.FirstRow}",
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            }) { WorkbookViewId = 0 }));
        xml.WriteElement(Widths());

        xml.WriteStartElement(new SheetData());
        WriteRow(xml, 1, [title], Title);
        WriteRow(xml, 2, ["每人一行；身份证号和电话按文本填写；详见“填写说明”。"], 0);
        WriteRow(xml, 3, [.. RosterColumns.Template.Select(t => t.Heading)], Heading);
        for (var i = 0; i < sheet.Rows.Count; i++) WriteRow(xml, RosterTemplate.FirstRow + i, sheet.Rows[i], Text);
        xml.WriteEndElement();

        xml.WriteElement(Merged(sheet));
        xml.WriteElement(new DataValidations(dropdowns.Select(d => new DataValidation(new Formula1(d.Source))
        {
            Type = DataValidationValues.List, AllowBlank = true, SequenceOfReferences = new ListValue<StringValue> { InnerText = d.Cells },
        })));
        xml.WriteEndElement();
    }

    /// <summary>A sheet of plain lines.</summary>
    public static void WriteLines(WorksheetPart part, IReadOnlyList<IReadOnlyList<string>> lines, double width)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteElement(new Columns(new Column { Min = 1, Max = (uint)lines.Max(l => l.Count), Width = width, CustomWidth = true }));
        xml.WriteStartElement(new SheetData());
        for (var i = 0; i < lines.Count; i++) WriteRow(xml, i + 1, [.. lines[i]], i == 0 ? Heading : Text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>One row of cells: null, string, double or <see cref="SheetFormula"/>.</summary>
    public static void WriteRow(OpenXmlWriter xml, int number, IReadOnlyList<object?> cells, uint style)
    {
        xml.WriteStartElement(new Row { RowIndex = (uint)number });
        for (var c = 0; c < cells.Count; c++)
        {
            if (cells[c] is null or "") continue;
            xml.WriteElement(CellOf(cells[c]!, RosterHeader.CellName(c, number), style));
        }

        xml.WriteEndElement();
    }

    private static Cell CellOf(object value, string name, uint style) => value switch
    {
        double number => new Cell(new CellValue(number.ToString("R", CultureInfo.InvariantCulture))) { CellReference = name },
        SheetFormula formula => new Cell(new CellFormula(formula.Text), new CellValue("0")) { CellReference = name },
        _ => new Cell(new InlineString(new Text((string)value) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = name, StyleIndex = style, DataType = CellValues.InlineString,
        },
    };

    /// <summary>Column widths; a column that is still empty is text too, so that what is typed later is not cut.</summary>
    private static Columns Widths() => new(RosterColumns.Template.Select(t => new Column
    {
        Min = (uint)t.Column + 1, Max = (uint)t.Column + 1, Width = t.Width, CustomWidth = true,
        Style = t.Column is RosterColumn.Number ? 0 : Text,
    }));

    private static MergeCells Merged(SampleSheet sheet)
    {
        var last = RosterColumns.Template.Length - 1;
        var merges = new List<MergeCell>
        {
            new() { Reference = $"A1:{RosterHeader.CellName(last, 1)}" }, new() { Reference = $"A2:{RosterHeader.CellName(last, 2)}" },
        };
        merges.AddRange(sheet.Merges.Select(m => new MergeCell
        {
            Reference =
                $"{RosterHeader.CellName(m.Column, RosterTemplate.FirstRow + m.From)}:{RosterHeader.CellName(m.Column, RosterTemplate.FirstRow + m.To)}",
        }));
        return new MergeCells(merges);
    }
}
