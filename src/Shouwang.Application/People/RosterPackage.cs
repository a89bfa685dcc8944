using System.IO.Compression;
using System.Xml;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>An .xlsx, read in one pass and trusted in nothing: what it unpacks to is counted while it is read, and reading stops where it
/// becomes more than a roster can be. 工作簿读取</summary>
internal sealed class RosterPackage
{
    private readonly ZipArchive _zip;
    private readonly RosterBudget _budget = new(RosterLimits.UnpackedBytes);
    private readonly List<Relation> _related;
    private readonly List<Named> _sheets;
    private int _kept;

    private RosterPackage(ZipArchive zip)
    {
        _zip = zip;
        _related = Related();
        _sheets = NamedSheets();
    }

    /// <summary>A sheet as the workbook names it.</summary>
    internal sealed record Named(string Name, string Part, bool IsHidden);

    private sealed record Relation(string Id, string Part, string Kind);

    /// <summary>The visible sheets in the workbook's order, or why the file is refused.</summary>
    public static Result<IReadOnlyList<RosterFile.Sheet>> Read(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return new RosterPackage(zip).Sheets();
        }
        catch (RosterRefusedException refused)
        {
            return refused.Refusal;
        }
        catch (Exception e) when (IsOfPacking(e))
        {
            return RosterRefusals.Unreadable;
        }
    }

    /// <summary>Name and part of every sheet of a package that was read before.</summary>
    public static IReadOnlyList<Named> SheetsOf(ZipArchive zip) => new RosterPackage(zip)._sheets;

    /// <summary>An element that is kept, or lies in others.</summary>
    /// <exception cref="RosterRefusedException">There are more than a roster has, or they lie too deep.</exception>
    public void Keep(XmlReader xml)
    {
        if (xml.Depth > RosterLimits.Depth) throw new RosterRefusedException(RosterRefusals.Unreadable);
        if (++_kept > RosterLimits.Kept) throw new RosterRefusedException(RosterRefusals.TooLarge);
    }

    /// <summary>What packing and XML throw at bytes that only look like a workbook.</summary>
    private static bool IsOfPacking(Exception e) =>
        e is InvalidDataException or XmlException or IOException or ArgumentException or NotSupportedException;

    private Result<IReadOnlyList<RosterFile.Sheet>> Sheets()
    {
        if (Refused() is { } refusal) return refusal;
        var cells = new RosterCellValues(this, PartOf("sharedStrings"), PartOf("styles"), DaysFrom1904());
        var (sheets, rows) = (new List<RosterFile.Sheet>(), 0);
        foreach (var sheet in _sheets.Where(s => !s.IsHidden))
        {
            sheets.Add(new RosterSheetReader(this, cells, RosterLimits.Rows - rows).Read(sheet));
            rows += sheets[^1].Rows.Count;
        }

        return sheets;
    }

    /// <summary>What can be said before anything is read: parts twice, macros, binary parts in the place of XML; and what lies in
    /// parts that are handed back unread.</summary>
    private Refusal? Refused()
    {
        if (_zip.Entries.Count > RosterLimits.Parts) return RosterRefusals.TooLarge;
        if (_zip.Entries.DistinctBy(e => e.FullName.ToUpperInvariant()).Count() != _zip.Entries.Count) return RosterRefusals.Unreadable;
        if (_zip.GetEntry("xl/workbook.xml") is null) return RosterRefusals.Unreadable;
        if (_zip.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return RosterRefusals.Macros;
        if (_sheets.DistinctBy(s => s.Name).Count() != _sheets.Count || _sheets.DistinctBy(s => s.Part).Count() != _sheets.Count
            || _sheets.Exists(s => s.Name.Length > RosterLimits.SheetName)) return RosterRefusals.Unreadable;
        HashSet<string?> read =
            [.. _sheets.Where(s => !s.IsHidden).Select(s => s.Part), PartOf("sharedStrings"), PartOf("styles")];
        foreach (var part in _zip.Entries.Where(e => !read.Contains(e.FullName))) PassOver(part);
        return null;
    }

    private string? PartOf(string kind) => _related.Find(r => r.Kind == kind)?.Part;

    private void PassOver(ZipArchiveEntry part)
    {
        var buffer = new byte[81_920];
        using var stream = part.Open();
        while (stream.Read(buffer) is > 0 and var read) _budget.Spend(read);
    }

    /// <summary>Opens a part; nothing where there is none.</summary>
    public XmlReader? Open(string? part) =>
        part is not null && _zip.GetEntry(part) is { } entry ? RosterText.Xml(entry.Open(), _budget) : null;

    private List<Named> NamedSheets()
    {
        var parts = _related.ToLookup(r => r.Id, r => r.Part);
        return
        [
            .. from sheet in Elements("xl/workbook.xml", "sheet", ["name", "id", "state"])
            let part = parts[sheet[1]].LastOrDefault()
            where part is not null
            select new Named(sheet[0], part, sheet[2] is "hidden" or "veryHidden"),
        ];
    }

    private List<Relation> Related() =>
    [
        .. Elements("xl/_rels/workbook.xml.rels", "Relationship", ["Id", "Target", "Type"])
            .Select(r => new Relation(r[0], r[1].StartsWith('/') ? r[1][1..] : "xl/" + r[1], r[2][(r[2].LastIndexOf('/') + 1)..])),
    ];

    private bool DaysFrom1904() => Elements("xl/workbook.xml", "workbookPr", ["date1904"]).Exists(p => p[0] is "1" or "true");

    private List<string[]> Elements(string part, string element, string[] attributes)
    {
        var found = new List<string[]>();
        using var xml = Open(part);
        while (xml?.Read() == true)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            Keep(xml);
            if (xml.LocalName == element) found.Add([.. attributes.Select(a => Attribute(xml, a))]);
        }

        return found;
    }

    private static string Attribute(XmlReader xml, string localName)
    {
        var value = "";
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == localName) value = xml.Value;
        }

        xml.MoveToElement();
        return value;
    }
}
