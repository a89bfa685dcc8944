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

/// <summary>Reads lists page by page. 分页读取</summary>
public static class Paging
{
    /// <summary>How many rows a page shows.</summary>
    public const int Size = 50;

    /// <summary>Pages behind this one are not turned to: whoever has so many rows searches or filters.</summary>
    private const int Last = 100_000;

    /// <summary>One page of rows that are in an order of which no two are equal; otherwise a row could stand on two pages.</summary>
    internal static async Task<Paged<T>> PageAt<T>(this IQueryable<T> ordered, int page, CancellationToken ct)
    {
        var number = Math.Clamp(page, 1, Last);
        var rows = await ordered.Skip((number - 1) * Size).Take(Size + 1).ToListAsync(ct);
        return new(rows.Count > Size ? rows[..Size] : rows, number, rows.Count > Size);
    }
}
