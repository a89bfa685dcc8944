using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Shouwang.Application.Common;
using Xunit;

namespace Shouwang.Tests.Common;

/// <summary>Any list as a workbook: text and nothing but text, sent on while it is read.</summary>
public class ListWorkbookTests
{
    [Fact]
    public async Task What_looks_like_a_formula_stays_a_text_also_when_somebody_edits_it()
    {
        string[] texts = ["=1+1", "@SUM(A1)", "+86", "-1", "\t=cmd", "<b>&\"'", " 两边 ", "𠮷野"];

        using var workbook = await Opened(List([texts]));

        var cells = Rows(workbook, "list")[1].Elements<Cell>().ToList();
        Assert.Equal(texts, cells.Select(c => c.InnerText));
        Assert.All(cells, c => Assert.Equal(CellValues.InlineString, c.DataType!.Value));
        Assert.All(cells, c => Assert.Equal(49u, FormatOf(workbook, c).NumberFormatId!.Value));
        Assert.Empty(workbook.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<CellFormula>()));
    }

    [Fact]
    public async Task What_no_workbook_can_hold_is_left_out_or_cut()
    {
        using var workbook = await Opened(List([["\u0001\uFFFF\uD800", new string('长', 40_000)]]));

        var cells = Rows(workbook, "list")[1].Elements<Cell>().Select(c => c.InnerText).ToList();
        Assert.Equal("\uFFFD\uFFFD\uFFFD", cells[0]);
        Assert.Equal(32_767, cells[1].Length);
    }

    [Fact]
    public async Task The_file_is_what_the_format_asks_for_and_a_long_title_fits()
    {
        var list = List([["一"]]) with { Title = "A title: longer than [any] sheet’s name / may be *ever*?" };

        using var workbook = await Opened(list);

        Assert.Empty(new OpenXmlValidator().Validate(workbook, TestContext.Current.CancellationToken).Select(e => e.Description));
        Assert.InRange(workbook.WorkbookPart!.Workbook!.Descendants<Sheet>().First().Name!.Value!.Length, 1, 31);
    }

    [Fact]
    public async Task A_list_that_does_not_fit_says_so()
    {
        var list = List([["一"], ["二"], ["三"]]) with { Most = 2 };

        using var workbook = await Opened(list);

        Assert.Equal(3, Rows(workbook, "list").Count);
        Assert.Equal("2 False", Rows(workbook, "about")[0].Elements<Cell>().Last().InnerText);
    }

    [Fact]
    public async Task Rows_are_sent_on_while_they_are_read_and_never_gather()
    {
        var (sent, most) = (new Counting(), 0L);
        var list = List([]) with { Rows = Many(sent, behind => most = Math.Max(most, behind)) };

        await list.WriteTo(sent, TestContext.Current.CancellationToken);

        Assert.True(sent.Count > 500_000);
        Assert.InRange(most, 0, 4_000);
    }

    private static ListWorkbook List(string[][] rows) => new(
        "名单", ["甲", "乙"], rows.Select(r => (IReadOnlyList<string>)r).ToAsyncEnumerable(), "导出说明",
        written => [("条数", $"{written.Lines} {written.IsWhole}")]);

    /// <summary>Rows that do not pack well; tells how many were read since something was sent last.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<string>> Many(Counting sent, Action<long> behind)
    {
        var dice = new Random(1);
        for (var (n, last, since) = (0, 0L, 0L); n < 50_000; n++)
        {
            since = sent.Count == last ? since + 1 : 0;
            last = sent.Count;
            behind(since);
            yield return [$"{dice.NextInt64():x}", $"{n}"];
        }

        await Task.CompletedTask;
    }

    private static async Task<SpreadsheetDocument> Opened(ListWorkbook list)
    {
        var file = new MemoryStream();
        await list.WriteTo(file, TestContext.Current.CancellationToken);
        return SpreadsheetDocument.Open(file, false);
    }

    private static List<Row> Rows(SpreadsheetDocument workbook, string sheet) =>
        [.. ((WorksheetPart)workbook.WorkbookPart!.GetPartById(sheet)).Worksheet!.Descendants<Row>()];

    private static CellFormat FormatOf(SpreadsheetDocument workbook, Cell cell) =>
        workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);

    /// <summary>Counts what comes, and keeps nothing.</summary>
    private sealed class Counting : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Not at once.");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
