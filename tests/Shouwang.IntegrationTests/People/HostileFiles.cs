using System.IO.Compression;
using System.Text;

namespace Shouwang.IntegrationTests.People;

/// <summary>Files made to do harm, each with the code it is to be refused with.</summary>
internal static class HostileFiles
{
    private const int Mega = 1024 * 1024;
    private const string Book = "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" id=\"r1\"/></sheets></workbook>";
    private const string Relations = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
        + "<Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>"
        + "<Relationship Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
    private const string Outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";

    private static readonly string s_mega = new('x', Mega);

    /// <summary>By what they do.</summary>
    public static IReadOnlyDictionary<string, (Func<byte[]> File, string Code)> All { get; } =
        new Dictionary<string, (Func<byte[]>, string)>
        {
            ["a sheet that swells"] = (() => Sheet(w => Times(160, () => w.Write($"<!--{s_mega}-->"))), "roster.too-large"),
            ["a picture that swells"] = (() => Package(("xl/media/a.png", w => Times(160, () => w.Write(s_mega)))), "roster.too-large"),
            ["a hidden sheet that swells"] = (() => Package(
                ("xl/workbook.xml", w => w.Write(Book.Replace("sheetId", "state=\"hidden\" sheetId", StringComparison.Ordinal))),
                ("xl/worksheets/sheet1.xml", w => Times(160, () => w.Write(s_mega)))), "roster.too-large"),
            ["relations that swell"] = (() => Package(("xl/_rels/workbook.xml.rels", w =>
            {
                w.Write("<Relationships>");
                Times(1_100_000, () => w.Write("<Relationship Id=\"r1\" Target=\"x\"/>"));
                w.Write("</Relationships>");
            })), "roster.too-large"),
            ["a package in a package"] = (() => Package(("xl/worksheets/inner.xlsx", w => w.Write("PK"))), "roster.no-header"),
            ["thousands of parts"] = (() => Package([.. Enumerable.Range(0, 2_100).Select(n =>
                ($"docProps/{n}.xml", (Action<TextWriter>)(w => w.Write("<a/>"))))]), "roster.too-large"),
            ["two parts of one name"] = (() => Package(("xl/WORKBOOK.xml", w => w.Write(Book))), "roster.unreadable"),
            ["a part that lies about its size"] = (
                () => Lying(Sheet(w => Times(40, () => w.Write($"<!--{s_mega}-->")))), "roster.unreadable"),
            ["a million rows"] = (() => Sheet(w => Times(
                1_048_576, n => w.Write($"<row r=\"{n + 1}\"><c r=\"A{n + 1}\"><v>1</v></c></row>"))), "roster.too-many-rows"),
            ["a row beyond all rows"] = (() => Sheet("<row r=\"2000000000\"><c r=\"A2000000000\"><v>1</v></c></row>"), "roster.unreadable"),
            ["a row that comes twice"] = (() => Sheet("<row r=\"1\"/><row r=\"1\"/>"), "roster.unreadable"),
            ["a column beyond all columns"] = (() => Sheet("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"), "roster.unreadable"),
            ["a column no number counts"] = (() => Sheet("<row r=\"1\"><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row>"), "roster.unreadable"),
            ["a row of a million cells"] = (() => Sheet(w =>
            {
                w.Write("<row r=\"1\">");
                Times(1_000_000, () => w.Write("<c/>"));
                w.Write("</row>");
            }), "roster.unreadable"),
            ["hundreds of thousands of formulas"] = (() => Sheet(w => Times(
                250_000, n => w.Write($"<row r=\"{n + 1}\"><c r=\"A{n + 1}\"><f>1+1</f></c></row>"))), "roster.too-large"),
            ["merged cells without end"] = (
                () => Sheet(w => Times(110_000, () => w.Write("<mergeCell ref=\"A1:B2\"/>"))), "roster.too-large"),
            ["a cell of fifty megabytes"] = (() => Sheet(Cell(w => Times(50, () => w.Write(s_mega)))), "roster.cell-too-long"),
            ["a cell of fifty megabytes, unparsed"] = (() => Sheet(Cell(w =>
            {
                w.Write("<![CDATA[");
                Times(50, () => w.Write(s_mega));
                w.Write("]]>");
            })), "roster.too-large"),
            ["a cell of fifty megabytes in runs"] = (() => Sheet(w =>
            {
                w.Write("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>");
                Times(5_000, () => w.Write($"<r><t>{s_mega.AsSpan(0, 10_000)}</t></r>"));
                w.Write("</is></c></row>");
            }), "roster.cell-too-long"),
            ["a shared text of fifty megabytes"] = (() => Package(("xl/sharedStrings.xml", w =>
            {
                w.Write("<sst><si><t>");
                Times(50, () => w.Write(s_mega));
                w.Write("</t></si></sst>");
            })), "roster.cell-too-long"),
            ["a million shared texts"] = (() => Package(("xl/sharedStrings.xml", w =>
            {
                w.Write("<sst>");
                Times(1_100_000, () => w.Write("<si/>"));
                w.Write("</sst>");
            })), "roster.too-large"),
            ["a shared text that is not there"] = (() => Sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"), "roster.unreadable"),
            ["a million formats"] = (() => Package(("xl/styles.xml", w =>
            {
                w.Write("<styleSheet><cellXfs>");
                Times(1_100_000, () => w.Write("<xf/>"));
                w.Write("</cellXfs></styleSheet>");
            })), "roster.too-large"),
            ["an attribute of fifty megabytes"] = (() => Sheet(w =>
            {
                w.Write("<row r=\"");
                Times(50, () => w.Write(s_mega));
                w.Write("\"/>");
            }), "roster.too-large"),
            ["elements a million deep"] = (() => Sheet(w => Times(1_000_000, () => w.Write("<r>"))), "roster.unreadable"),
            ["an entity from outside"] = (() => Package(
                ("xl/worksheets/sheet1.xml", w => w.Write($"{Outside}<worksheet>&a;</worksheet>"))), "roster.unreadable"),
            ["an entity from outside in the shared texts"] = (() => Package(
                ("xl/sharedStrings.xml", w => w.Write($"{Outside}<sst><si><t>&a;</t></si></sst>"))), "roster.unreadable"),
            ["an entity from outside in the relations"] = (() => Package(
                ("xl/_rels/workbook.xml.rels", w => w.Write($"{Outside}<Relationships>&a;</Relationships>"))), "roster.unreadable"),
            ["macros"] = (() => Package(("xl/vbaProject.bin", w => w.Write("x"))), "roster.macros"),
            ["a binary workbook"] = (() => Zip(("xl/workbook.bin", w => w.Write("x"))), "roster.unreadable"),
            ["two sheets of one part"] = (() => Package(
                ("xl/workbook.xml", w => w.Write(
                    "<workbook><sheets><sheet name=\"a\" id=\"r1\"/><sheet name=\"b\" id=\"r1\"/></sheets></workbook>"))),
                "roster.unreadable"),
            ["a package cut off"] = (() => Sheet("<row r=\"1\"/>")[..300], "roster.unreadable"),
            ["a workbook under a password"] = (Locked, "roster.password"),
            ["an old workbook cut off"] = (() => Old()[..2_000], "roster.unreadable"),
            ["an old container in circles"] = (Circling, "roster.unreadable"),
            ["a cell of three megabytes, no quotes"] = (() => Csv(w => Times(3, () => w.Write(s_mega))), "roster.cell-too-long"),
            ["a cell of fifteen megabytes, no quotes"] = (() => Csv(w => Times(15, () => w.Write(s_mega))), "roster.unreadable"),
            ["a quote that never ends"] = (() => Csv(w =>
            {
                w.Write('"');
                Times(15, () => w.Write("x\n"));
                Times(15, () => w.Write(s_mega));
            }), "roster.unreadable"),
            ["millions of columns"] = (() => Csv(w => Times(3, () => w.Write(new string(',', Mega)))), "roster.no-header"),
            ["millions of lines"] = (() => Csv(w => Times(2_000_000, () => w.Write("1,2\n"))), "roster.too-many-rows"),
            ["more than twenty megabytes"] = (() => Csv(w => Times(21, () => w.Write(s_mega))), "roster.too-large"),
            ["a picture called .xlsx"] = (() => [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 1, 2, 3], "roster.unreadable"),
            ["a page called .xls"] = (() => Csv(w => w.Write("<html><table><tr><td>姓名</td></tr></table></html>")), "roster.no-header"),
            ["an empty file"] = (() => [], "roster.no-header"),
        };

    /// <summary>A sound old workbook, to spoil.</summary>
    public static byte[] Old()
    {
        using var stored = typeof(HostileFiles).Assembly.GetManifestResourceStream("roster-97-2003.xls")!;
        using var all = new MemoryStream();
        stored.CopyTo(all);
        return all.ToArray();
    }

    private static Action<TextWriter> Cell(Action<TextWriter> text) => w =>
    {
        w.Write("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>");
        text(w);
        w.Write("</t></is></c></row>");
    };

    private static byte[] Sheet(string rows) => Sheet(w => w.Write(rows));

    private static byte[] Sheet(Action<TextWriter> rows) => Package(("xl/worksheets/sheet1.xml", w =>
    {
        w.Write("<worksheet><sheetData>");
        rows(w);
        w.Write("</sheetData></worksheet>");
    }));

    /// <summary>A package of one empty sheet, with other parts in the place of its own or beside them.</summary>
    private static byte[] Package(params (string Name, Action<TextWriter> Content)[] parts)
    {
        var own = new (string Name, Action<TextWriter> Content)[]
        {
            ("xl/workbook.xml", w => w.Write(Book)), ("xl/_rels/workbook.xml.rels", w => w.Write(Relations)),
            ("xl/worksheets/sheet1.xml", w => w.Write("<worksheet/>")),
        };
        return Zip([.. own.Where(o => parts.All(p => p.Name != o.Name)), .. parts]);
    }

    private static byte[] Zip(params (string Name, Action<TextWriter> Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open());
                content(writer);
            }
        }

        return file.ToArray();
    }

    /// <summary>Says of its largest part that it unpacks to a few bytes.</summary>
    private static byte[] Lying(byte[] package)
    {
        for (var at = 0; at < package.Length - 4; at++)
        {
            if (!package.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8)) continue;
            var size = package.AsSpan(at + 24, 4);
            if (BitConverter.ToUInt32(size) > Mega) BitConverter.TryWriteBytes(size, 20u);
        }

        return package;
    }

    /// <summary>What an office program makes of a workbook with a password: a container that asks to hash without end.</summary>
    private static byte[] Locked()
    {
        var old = Old();
        return [.. old, .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. "<p:encryptedKey spinCount=\"2147483647\"/>"u8];
    }

    /// <summary>An old container in which every sector leads to the first.</summary>
    private static byte[] Circling()
    {
        var old = Old();
        var table = 512 * (1 + BitConverter.ToInt32(old, 76));
        for (var at = table; at < table + 512; at += 4) BitConverter.TryWriteBytes(old.AsSpan(at, 4), 0);
        return old;
    }

    private static byte[] Csv(Action<TextWriter> text)
    {
        using var file = new MemoryStream();
        using (var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true)) text(writer);
        return file.ToArray();
    }

    private static void Times(int times, Action act) => Times(times, _ => act());

    private static void Times(int times, Action<int> act)
    {
        for (var n = 0; n < times; n++) act(n);
    }
}
