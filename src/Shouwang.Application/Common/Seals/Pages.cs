namespace Shouwang.Application.Common.Seals;

/// <summary>Goes through rows that are read page by page, keeping one page. Only turning it waits for the database. 分页读取</summary>
/// <param name="turn">Reads the page after a number.</param>
/// <param name="numberOf">The number of a row.</param>
internal sealed class Pages<T>(Func<long, Task<List<T>>> turn, Func<T, long> numberOf) where T : class
{
    private List<T> _page = [];
    private int _at;

    /// <summary>The row it stands at; null at the end.</summary>
    public T? Current => _at < _page.Count ? _page[_at] : null;

    /// <summary>Turns to the first row.</summary>
    public Task Begin() => Turn(long.MinValue);

    /// <summary>Goes on to the next row.</summary>
    public ValueTask Next() => ++_at < _page.Count || _page.Count < SealSql.Page ? default : new(Turn(numberOf(_page[^1])));

    private async Task Turn(long after) => (_page, _at) = (await turn(after), 0);
}
