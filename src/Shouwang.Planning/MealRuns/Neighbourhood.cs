namespace Shouwang.Planning.MealRuns;

/// <summary>
/// For each stop the stops worth putting beside it, nearest first: distance, plus waiting and lateness that following it would force
/// (granular neighbours: Toth and Vigo 2003; with windows: Vidal et al. 2013, eq. 4). 邻域
/// </summary>
internal static class Neighbourhood
{
    private const double WaitWeight = 0.2;
    private const double LateWeight = 1.0;

    /// <summary>Lists of at most <paramref name="count"/> stops per stop; made symmetric, the lists may be a little longer.</summary>
    public static int[][] Build(MealRunProblem problem, int count, bool symmetric)
    {
        var n = problem.Stops;
        var lists = new int[n + 1][];
        var others = new int[n];
        var keys = new double[n];
        lists[0] = [];
        for (var i = 1; i <= n; i++)
        {
            var k = 0;
            for (var j = 1; j <= n; j++)
            {
                if (j != i)
                {
                    others[k] = j;
                    keys[k++] = Math.Min(Closeness(problem, i, j), Closeness(problem, j, i));
                }
            }

            Array.Sort(keys, others, 0, k);
            lists[i] = others[..Math.Min(count, k)];
        }

        return symmetric ? MakeSymmetric(lists) : lists;
    }

    private static double Closeness(MealRunProblem p, int i, int j)
    {
        var travel = p.Travel[(i * p.Size) + j];
        var wait = Math.Max(0, (double)p.Earliest[j] - travel - p.Service[i] - p.Latest[i]);
        var late = Math.Max(0, (double)p.Earliest[i] + p.Service[i] + travel - p.Latest[j]);
        return p.Distance[(i * p.Size) + j] + (WaitWeight * wait) + (LateWeight * late);
    }

    private static int[][] MakeSymmetric(int[][] lists)
    {
        var sets = lists.Select(l => new HashSet<int>(l)).ToArray();
        for (var i = 1; i < lists.Length; i++)
        {
            foreach (var j in lists[i])
            {
                sets[j].Add(i);
            }
        }

        return [.. sets.Select((s, i) => lists[i].Concat(s.Except(lists[i]).Order()).ToArray())];
    }
}
