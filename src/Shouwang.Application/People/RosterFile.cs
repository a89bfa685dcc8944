using System.Text;
using CsvHelper;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>The cells of a roster file as they arrive: .xlsx, .xls, or CSV in UTF-8 or GB18030. 原始表格</summary>
internal static class RosterFile
{
    private static readonly CsvReaderOptions s_csv = new()
    {
        HasHeader = false, SkipEmptyLines = false, IncludeValuesInExceptions = false, MaxRecordSize = 4 * 1024 * 1024,
    };

    static RosterFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A row that holds something. Cells are null, string, double, bool or DateTime.</summary>
    /// <param name="Number">As the spreadsheet program counts, from 1.</param>
    internal sealed record Row(int Number, object?[] Cells)
    {
        public object? this[int column] => column < Cells.Length ? Cells[column] : null;
    }

    /// <summary>Cells merged into one; all counted from 0 but the rows, which count from 1.</summary>
    internal readonly record struct Merge(int FromRow, int ToRow, int FromColumn, int ToColumn);

    /// <summary>One visible sheet.</summary>
    /// <param name="FillsDown">Whether an empty shared cell means the one above: so in CSV, which cannot say what was merged.</param>
    internal sealed record Sheet(string Name, IReadOnlyList<Row> Rows, IReadOnlyList<Merge> Merges, IReadOnlySet<string> Formulas,
        bool FillsDown)
    {
        /// <summary>How many columns have cells, empty ones too.</summary>
        public int Width { get; init; } = Rows.Count == 0 ? 0 : Rows.Max(r => r.Cells.Length);
    }

    /// <summary>Reads every visible sheet, or says why the file is refused as a whole.</summary>
    public static Result<IReadOnlyList<Sheet>> Read(MemoryStream file)
    {
        if (file.Length > RosterLimits.FileBytes) return RosterRefusals.TooLarge;
        var head = file.GetBuffer().AsSpan(0, (int)Math.Min(8, file.Length));
        if (head.StartsWith("PK"u8)) return RosterPackage.Read(file);
        return head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? OldWorkbook(file) : Csv(file);
    }

    private static Result<IReadOnlyList<Sheet>> OldWorkbook(MemoryStream file)
    {
        var container = new RosterContainer(file.GetBuffer().AsMemory(0, (int)file.Length));
        if (container.IsLocked) return RosterRefusals.Password;
        if (!container.IsSound()) return RosterRefusals.Unreadable;
        var formulas = new RosterFormulas(container.Workbook());
        if (container.HasMacros || formulas.HasMacros) return RosterRefusals.Macros;
        file.Position = 0;
        try
        {
            using var reader = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            var (sheets, sheet) = (new List<Sheet>(), -1);
            do
            {
                sheet++;
                if (reader.VisibleState != "visible") continue;
                // What the sheet says it holds, the reader makes room for before it has read a row.
                if (reader.FieldCount > RosterLimits.OldColumns || reader.RowCount > RosterLimits.OldRows)
                    return RosterRefusals.Unreadable;
                if (reader.Name.Length > RosterLimits.SheetName || sheets.Exists(s => s.Name == reader.Name))
                    return RosterRefusals.Unreadable;
                if (!Rows(reader).IsOk(out var rows, out var tooMany)) return tooMany;
                var reckoned = formulas.Of(sheet);
                if (reckoned.Count > RosterLimits.Formulas) return RosterRefusals.TooLarge;
                sheets.Add(new(reader.Name, rows, Merges(reader), reckoned, FillsDown: false));
            }
            while (reader.NextResult());

            return sheets;
        }
        catch (InvalidPasswordException)
        {
            return RosterRefusals.Password;
        }
        catch (Exception e) when (IsOfParser(e))
        {
            return RosterRefusals.Unreadable;
        }
    }

    /// <summary>What the parser throws at bytes that only look like a workbook: its own errors, and those of its arithmetic.</summary>
    private static bool IsOfParser(Exception e) =>
        e is ExcelReaderException or InvalidDataException or System.Xml.XmlException or IOException
        or ArgumentException or FormatException or ArithmeticException or IndexOutOfRangeException or InvalidOperationException
        or NotSupportedException or KeyNotFoundException or NullReferenceException or InvalidCastException;

    private static Result<List<Row>> Rows(IExcelDataReader reader)
    {
        var rows = new List<Row>();
        for (var number = 1; reader.Read(); number++)
        {
            var cells = new object?[Math.Min(reader.FieldCount, RosterLimits.Columns)];
            var filled = false;
            for (var c = 0; c < cells.Length; c++) filled |= (cells[c] = Value(reader.GetValue(c))) is not null;
            if (filled) rows.Add(new(number, cells));
            if (rows.Count > RosterLimits.Rows) return RosterRefusals.TooManyRows.With("most", RosterLimits.Rows);
        }

        return rows;
    }

    private static object? Value(object? cell) => cell switch
    {
        null => null,
        int whole => (double)whole,
        TimeSpan or bool => cell.ToString(),
        string text => Sound(text) is { Length: > 0 } sound ? sound : null,
        _ => cell,
    };

    private static IReadOnlyList<Merge> Merges(IExcelDataReader reader) =>
        [.. (reader.MergeCells ?? []).Select(m => new Merge(m.FromRow + 1, m.ToRow + 1, m.FromColumn, m.ToColumn))];

    private static Result<IReadOnlyList<Sheet>> Csv(MemoryStream file)
    {
        var bytes = file.GetBuffer().AsSpan(0, (int)file.Length);
        if (bytes.Contains((byte)0) || Decoded(bytes) is not { } text) return RosterRefusals.Unreadable;

        var rows = new List<Row>();
        try
        {
            using var reader = CsvReader.FromText(text, s_csv);
            for (var number = 1; reader.Read(); number++)
            {
                var cells = new object?[Math.Min(reader.FieldCount, RosterLimits.Columns)];
                for (var c = 0; c < cells.Length; c++) cells[c] = Filled(reader.GetString(c));
                if (Array.Exists(cells, c => c is string { Length: > RosterLimits.CellCharacters })) return TooLong;
                if (Array.Exists(cells, c => c is not null)) rows.Add(new(number, cells));
                if (rows.Count > RosterLimits.Rows) return RosterRefusals.TooManyRows.With("most", RosterLimits.Rows);
            }
        }
        catch (CsvFormatException)
        {
            return RosterRefusals.Unreadable;
        }

        return new Sheet[] { new("CSV", rows, [], new HashSet<string>(), FillsDown: true) };
    }

    private static Refusal TooLong => RosterRefusals.CellTooLong.With("most", RosterLimits.CellCharacters);

    private static string? Filled(string text) => string.IsNullOrWhiteSpace(text) ? null : Sound(text);

    /// <summary>A text without what no sheet can hold: marks that only machines use, and half a character.</summary>
    private static string Sound(string text)
    {
        if (text.All(c => c is >= ' ' and < '\uD800')) return text;
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' or '\t' or '\n' or '\r' && rune.Value is not (0xFFFE or 0xFFFF)) sound.Append(rune);
        }

        return sound.ToString();
    }

    private static string? Decoded(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false, throwOnInvalidBytes: true), Strict("GB18030")])
        {
            try
            {
                return encoding.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                continue;
            }
        }

        return null;
    }

    private static Encoding Strict(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
