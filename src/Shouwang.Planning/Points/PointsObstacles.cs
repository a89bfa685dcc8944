using Shouwang.Planning.Pairing;

namespace Shouwang.Planning.Points;

/// <summary>Looks for the constraint that alone makes a division impossible. 无解检查</summary>
internal static class PointsObstacles
{
    public static (PointsObstacle Obstacle, int Number) Find(PointsProblem problem)
    {
        for (var i = 0; i < problem.Elders; i++)
        {
            if (problem.FirstArc[i] == problem.FirstArc[i + 1]) return (PointsObstacle.ElderOutOfReach, i);
        }

        if (problem.Largest.Sum(l => (long)l) < problem.Elders) return (PointsObstacle.TooLittleRoom, 0);
        if (problem.Smallest.Min() > problem.Elders) return (PointsObstacle.TooFewElders, 0);
        var left = Array.IndexOf(Everywhere(problem).Volunteer, -1);
        return left >= 0 ? (PointsObstacle.TooLittleRoomWithinReach, left) : (PointsObstacle.None, 0);
    }

    /// <summary>Places as many elders as possible with every site open and no smallest size.</summary>
    private static PairingPlan Everywhere(PointsProblem problem)
    {
        var unpaired = new long[problem.Elders];
        Array.Fill(unpaired, PairingProblem.LargestCost);
        int[] room = [.. problem.Largest.Select(l => Math.Min(l, problem.Elders))];
        return PairingSolver.Solve(new PairingProblem(
            problem.Elders, problem.Sites, problem.FirstArc, problem.ArcSite, new long[problem.ArcCost.Length], room, new long[room.Sum()],
            unpaired));
    }
}
