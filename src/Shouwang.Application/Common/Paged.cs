using System.Collections;
using Microsoft.EntityFrameworkCore;

namespace Shouwang.Application.Common;

/// <summary>One page of a list, and whether there is more behind it. Nobody counts how much more: counting a county costs more than showing
/// a page of it. 分页</summary>
/// <param name="number">Which page, counted from 1.</param>
public sealed class Paged<T>(IReadOnlyList<T> rows, int number, bool hasMore) : IReadOnlyList<T>
{
    /// <summary>Which page this is, counted from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Whether another page follows.</summary>
    public bool HasMore { get; } = hasMore;

    public int Count => rows.Count;

    public T this[int index] => rows[index];

    /// <summary>The same page with other rows.</summary>
    public Paged<TOther> With<TOther>(IEnumerable<TOther> others) => new([.. others], Number, HasMore);

    public IEnumerator<T> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Which part of a list is asked for: a page of the screen, or a longer part for a file. 分页位置</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Length">Rows of each part; a page of the screen where none is said.</param>
public readonly record struct Slice(int Number, int Length)
{
    /// <summary>Rows of each part.</summary>
    internal int Rows => Length > 0 ? Length : Paging.Size;

    /// <summary>A page of the screen.</summary>
    public static implicit operator Slice(int page) => new(page, 0);
}

/// <summary>Reads lists page by page. 分页读取</summary>
public static class Paging
{
    /// <summary>How many rows a page shows.</summary>
    public const int Size = 50;

    /// <summary>Pages behind this one are not turned to: whoever has so many rows searches or filters.</summary>
    private const int Last = 100_000;

    /// <summary>Rows of a part that no screen shows: of a workbook, or a file.</summary>
    public const int Long = 1_000;

    /// <summary>One page of rows that are in an order of which no two are equal; otherwise a row could stand on two pages.</summary>
    internal static async Task<Paged<T>> PageAt<T>(this IQueryable<T> ordered, Slice part, CancellationToken ct) =>
        Cut(await ordered.Skip(SkippedBy(part)).Take(part.Rows + 1).ToListAsync(ct), part);

    /// <summary>One page of two lists after one another, each along its own index.</summary>
    /// <param name="count">How many the first has.</param>
    internal static async Task<Paged<T>> PageOver<T>(
        IOrderedQueryable<T> first, int count, IOrderedQueryable<T> second, Slice part, CancellationToken ct)
    {
        var (skip, size) = (SkippedBy(part), part.Rows);
        var rows = skip < count ? await first.Skip(skip).Take(size + 1).ToListAsync(ct) : [];
        if (rows.Count <= size) rows.AddRange(await second.Skip(Math.Max(0, skip - count)).Take(size + 1 - rows.Count).ToListAsync(ct));
        return Cut(rows, part);
    }

    /// <summary>One page of rows that had to be put together first.</summary>
    internal static Paged<T> PageOf<T>(IEnumerable<T> ordered, Slice part) =>
        Cut([.. ordered.Skip(SkippedBy(part)).Take(part.Rows + 1)], part);

    private static int NumberOf(Slice part) => Math.Clamp(part.Number, 1, Last);

    private static int SkippedBy(Slice part) => (NumberOf(part) - 1) * part.Rows;

    /// <summary>A page, from its rows and one more where another page follows.</summary>
    private static Paged<T> Cut<T>(List<T> rows, Slice part) =>
        new(rows.Count > part.Rows ? rows[..part.Rows] : rows, NumberOf(part), rows.Count > part.Rows);

    /// <summary>Every row of a list, read part after part.</summary>
    internal static async Task<Paged<T>> Every<T>(Func<Slice, Task<Paged<T>>> read)
    {
        var (rows, part) = (new List<T>(), await read(new(1, Long)));
        for (; part.HasMore; part = await read(new(part.Number + 1, Long))) rows.AddRange(part);
        return Whole([.. rows, .. part]);
    }

    /// <summary>A list that is read at once, as its only page.</summary>
    public static Paged<T> Whole<T>(IReadOnlyList<T> rows) => new(rows, 1, false);
}
