using System.Globalization;
using System.Xml;

namespace Shouwang.Application.People;

/// <summary>Reads one sheet of a package cell by cell: values, merged cells, and where formulas stand. 工作表读取</summary>
/// <param name="mostRows">Rows that may still be filled, over all sheets.</param>
internal sealed class RosterSheetReader(RosterPackage package, RosterCellValues values, int mostRows)
{
    private readonly List<RosterFile.Row> _rows = [];
    private readonly List<RosterFile.Merge> _merges = [];
    private readonly HashSet<string> _formulas = [];
    private readonly RosterCellText _text = new();
    private readonly object?[] _cells = new object?[RosterLimits.Columns];
    private (int Row, int Column, int Filled) _at = (0, -1, 0);
    private (string? Kind, string? Style) _cell;
    private int _width;

    /// <exception cref="RosterRefusedException">It is more than a roster, or no sheet.</exception>
    public RosterFile.Sheet Read(RosterPackage.Named sheet)
    {
        using var xml = package.Open(sheet.Part);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element) Enter(xml);
            else if (xml.NodeType == XmlNodeType.EndElement) Leave(xml);
            else _text.Pass(xml);
        }

        return new(sheet.Name, _rows, _merges, _formulas, FillsDown: false) { Width = _width };
    }

    private void Enter(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "row":
                EnterRow(xml);
                break;
            case "c":
                EnterCell(xml);
                break;
            case "f":
                _formulas.Add(RosterHeader.CellName(_at.Column, _at.Row));
                if (_formulas.Count > RosterLimits.Formulas) throw new RosterRefusedException(RosterRefusals.TooLarge);
                break;
            case "mergeCell":
                _merges.Add(MergeOf(xml.GetAttribute("ref") ?? ""));
                if (_merges.Count > RosterLimits.Merges) throw new RosterRefusedException(RosterRefusals.TooLarge);
                break;
            case "v" or "is" or "t":
                break;
            default:
                package.Keep(xml);
                break;
        }

        if (xml.Depth > RosterLimits.Depth) throw Broken;
        _text.Enter(xml);
        if (xml.IsEmptyElement) Leave(xml);
    }

    private void EnterRow(XmlReader xml)
    {
        var number = xml.GetAttribute("r") is { } said ? Whole(said) : _at.Row + 1;
        if (number <= _at.Row || number > RosterLimits.SheetRows) throw Broken;
        _at = (number, -1, 0);
        Array.Clear(_cells);
    }

    private void EnterCell(XmlReader xml)
    {
        var column = xml.GetAttribute("r") is { } said ? Place(said).Column : _at.Column + 1;
        if (column <= _at.Column || column >= RosterLimits.SheetColumns - 1) throw Broken;
        _at.Column = column;
        _width = Math.Max(_width, column + 1);
        _cell = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        _text.Begin();
    }

    private void Leave(XmlReader xml)
    {
        if (xml.NodeType == XmlNodeType.EndElement) _text.Pass(xml);
        if (xml.LocalName == "c" && _at.Column is >= 0 and < RosterLimits.Columns) Fill(values.Of(_text.Said, _cell.Kind, _cell.Style));
        if (xml.LocalName != "row" || _at.Filled == 0) return;
        if (_rows.Count == mostRows) throw new RosterRefusedException(RosterRefusals.TooManyRows.With("most", RosterLimits.Rows));
        _rows.Add(new(_at.Row, _cells[.._at.Filled]));
        _at.Filled = 0;
    }

    private void Fill(object? value)
    {
        if (value is not null) (_cells[_at.Column], _at.Filled) = (value, _at.Column + 1);
    }

    /// <summary>"B3:C7", counted as the rows of a sheet are.</summary>
    private static RosterFile.Merge MergeOf(string reference)
    {
        var parts = reference.Split(':', 3);
        var (from, to) = (Place(parts[0]), Place(parts[^1]));
        return new(from.Row, to.Row, from.Column, to.Column);
    }

    /// <summary>"C7": column 2, row 7.</summary>
    private static (int Row, int Column) Place(string name)
    {
        var (column, at) = (0, 0);
        for (; at < name.Length && char.IsAsciiLetter(name[at]); at++)
        {
            column = (column * 26) + (char.ToUpperInvariant(name[at]) - 'A' + 1);
            if (column > RosterLimits.SheetColumns) throw Broken;
        }

        return column == 0 ? throw Broken : (Whole(name[at..]), column - 1);
    }

    private static int Whole(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : throw Broken;

    private static RosterRefusedException Broken => new(RosterRefusals.Unreadable);
}
