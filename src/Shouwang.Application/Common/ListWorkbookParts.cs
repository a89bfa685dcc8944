namespace Shouwang.Application.Common;

/// <summary>What stands around the rows of a workbook: the parts of an .xlsx file that are always the same.</summary>
internal static class ListWorkbookParts
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packed = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The text format, number 49 of the standard ones, for every cell.</summary>
    private const string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/>
        </borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>
        <xf xfId="0" numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>
        """;

    private const string Types =
        $"""
        {Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{Kinds}.sheet.main+xml"/>
        <Override PartName="/xl/styles.xml" ContentType="{Kinds}.styles+xml"/>
        <Override PartName="/xl/worksheets/list.xml" ContentType="{Kinds}.worksheet+xml"/>
        <Override PartName="/xl/worksheets/about.xml" ContentType="{Kinds}.worksheet+xml"/></Types>
        """;

    private const string Root =
        $"""
        {Declaration}<Relationships xmlns="{Packed}">
        <Relationship Id="book" Type="{Related}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    private const string Relations =
        $"""
        {Declaration}<Relationships xmlns="{Packed}">
        <Relationship Id="list" Type="{Related}/worksheet" Target="worksheets/list.xml"/>
        <Relationship Id="about" Type="{Related}/worksheet" Target="worksheets/about.xml"/>
        <Relationship Id="styles" Type="{Related}/styles" Target="styles.xml"/></Relationships>
        """;

    public const string SheetEnd = "</sheetData></worksheet>";

    /// <summary>Every part but the two sheets.</summary>
    /// <param name="list">The name of the first sheet, free of markup.</param>
    /// <param name="about">The name of the second.</param>
    public static IEnumerable<(string Name, string Text)> Of(string list, string about) =>
    [
        ("[Content_Types].xml", Types), ("_rels/.rels", Root), ("xl/_rels/workbook.xml.rels", Relations), ("xl/styles.xml", Styles),
        ("xl/workbook.xml",
            $"""
            {Declaration}<workbook xmlns="{Main}" xmlns:r="{Related}"><sheets><sheet name="{list}" sheetId="1" r:id="list"/>
            <sheet name="{about}" sheetId="2" r:id="about"/></sheets></workbook>
            """),
    ];

    /// <summary>A sheet up to its rows.</summary>
    /// <param name="isFrozen">Whether the headings stay when one scrolls.</param>
    public static string SheetBegin(int columns, bool isFrozen)
    {
        const string Frozen =
            """
            <sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>
            </sheetView></sheetViews>
            """;
        return $"""
            {Declaration}<worksheet xmlns="{Main}">{(isFrozen ? Frozen : "")}<cols>
            <col min="1" max="{columns}" width="18" customWidth="1"/></cols><sheetData>
            """;
    }
}
