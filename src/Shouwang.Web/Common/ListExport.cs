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
/// <remarks>All parts are read in one moment, which ends with the answer, so that no row comes twice or is left out while others write.
/// </remarks>
internal sealed class ListExport(Frame frame, Words words, Workspace work, IHttpContextAccessor http) : IAsyncDisposable
{
    private Moment? _moment;

    /// <summary>Whoever went away waits for no turn and has nothing read for them.</summary>
    private CancellationToken Gone => http.HttpContext?.RequestAborted ?? CancellationToken.None;

    public Words Words => words;

    /// <summary>Reads the first rows, so that a refusal is answered as one; the others follow while the file is being sent.</summary>
    /// <param name="read">The use case that fills the page.</param>
    public async Task<IResult> Send<TRow>(ListSheet<TRow> sheet, Func<Slice, Task<Result<Paged<TRow>>>> read)
    {
        var moment = _moment = await work.Hold(Gone);
        Task<Result<Paged<TRow>>> Part(int number) => work.At(moment, () => read(new(number, Paging.Long)));
        return (await Part(1)).ToHttp(first => Answer(sheet, All(first, Part)), words);
    }

    /// <summary>A log, read from its newest line back: each part begins where the one before it ended.</summary>
    /// <param name="read">The use case that fills the page, with the line to read on from and how many.</param>
    public Task<IResult> Send<TRow>(ListSheet<TRow> sheet, Func<long?, int, Task<Result<(IReadOnlyList<TRow> Lines, long? Before)>>> read)
    {
        var before = default(long?);
        return Send(sheet, async part =>
        {
            if (!(await read(before, part.Length)).IsOk(out var view, out var refusal)) return (Result<Paged<TRow>>)refusal;
            before = view.Before;
            return new Paged<TRow>(view.Lines, part.Number, before is not null);
        });
    }

    /// <summary>A list that its page shows at once.</summary>
    public IResult Send<TRow>(ListSheet<TRow> sheet, Result<Paged<TRow>> rows) =>
        rows.ToHttp(all => Answer(sheet, all.ToAsyncEnumerable()), words);

    /// <summary>A file that was put together.</summary>
    /// <param name="name">Without its ending.</param>
    /// <param name="gone">When whoever asked goes away.</param>
    public static IResult File(ListWorkbook workbook, string name, CancellationToken gone) => TypedResults.Stream(
        stream => workbook.WriteTo(stream, gone), ListWorkbook.MediaType, $"{name}.xlsx");

    /// <summary>The moment ends with the answer, also where nobody waited for the file.</summary>
    public ValueTask DisposeAsync() => _moment?.DisposeAsync() ?? default;

    private IResult Answer<TRow>(ListSheet<TRow> sheet, IAsyncEnumerable<TRow> rows)
    {
        var says = sheet.Columns.Select(c => c.Says).ToArray();
        var cells = rows.Select(row => (IReadOnlyList<string>)Array.ConvertAll(says, s => s(row)));
        return File(
            new(sheet.Title, [.. sheet.Columns.Select(c => c.Head)], cells, words["register.export.about"],
                written => [.. About(written), .. sheet.Filters]),
            sheet.File, Gone);
    }

    private IEnumerable<(string, string)> About(ListWorkbook.Written written) =>
    [
        (words["register.export.by"], frame.Person ?? ""), (words["register.export.at"], Spoken.Moment(work.Now)),
        (words["register.export.area"], frame.Place ?? ""),
        (words["register.export.count"], written.IsWhole ? Spoken.Number(written.Lines) : words["register.export.cut",
            ("count", written.Lines)]),
    ];

    private static async IAsyncEnumerable<TRow> All<TRow>(Paged<TRow> part, Func<int, Task<Result<Paged<TRow>>>> read)
    {
        for (; ;)
        {
            foreach (var row in part) yield return row;
            if (!part.HasMore) yield break;
            part = (await read(part.Number + 1)).Value;
        }
    }
}
