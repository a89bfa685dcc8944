using System.Globalization;
using System.Text;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>Where a sheet's headings stand and which column each of ours is in; found under merged titles, also in two storeys.
/// 表头位置</summary>
/// <param name="Row">The row of the headings, the lower one where there are two.</param>
internal sealed record RosterHeader(int Row, IReadOnlyDictionary<RosterColumn, int> Columns)
{
    private const int Searched = 20;
    private const int Enough = 3;

    /// <summary>What a sheet without headings has: a workbook holds other sheets too, so this is no refusal.</summary>
    public static RosterHeader None { get; } = new(0, new Dictionary<RosterColumn, int>());

    /// <summary>The headings of a sheet; <see cref="None"/> where it has none of ours.</summary>
    public static Result<RosterHeader> Find(RosterFile.Sheet sheet)
    {
        for (var i = 0; i < sheet.Rows.Count && i < Searched; i++)
        {
            var row = sheet.Rows[i];
            var lower = i + 1 < sheet.Rows.Count && sheet.Rows[i + 1].Number == row.Number + 1 ? sheet.Rows[i + 1] : null;
            var storeys = lower is not null && HasStoreys(sheet, row, lower);
            var headings = Headings(sheet, row, storeys ? lower : null);

            var mapped = headings.Select((h, c) => (Column: Meaning(h), At: c)).Where(m => m.Column is not null).ToList();
            if (mapped.Count < Enough || mapped.TrueForAll(m => m.Column != RosterColumn.Name)) continue;

            var number = storeys ? lower!.Number : row.Number;
            if (Twice(mapped) is { } at) return RosterRefusals.ColumnTwice.With("cell", CellName(at, number));
            return new RosterHeader(number, mapped.ToDictionary(m => m.Column!.Value, m => m.At));
        }

        return None;
    }

    /// <summary>C7 for column 2 and row 7.</summary>
    public static string CellName(int column, int row)
    {
        var letters = "";
        for (var c = column; c >= 0; c = (c / 26) - 1) letters = (char)('A' + (c % 26)) + letters;
        return letters + row.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A cell's text: NFKC, without any space; empty where there is none.</summary>
    public static string Text(object? cell) => cell switch
    {
        null => "",
        string text => Bare(text),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Bare(cell.ToString() ?? ""),
    };

    private static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
                bare.Append(c);
        }

        return bare.ToString();
    }

    private static RosterColumn? Meaning(string heading)
    {
        var parts = heading.Split('\n');
        return RosterColumns.Of(string.Concat(parts)) ?? RosterColumns.Of(parts[^1]);
    }

    private static int? Twice(List<(RosterColumn? Column, int At)> mapped)
    {
        var again = mapped.GroupBy(m => m.Column).FirstOrDefault(g => g.Count() > 1);
        return again?.Last().At;
    }

    private static bool HasStoreys(RosterFile.Sheet sheet, RosterFile.Row row, RosterFile.Row lower) =>
        sheet.Merges.Any(m =>
            m.FromRow == row.Number && m.ToRow == row.Number && m.ToColumn > m.FromColumn && lower[m.FromColumn + 1] is string)
        && row.Cells.Count(c => c is not null) > 2;

    private static List<string> Headings(RosterFile.Sheet sheet, RosterFile.Row row, RosterFile.Row? lower)
    {
        var headings = new List<string>();
        for (var c = 0; c < Math.Max(row.Cells.Length, lower?.Cells.Length ?? 0); c++)
        {
            var over = sheet.Merges.FirstOrDefault(m => m.FromRow == row.Number && m.FromColumn <= c && c <= m.ToColumn);
            var upper = Text(row[over == default ? c : over.FromColumn]);
            var under = lower is null ? "" : Text(lower[c]);
            headings.Add(under.Length == 0 ? (lower is null ? Text(row[c]) : upper) : upper + "\n" + under);
        }

        return headings;
    }
}
