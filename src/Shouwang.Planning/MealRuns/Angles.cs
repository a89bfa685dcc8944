namespace Shouwang.Planning.MealRuns;

/// <summary>Directions seen from the canteen as whole numbers of 65536 to the circle, and sectors of them (Vidal 2022, §4.2). 方位</summary>
internal static class Angles
{
    /// <summary>The direction of every node from node 0; zeros when the problem has no coordinates.</summary>
    public static int[] Of(MealRunProblem problem)
    {
        var angles = new int[problem.Size];
        for (var i = 1; problem.X is not null && i < problem.Size; i++)
        {
            angles[i] = Between(problem.X[0], problem.Y![0], problem.X[i], problem.Y[i]);
        }

        return angles;
    }

    /// <summary>Direction from one point to another.</summary>
    public static int Between(double x0, double y0, double x1, double y1) =>
        (int)Math.Floor(65536 * (1 + (Math.Atan2(y1 - y0, x1 - x0) / Math.PI)) / 2) & 0xFFFF;

    /// <summary>Makes the sector wide enough for one more direction, on the nearer side.</summary>
    public static void Extend(ref int from, ref int to, int angle, bool first)
    {
        if (first)
        {
            (from, to) = (angle, angle);
        }
        else if (((angle - from) & 0xFFFF) > ((to - from) & 0xFFFF))
        {
            if (((angle - to) & 0xFFFF) <= ((from - angle) & 0xFFFF))
            {
                to = angle;
            }
            else
            {
                from = angle;
            }
        }
    }

    /// <summary>True when two sectors share a direction.</summary>
    public static bool Overlap(int from1, int to1, int from2, int to2) =>
        ((from2 - from1) & 0xFFFF) <= ((to1 - from1) & 0xFFFF) || ((from1 - from2) & 0xFFFF) <= ((to2 - from2) & 0xFFFF);
}
