using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Shouwang.Application.People;

/// <summary>What the text of a cell means: shared texts, and which numbers are days. 单元格取值</summary>
internal sealed partial class RosterCellValues
{
    private static readonly SearchValues<char> s_days = SearchValues.Create("yYmMdD");

    private readonly bool _from1904;
    private readonly List<string> _shared = [];
    private readonly List<bool> _areDays = [];

    /// <param name="shared">The part of the shared texts, or none.</param>
    /// <param name="styles">The part of the formats, or none.</param>
    /// <param name="from1904">Whether days are counted from 1904.</param>
    public RosterCellValues(RosterPackage package, string? shared, string? styles, bool from1904)
    {
        _from1904 = from1904;
        using (var xml = package.Open(shared)) ReadShared(package, xml);
        using (var xml = package.Open(styles)) ReadStyles(package, xml);
    }

    /// <summary>A cell's value: null, text, number or day.</summary>
    /// <param name="kind">The attribute t.</param>
    /// <param name="style">The attribute s.</param>
    public object? Of(string text, string? kind, string? style) => kind switch
    {
        _ when text.Length == 0 => null,
        "s" => Shared(text),
        "inlineStr" or "str" => text,
        "b" => (text is "1" or "true").ToString(),
        "e" => null,
        "d" => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var day) ? day : text,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Number(number, style) : text,
    };

    private string? Shared(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < _shared.Count
            ? _shared[at] is { Length: > 0 } text ? text : null
            : throw new RosterRefusedException(RosterRefusals.Unreadable);

    private object Number(double number, string? style)
    {
        if (!int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at >= _areDays.Count || !_areDays[at])
            return number;
        var serial = _from1904 ? number + 1_462 : number < 60 ? number + 1 : number;
        return serial is >= 1 and < 2_958_466 ? DateTime.FromOADate(serial) : number;
    }

    private void ReadShared(RosterPackage package, XmlReader? xml)
    {
        var text = new RosterCellText();
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                package.Keep(xml);
                if (xml.LocalName == "si") text.Begin();
                text.Enter(xml);
                if (xml is { LocalName: "si", IsEmptyElement: true }) _shared.Add("");
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "si" }) _shared.Add(text.Said);
            else text.Pass(xml);
        }
    }

    private void ReadStyles(RosterPackage package, XmlReader? xml)
    {
        var (own, isOfCells) = (new Dictionary<string, bool>(), false);
        while (xml?.Read() == true)
        {
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "cellXfs" }) isOfCells = false;
            if (xml.NodeType != XmlNodeType.Element) continue;
            package.Keep(xml);
            switch (xml.LocalName)
            {
                case "numFmt":
                    own[xml.GetAttribute("numFmtId") ?? ""] = SaysDay(xml.GetAttribute("formatCode") ?? "");
                    break;
                case "cellXfs":
                    isOfCells = !xml.IsEmptyElement;
                    break;
                case "xf" when isOfCells:
                    var format = xml.GetAttribute("numFmtId") ?? "0";
                    _areDays.Add(own.TryGetValue(format, out var isDay) ? isDay : IsDay(format));
                    break;
            }
        }
    }

    /// <summary>The days among the formats every program knows by number.</summary>
    private static bool IsDay(string format) => int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 50 and <= 58);

    /// <summary>Whether a format writes a year, a month or a day, once texts and colours are taken out.</summary>
    private static bool SaysDay(string format) => Aside().Replace(format, "").AsSpan().ContainsAny(s_days);

    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.|\\[[^\\]]*\\]", RegexOptions.NonBacktracking)]
    private static partial Regex Aside();
}

/// <summary>Gathers the text of one cell or one shared text over all its runs, without how it is pronounced.</summary>
internal sealed class RosterCellText
{
    private readonly StringBuilder _said = new();
    private readonly char[] _chunk = new char[4_096];
    private bool _isText;
    private int _pronounced = -1;

    public string Said => _said.ToString();

    public void Begin()
    {
        _said.Clear();
        (_isText, _pronounced) = (false, -1);
    }

    /// <summary>An element begins.</summary>
    public void Enter(XmlReader xml)
    {
        if (_pronounced >= 0 && xml.Depth <= _pronounced) _pronounced = -1;
        if (xml is { LocalName: "rPh", IsEmptyElement: false }) _pronounced = xml.Depth;
        _isText = xml is { LocalName: "v" or "t", IsEmptyElement: false } && _pronounced < 0;
    }

    /// <summary>Whatever is no beginning of an element.</summary>
    /// <exception cref="RosterRefusedException">The cell is longer than a spreadsheet program allows.</exception>
    public void Pass(XmlReader xml)
    {
        if (xml.NodeType == XmlNodeType.EndElement) _isText = false;
        if (!_isText || xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
            or XmlNodeType.SignificantWhitespace)) return;
        while (xml.ReadValueChunk(_chunk, 0, _chunk.Length) is > 0 and var read)
        {
            _said.Append(_chunk, 0, read);
            if (_said.Length > RosterLimits.CellCharacters)
                throw new RosterRefusedException(RosterRefusals.CellTooLong.With("most", RosterLimits.CellCharacters));
        }
    }
}
