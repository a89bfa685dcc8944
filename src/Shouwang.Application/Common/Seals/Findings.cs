namespace Shouwang.Application.Common.Seals;

/// <summary>Something in the books that is not as it must be. 核对发现</summary>
/// <param name="What">"row-changed", "row-gone", "slipped-in", "unsealed", "chain-broken", "balance" …</param>
/// <param name="Where">The record that is wrong: a kind and a number, or an id.</param>
public sealed record Finding(string What, string Where);

/// <summary>Counts what is found; names the first ones, so that a book full of faults does not fill the memory. 核对发现汇总</summary>
internal sealed class Findings
{
    private const int Named = 50;
    private readonly List<Finding> _first = [];

    public int Count { get; private set; }

    public IReadOnlyList<Finding> First => _first;

    public void Add(string what, string where)
    {
        Count++;
        if (_first.Count < Named) _first.Add(new(what, where));
    }
}
