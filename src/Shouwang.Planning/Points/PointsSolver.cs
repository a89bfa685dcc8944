namespace Shouwang.Planning.Points;

/// <summary>
/// Divides elders among mutual-aid points: a village exactly, a township by improving one neighbourhood after another with the same exact
/// engine, beside a lower bound for the whole. 互助点划分求解
/// </summary>
public static class PointsSolver
{
    private const int VillageElders = 120;
    private const int VillageSites = 24;
    private const int VillageNodes = 1_000_000;

    /// <summary>The best division within the budget; <see cref="PointsPlan.Obstacle"/> says what makes one impossible.</summary>
    public static PointsPlan Solve(PointsProblem problem, PointsBudget budget)
    {
        problem.Check();
        if (problem.Elders == 0) return new PointsPlan([], 0, 0, PointsObstacle.TooFewElders, 0, 0);
        var (obstacle, number) = PointsObstacles.Find(problem);
        if (obstacle != PointsObstacle.None) return new PointsPlan([], 0, 0, obstacle, number, 0);
        var tables = new PointsTables(problem);
        var village = problem.Elders <= VillageElders && problem.Sites <= VillageSites;
        return village ? Village(tables, budget) : new PointsRegions(tables, budget).Solve();
    }

    /// <summary>Where the multipliers start: the nearest walk and a share of an opening.</summary>
    internal static double[] FirstMultipliers(PointsProblem problem)
    {
        var share = problem.OpenCost.DefaultIfEmpty(0).Average() / Math.Max(1, problem.Largest.DefaultIfEmpty(1).Average());
        var multiplier = new double[problem.Elders];
        for (var i = 0; i < multiplier.Length; i++)
        {
            multiplier[i] = problem.ArcCost.AsSpan(problem.FirstArc[i]..problem.FirstArc[i + 1]).ToArray().Min() + share;
        }

        return multiplier;
    }

    private static PointsPlan Village(PointsTables tables, PointsBudget budget)
    {
        var tree = new PointsTree(tables, budget) { Better = budget.Progress };
        tree.Root(FirstMultipliers(tables.Problem), 300, 4);
        tree.Descend();
        var bound = tree.Search(VillageNodes, 30);
        if (tree.ArcOf is not { } arcOf)
        {
            var none = budget.Over ? PointsObstacle.None : PointsObstacle.SmallestSize;
            return new PointsPlan([], 0, 0, none, 0, budget.Used);
        }

        var proven = Math.Min(tree.Cost, (long)Math.Ceiling(bound - 1e-6));
        var site = Array.ConvertAll(arcOf, a => tables.Problem.ArcSite[a]);
        return new PointsPlan(site, tree.Cost, proven, PointsObstacle.None, 0, budget.Used);
    }
}
