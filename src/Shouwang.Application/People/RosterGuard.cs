using System.IO.Compression;
using System.Xml;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>Looks through an .xlsx before it is trusted: how much it unpacks to, how many rows, how long a cell, where formulas stand.
/// 文件检查</summary>
internal static class RosterGuard
{
    public const int MaxFileBytes = 20 * 1024 * 1024;
    public const int MaxRows = 50_000;
    private const long MaxUnpackedBytes = 150L * 1024 * 1024;
    public const int MaxCellCharacters = 32_767;
    private const int MaxParts = 2_000;

    private static readonly XmlReaderSettings s_xml = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Where each sheet's part lies in the package, and which of its cells are formulas ("C7").</summary>
    internal sealed record Sheet(string Name, string Part, IReadOnlySet<string> Formulas);

    /// <summary>The sheets in the workbook's order, or why the file is refused.</summary>
    public static Result<IReadOnlyList<Sheet>> Look(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MaxParts) return RosterRefusals.TooLarge;
            if (zip.Entries.DistinctBy(e => e.FullName.ToUpperInvariant()).Count() != zip.Entries.Count) return RosterRefusals.Unreadable;
            if (zip.GetEntry("xl/workbook.xml") is null) return RosterRefusals.Unreadable;

            var (left, rows) = (MaxUnpackedBytes, 0);
            var formulas = new Dictionary<string, HashSet<string>>();
            foreach (var part in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
            {
                var scan = new Scan(formulas.TryAdd(part.FullName, []) ? formulas[part.FullName] : []);
                if (scan.Over(part, left) is { } refusal) return refusal;
                left -= scan.Bytes;
                rows += scan.Rows;
                if (rows > MaxRows) return RosterRefusals.TooManyRows.With("most", MaxRows);
            }

            return Result(SheetsOf(zip).Select(s => new Sheet(s.Name, s.Part, formulas.GetValueOrDefault(s.Part) ?? [])));
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            return RosterRefusals.Unreadable;
        }
    }

    private static Result<IReadOnlyList<Sheet>> Result(IEnumerable<Sheet> sheets) => sheets.ToArray();

    /// <summary>Name and part of every sheet, as the workbook and its relations say.</summary>
    public static IReadOnlyList<(string Name, string Part)> SheetsOf(ZipArchive zip)
    {
        var targets = new Dictionary<string, string>();
        foreach (var relation in Elements(zip, "xl/_rels/workbook.xml.rels", "Relationship", ["Id", "Target"]))
        {
            targets[relation[0]] = relation[1].StartsWith('/') ? relation[1][1..] : "xl/" + relation[1];
        }

        var sheets = Elements(zip, "xl/workbook.xml", "sheet", ["name", "id"]);
        return [.. sheets.Where(s => targets.ContainsKey(s[1])).Select(s => (s[0], targets[s[1]]))];
    }

    private static List<string[]> Elements(ZipArchive zip, string part, string element, string[] attributes)
    {
        var found = new List<string[]>();
        if (zip.GetEntry(part) is not { } entry) return found;
        using var stream = entry.Open();
        using var xml = XmlReader.Create(stream, s_xml);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != element) continue;
            found.Add([.. attributes.Select(a => Attribute(xml, a))]);
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

    /// <summary>One pass over one part.</summary>
    private sealed class Scan(HashSet<string> formulas)
    {
        private readonly char[] _chunk = new char[4096];
        private string _cell = "";
        private bool _rowCounted;

        public long Bytes { get; private set; }

        public int Rows { get; private set; }

        public Refusal? Over(ZipArchiveEntry part, long left)
        {
            using var counted = new CountingStream(part.Open());
            using var xml = XmlReader.Create(counted, s_xml);
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element) Note(xml);
                else if (xml.NodeType == XmlNodeType.Text && TooLong(xml))
                    return RosterRefusals.CellTooLong.With("most", MaxCellCharacters);
                if ((Bytes = counted.Count) > left) return RosterRefusals.TooLarge;
                if (Rows > MaxRows) return RosterRefusals.TooManyRows.With("most", MaxRows);
            }

            return null;
        }

        private void Note(XmlReader xml)
        {
            switch (xml.LocalName)
            {
                case "row":
                    _rowCounted = false;
                    break;
                case "c":
                    _cell = xml.GetAttribute("r") ?? "";
                    break;
                case "f":
                    formulas.Add(_cell);
                    break;
                case "v" or "is" when !_rowCounted:
                    Rows++;
                    _rowCounted = true;
                    break;
            }
        }

        private bool TooLong(XmlReader xml)
        {
            var length = 0;
            while (length <= MaxCellCharacters && xml.ReadValueChunk(_chunk, 0, _chunk.Length) is > 0 and var read) length += read;
            return length > MaxCellCharacters;
        }
    }

    /// <summary>Counts what is read through it.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            Count += read;
            return read;
        }

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
