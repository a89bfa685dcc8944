using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Shouwang.Application.Common;

/// <summary>A list as a workbook: its rows on one sheet, and on another who took it out, when and by which filters. 名单导出</summary>
/// <remarks>Rows are written while they are read, so that a county takes no more memory than a page. Every cell is text, in its kind and in
/// its format: a value that begins with = or @ is shown, never reckoned, also after somebody has edited it.</remarks>
/// <param name="Title">The name of the first sheet.</param>
/// <param name="Head">The headings.</param>
/// <param name="Rows">The cells, row by row.</param>
/// <param name="AboutTitle">The name of the second sheet.</param>
/// <param name="About">Who, when, filters: a label and what it says, asked for when the rows are written.</param>
public sealed record ListWorkbook(
    string Title, IReadOnlyList<string> Head, IAsyncEnumerable<IReadOnlyList<string>> Rows, string AboutTitle,
    Func<ListWorkbook.Written, IReadOnlyList<(string Label, string Says)>> About)
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>How many characters a cell takes, how many a sheet's name: what the format allows.</summary>
    private const int LongestText = 32_767;
    private const int LongestName = 31;

    /// <summary>What is gathered before it is sent on.</summary>
    private const int Gathered = 32_768;

    /// <summary>How many rows were written below the headings, and whether those are all.</summary>
    public sealed record Written(int Lines, bool IsWhole);

    /// <summary>Rows a sheet takes below its headings: what the format allows.</summary>
    public int Most { get; init; } = 1_048_575;

    /// <summary>Writes the .xlsx file, part after part; the target need not be able to go back.</summary>
    public async Task WriteTo(Stream file, CancellationToken ct)
    {
        await using var gathered = new Funnel(file);
        using (var package = new ZipArchive(gathered, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in ListWorkbookParts.Of(NameOf(Title), NameOf(AboutTitle))) Put(package, name, text);
            var written = await PutList(package, gathered, ct);
            PutAbout(package, About(written));
        }

        await gathered.Drain(ct);
    }

    private async Task<Written> PutList(ZipArchive package, Funnel gathered, CancellationToken ct)
    {
        using var sheet = package.CreateEntry("xl/worksheets/list.xml", CompressionLevel.Fastest).Open();
        var (xml, lines, isWhole) = (new StringBuilder(ListWorkbookParts.SheetBegin(Head.Count, isFrozen: true)), 0, true);
        Add(xml, Head);
        await foreach (var cells in Rows.WithCancellation(ct))
        {
            isWhole = lines < Most;
            if (!isWhole) break;
            Add(xml, cells);
            lines++;
            if (xml.Length < Gathered) continue;
            Flush(sheet, xml);
            await gathered.Drain(ct);
        }

        Flush(sheet, xml.Append(ListWorkbookParts.SheetEnd));
        return new(lines, isWhole);
    }

    private static void PutAbout(ZipArchive package, IReadOnlyList<(string Label, string Says)> about)
    {
        var xml = new StringBuilder(ListWorkbookParts.SheetBegin(2, isFrozen: false));
        foreach (var (label, says) in about) Add(xml, [label, says]);
        Put(package, "xl/worksheets/about.xml", xml.Append(ListWorkbookParts.SheetEnd).ToString());
    }

    private static void Put(ZipArchive package, string name, string text)
    {
        using var part = package.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void Flush(Stream sheet, StringBuilder xml)
    {
        sheet.Write(Encoding.UTF8.GetBytes(xml.ToString()));
        xml.Clear();
    }

    private static void Add(StringBuilder xml, IEnumerable<string> cells)
    {
        xml.Append("<row>");
        foreach (var text in cells)
        {
            xml.Append("<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            Escape(xml, text.Length > LongestText ? text[..LongestText] : text);
            xml.Append("</t></is></c>");
        }

        xml.Append("</row>");
    }

    /// <summary>Markup as text, and nothing that XML cannot hold: half a character, or one that only machines use.</summary>
    private static void Escape(StringBuilder xml, string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var (c, next) = (text[at], at + 1 < text.Length ? text[at + 1] : '\0');
            if (char.IsSurrogatePair(c, next)) xml.Append(c).Append(text[++at]);
            else if (c is '<') xml.Append("&lt;");
            else if (c is '>') xml.Append("&gt;");
            else if (c is '&') xml.Append("&amp;");
            else xml.Append(XmlConvert.IsXmlChar(c) ? c : '\uFFFD');
        }
    }

    /// <summary>A title as the name of a sheet, which is short and has no marks of a path.</summary>
    private static string NameOf(string title)
    {
        var name = string.Concat(title.Select(c => "[]:*?/\\'\"<>&".Contains(c, StringComparison.Ordinal) ? ' ' : c)).Trim();
        return name.Length > LongestName ? name[..LongestName].TrimEnd() : name;
    }
}
