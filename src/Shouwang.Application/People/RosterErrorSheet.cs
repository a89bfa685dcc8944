using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Shouwang.Application.People;

/// <summary>Hands a roster back as it came, with one more column that says row by row what is wrong. 错误说明</summary>
/// <remarks>An .xlsx keeps its look; .xls and CSV come back as a plain .xlsx of the same cells.</remarks>
public static class RosterErrorSheet
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <param name="file">The workbook that was read; it must be seekable.</param>
    /// <param name="heading">The heading of the new column.</param>
    /// <param name="say">The sentence for an error.</param>
    public static void Write(Stream file, RosterReading reading, string heading, Func<CellError, string> say, Stream to)
    {
        using var whole = new MemoryStream();
        file.Position = 0;
        file.CopyTo(whole);
        var notes = reading.Sheets.ToDictionary(s => s.Name, s => Notes(s, reading, heading, say));
        if (whole.GetBuffer().AsSpan(0, (int)Math.Min(2, whole.Length)).SequenceEqual("PK"u8)) Copy(whole, reading, notes, to);
        else WriteAnew(whole, reading, notes, to);
    }

    /// <summary>The text of the new column by row.</summary>
    private static Dictionary<int, string> Notes(RosterSheet sheet, RosterReading reading, string heading, Func<CellError, string> say)
    {
        var notes = reading.Errors.Where(e => e.Sheet == sheet.Name).GroupBy(e => e.Row)
            .ToDictionary(g => g.Key, g => string.Join("；", g.Select(e => $"{e.Cell} {say(e)}")));
        notes[sheet.HeaderRow] = heading;
        return notes;
    }

    private static void Copy(MemoryStream whole, RosterReading reading, Dictionary<string, Dictionary<int, string>> notes, Stream to)
    {
        whole.Position = 0;
        using var from = new ZipArchive(whole, ZipArchiveMode.Read, leaveOpen: true);
        using var packed = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var parts = RosterPackage.SheetsOf(from).Where(s => notes.ContainsKey(s.Name)).ToDictionary(s => s.Part, s => s.Name);
        foreach (var part in from.Entries)
        {
            var entry = packed.CreateEntry(part.FullName);
            entry.LastWriteTime = part.LastWriteTime;
            using var source = part.Open();
            using var target = entry.Open();
            if (parts.TryGetValue(part.FullName, out var name)) Annotate(
                source, target, reading.Sheets.First(s => s.Name == name).LastColumn, notes[name]);
            else source.CopyTo(target);
        }
    }

    /// <summary>Copies a sheet part node by node and adds one cell at the end of each row that has a note.</summary>
    private static void Annotate(Stream source, Stream target, int column, Dictionary<int, string> notes)
    {
        using var reader = RosterText.Xml(source, new(RosterLimits.UnpackedBytes));
        using var writer = XmlWriter.Create(target, new() { CloseOutput = false });
        var row = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isRow = reader.LocalName == "row";
                    if (isRow) row = int.TryParse(reader.GetAttribute("r"), out var number) ? number : row + 1;
                    Open(reader, writer);
                    if (!reader.IsEmptyElement) break;
                    if (isRow) Note(writer, column, row, notes);
                    writer.WriteEndElement();
                    break;
                case XmlNodeType.EndElement:
                    if (reader.LocalName == "row") Note(writer, column, row, notes);
                    writer.WriteFullEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA:
                    writer.WriteString(reader.Value);
                    break;
            }
        }
    }

    /// <summary>Writes the start of an element. What says how wide a row or sheet is would no longer be true, and is left out.</summary>
    private static void Open(XmlReader reader, XmlWriter writer)
    {
        writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        var isRow = reader.LocalName == "row";
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (!isRow || reader.LocalName != "spans") writer.WriteAttributeString(
                reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
        }

        reader.MoveToElement();
    }

    private static void Note(XmlWriter writer, int column, int row, Dictionary<int, string> notes)
    {
        if (!notes.TryGetValue(row, out var note)) return;
        writer.WriteStartElement("c", Main);
        writer.WriteAttributeString("r", RosterHeader.CellName(column, row));
        writer.WriteAttributeString("t", "inlineStr");
        writer.WriteStartElement("is", Main);
        writer.WriteElementString("t", Main, note);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteAnew(MemoryStream whole, RosterReading reading, Dictionary<string, Dictionary<int, string>> notes, Stream to)
    {
        using var draft = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(draft, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var book = file.AddWorkbookPart();
            var sheets = new Sheets();
            foreach (var sheet in RosterFile.Read(whole).Value.Where(s => notes.ContainsKey(s.Name)))
            {
                var (number, part) = ((uint)sheets.Count() + 1, book.AddNewPart<WorksheetPart>());
                sheets.Append(new Sheet { Name = sheet.Name, SheetId = number, Id = book.GetIdOfPart(part) });
                WriteSheet(part, sheet, reading.Sheets.First(s => s.Name == sheet.Name).LastColumn, notes[sheet.Name]);
            }

            book.Workbook = new Workbook(sheets);
        }

        draft.Position = 0;
        draft.CopyTo(to);
    }

    private static void WriteSheet(WorksheetPart part, RosterFile.Sheet sheet, int column, Dictionary<int, string> notes)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteStartElement(new SheetData());
        foreach (var row in sheet.Rows)
        {
            var cells = new object?[column + 1];
            for (var c = 0; c < column; c++) cells[c] = row[c] is DateTime day ? day.ToString("yyyy-MM-dd") : row[c];
            cells[column] = notes.GetValueOrDefault(row.Number);
            RosterSheetPart.WriteRow(xml, row.Number, cells, 0);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
