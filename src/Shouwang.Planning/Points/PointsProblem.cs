namespace Shouwang.Planning.Points;

/// <summary>
/// Which elders may belong to which possible mutual-aid point, in plain arrays: elder i may walk to <c>ArcSite[a]</c> at <c>ArcCost[a]</c>
/// for a in <c>FirstArc[i] .. FirstArc[i + 1]</c> (only sites within the walking limit are listed). Every elder belongs to one open point;
/// a point has Smallest to Largest elders. A hamlet group that is spread over k points costs (k − 1) × SplitCost. 互助点划分问题
/// </summary>
/// <param name="FirstArc">Elders + 1 positions into the arc arrays.</param>
/// <param name="ArcSite">Site of each arc; no site twice for one elder.</param>
/// <param name="ArcCost">Walking metres (weighted), not negative.</param>
/// <param name="Smallest">Fewest elders of an open point, by site.</param>
/// <param name="Largest">Most elders of a point, by site.</param>
/// <param name="OpenCost">Cost of opening each site, not negative.</param>
/// <param name="Hamlet">Hamlet group of each elder, numbered from 0.</param>
/// <param name="SplitCost">Cost of each further point a hamlet group is spread over.</param>
public sealed record PointsProblem(
    int[] FirstArc, int[] ArcSite, long[] ArcCost, int[] Smallest, int[] Largest, long[] OpenCost, int[] Hamlet, long SplitCost)
{
    /// <summary>Number of elders.</summary>
    public int Elders => Hamlet.Length;

    /// <summary>Number of possible sites.</summary>
    public int Sites => OpenCost.Length;

    /// <summary>Throws an <see cref="ArgumentException"/> that names the first array that is malformed.</summary>
    public void Check()
    {
        var ends = FirstArc.Length == Elders + 1 && FirstArc[0] == 0 && FirstArc[Elders] == ArcSite.Length;
        Require(ends, "FirstArc fits the elders and arcs.");
        Require(ArcSite.Length == ArcCost.Length, "One cost per arc.");
        Require(Smallest.Length == Sites && Largest.Length == Sites, "One smallest and largest size per site.");
        Require(SplitCost is >= 0 and <= 1L << 32, "The split cost is not negative and within bounds.");
        for (var s = 0; s < Sites; s++)
        {
            Require(Smallest[s] >= 0 && Smallest[s] <= Largest[s], "Smallest is at most Largest.");
            Require(OpenCost[s] is >= 0 and <= 1L << 32, "Open costs are not negative and within bounds.");
        }

        var seen = new int[Sites];
        for (var i = 0; i < Elders; i++)
        {
            Require(FirstArc[i] <= FirstArc[i + 1], "FirstArc does not fall.");
            Require(Hamlet[i] >= 0 && Hamlet[i] < Elders, "Hamlet numbers run from 0 and there are no more hamlets than elders.");
            for (var a = FirstArc[i]; a < FirstArc[i + 1]; a++)
            {
                Require((uint)ArcSite[a] < (uint)Sites && seen[ArcSite[a]] != i + 1, "Arcs lead to sites, each once for one elder.");
                Require(ArcCost[a] is >= 0 and <= 1L << 32, "Walking costs are not negative and within bounds.");
                seen[ArcSite[a]] = i + 1;
            }
        }
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds) throw new ArgumentException(rule);
    }
}

/// <summary>Which constraint leaves no plan at all. 无解原因</summary>
public enum PointsObstacle
{
    /// <summary>There is a plan, or the budget ended before one was found.</summary>
    None,

    /// <summary>An elder has no site within the walking limit (Number is the elder).</summary>
    ElderOutOfReach,

    /// <summary>All sites together do not have room for all elders.</summary>
    TooLittleRoom,

    /// <summary>There is room enough, but not where the elders can walk (Number is an elder left over).</summary>
    TooLittleRoomWithinReach,

    /// <summary>There are fewer elders than the smallest point needs.</summary>
    TooFewElders,

    /// <summary>No choice of sites gives each its smallest number; proven by complete search.</summary>
    SmallestSize,
}

/// <summary>
/// The division: each elder's site, what it costs, and a bound no division can beat. <c>Site</c> is empty when there is none. 互助点划分
/// </summary>
public sealed record PointsPlan(int[] Site, long Cost, long Bound, PointsObstacle Obstacle, int Number, long Iterations)
{
    /// <summary>A plan was found.</summary>
    public bool Found => Site.Length > 0;

    /// <summary>No division is cheaper.</summary>
    public bool Optimal => Found && Cost == Bound;

    /// <summary>How far above the bound the plan is at most, as a share.</summary>
    public double Gap => Found && Cost > 0 ? (double)(Cost - Bound) / Cost : 0;
}

/// <summary>
/// How long the search may go on: iterations (same seed and iterations, same plan) and, if a clock is given, seconds on it. 预算
/// </summary>
public sealed class PointsBudget(long iterations, double seconds = double.PositiveInfinity, Func<double>? clock = null)
{
    private readonly double _start = clock?.Invoke() ?? 0;

    /// <summary>Seed of the search's random order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Stops the search; the best plan so far is kept.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Told the cost of each better plan.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Iterations used so far: one per bound step and one per assignment by flow.</summary>
    public long Used { get; private set; }

    /// <summary>Time or iterations are over, or somebody asked to stop.</summary>
    public bool Over => Used >= iterations || Stop.IsCancellationRequested || Elapsed >= seconds;

    private double Elapsed => clock is null ? 0 : clock() - _start;

    /// <summary>Whether this share of the budget is used.</summary>
    public bool Past(double share) => Over || Used >= iterations * share || Elapsed >= seconds * share;

    /// <summary>Counts one iteration.</summary>
    public void Count() => Used++;
}
