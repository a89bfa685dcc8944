using Microsoft.AspNetCore.Http;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>A list as it goes into a workbook: what the file and the sheet are called, what stands in each column, which filters held.
/// 名单导出内容</summary>
/// <param name="File">The file's name without its ending.</param>
/// <param name="Columns">A heading, and what a row says under it.</param>
internal sealed record ListSheet<TRow>(string File, string Title, IReadOnlyList<(string Head, Func<TRow, string> Says)> Columns)
{
    /// <summary>Filters and sums: a label and what it says.</summary>
    public IReadOnlyList<(string Label, string Says)> Filters { get; init; } = [];
}

/// <summary>The one way a list leaves the house as a workbook: the rows of its page over all pages, asked of the same use case, and beside
/// them who took it out, when, of which area and by which filters. 名单导出</summary>
internal sealed class ListExport(Frame frame, Words words, Workspace work)
{
    /// <summary>Rows that are read at once and then sent.</summary>
    private const int Rows = 1_000;

    public Words Words => words;

    /// <summary>Reads the first rows, so that a refusal is answered as one; the others follow while the file is being sent.</summary>
    /// <param name="read">The use case that fills the page.</param>
    public async Task<IResult> Send<TRow>(ListSheet<TRow> sheet, Func<Slice, Task<Result<Paged<TRow>>>> read) =>
        (await read(new(1, Rows))).ToHttp(first => Answer(sheet, All(first, read)), words);

    /// <summary>A list that its page shows at once.</summary>
    public IResult Send<TRow>(ListSheet<TRow> sheet, Result<Paged<TRow>> rows) =>
        rows.ToHttp(all => Answer(sheet, all.ToAsyncEnumerable()), words);

    /// <summary>A file that was put together.</summary>
    /// <param name="name">Without its ending.</param>
    public static IResult File(ListWorkbook workbook, string name) => TypedResults.Stream(
        stream => workbook.WriteTo(stream, CancellationToken.None), ListWorkbook.MediaType, $"{name}.xlsx");

    private IResult Answer<TRow>(ListSheet<TRow> sheet, IAsyncEnumerable<TRow> rows)
    {
        var says = sheet.Columns.Select(c => c.Says).ToArray();
        var cells = rows.Select(row => (IReadOnlyList<string>)Array.ConvertAll(says, s => s(row)));
        return File(
            new(sheet.Title, [.. sheet.Columns.Select(c => c.Head)], cells, words["register.export.about"],
                written => [.. About(written), .. sheet.Filters]),
            sheet.File);
    }

    private IEnumerable<(string, string)> About(ListWorkbook.Written written) =>
    [
        (words["register.export.by"], frame.Person ?? ""), (words["register.export.at"], Spoken.Moment(work.Now)),
        (words["register.export.area"], frame.Place ?? ""),
        (words["register.export.count"], written.IsWhole ? Spoken.Number(written.Lines) : words["register.export.cut",
            ("count", written.Lines)]),
    ];

    private static async IAsyncEnumerable<TRow> All<TRow>(Paged<TRow> part, Func<Slice, Task<Result<Paged<TRow>>>> read)
    {
        for (; ;)
        {
            foreach (var row in part) yield return row;
            if (!part.HasMore) yield break;
            part = (await read(new(part.Number + 1, Rows))).Value;
        }
    }
}
