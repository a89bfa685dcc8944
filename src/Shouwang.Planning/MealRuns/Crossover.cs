namespace Shouwang.Planning.MealRuns;

/// <summary>Order crossover: a slice of the first parent's long order, the rest in the order of the second (Vidal 2022, §3.3). 交叉</summary>
internal sealed class Crossover(int stops)
{
    private readonly bool[] _taken = new bool[stops + 1];

    /// <summary>Fills <paramref name="child"/> from two parents.</summary>
    public void Mix(RouteSet first, RouteSet second, int[] child, RandomStream random)
    {
        var n = child.Length;
        Array.Clear(_taken);
        int start = random.Below(n), end = random.Below(n);
        while (n > 1 && end == start)
        {
            end = random.Below(n);
        }

        var j = start;
        for (var done = false; !done; j = (j + 1) % n)
        {
            child[j] = first.Order[j];
            _taken[child[j]] = true;
            done = j == end;
        }

        for (var k = 1; k <= n; k++)
        {
            var stop = second.Order[(end + k) % n];
            if (!_taken[stop])
            {
                child[j] = stop;
                j = (j + 1) % n;
            }
        }
    }
}
