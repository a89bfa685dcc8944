namespace Shouwang.Planning.MealRuns;

/// <summary>How a benchmark turns coordinates into distances. 取整</summary>
public enum DistanceRounding
{
    /// <summary>Each distance cut to one decimal: the rule of the DIMACS challenge for VRPTW.</summary>
    Dimacs,

    /// <summary>Distances as real numbers; searched in ten-thousandths with travel times rounded up, reported exactly.</summary>
    Real,

    /// <summary>Each distance rounded to the nearest whole number: the rule of CVRPLIB's EUC_2D.</summary>
    Nearest,
}

/// <summary>A benchmark file as read: coordinates, the rounding rule, and the plain numbers of the file. 算例</summary>
public sealed class RoutingInstance
{
    /// <summary>Ten-thousandths: fine enough that whole plans differ by less than a thousandth from real arithmetic.</summary>
    private const int RealScale = 10_000;

    public required string Name { get; init; }

    public required DistanceRounding Rounding { get; init; }

    public required double[] X { get; init; }

    public required double[] Y { get; init; }

    public required int[] Demand { get; init; }

    /// <summary>On which line of the file each node's demand stands.</summary>
    public required int[] Lines { get; init; }

    /// <summary>Window openings, or null when the file has no windows.</summary>
    public int[]? Earliest { get; init; }

    public int[]? Latest { get; init; }

    public int[]? Service { get; init; }

    public required int Capacity { get; init; }

    /// <summary>Number of carts in the file; as many as stops when the file sets no limit.</summary>
    public required int Carts { get; init; }

    /// <summary>How many internal units make one unit of the file.</summary>
    public int Scale => Rounding switch { DistanceRounding.Dimacs => 10, DistanceRounding.Real => RealScale, _ => 1 };

    /// <summary>The distance between two nodes by the rule of the benchmark, in units of the file.</summary>
    public double DistanceOf(int a, int b)
    {
        var (dx, dy) = (X[a] - X[b], Y[a] - Y[b]);
        var d = Math.Sqrt((dx * dx) + (dy * dy));
        return Rounding switch
        {
            DistanceRounding.Dimacs => Math.Floor(10 * d) / 10,
            DistanceRounding.Nearest => Math.Floor(d + 0.5),
            _ => d,
        };
    }

    /// <summary>
    /// The problem in whole internal units; throws <see cref="RoutingFileException"/> when a stop cannot be served at all or all
    /// vehicles together are too small.
    /// </summary>
    public MealRunProblem ToSolvableProblem()
    {
        var problem = ToProblem();
        var fault = problem.FindFault(Scale);
        return fault is null
            ? problem
            : throw new RoutingFileException(fault.Stop > 0 ? Lines[fault.Stop] : 0, $"{fault.Constraint}: {fault.Message}");
    }

    /// <summary>The problem in whole internal units.</summary>
    public MealRunProblem ToProblem()
    {
        var size = X.Length;
        var distance = new int[size * size];
        var travel = Rounding == DistanceRounding.Real ? new int[size * size] : distance;
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < size; b++)
            {
                var d = DistanceOf(a, b) * Scale;
                distance[(a * size) + b] = (int)Math.Round(d);
                travel[(a * size) + b] = Rounding == DistanceRounding.Real ? (int)Math.Ceiling(d - 1e-7) : (int)Math.Round(d);
            }
        }

        return new MealRunProblem
        {
            Distance = distance,
            Travel = travel,
            Demand = Demand,
            Earliest = Scaled(Earliest, 0),
            Latest = Scaled(Latest, MealRunProblem.Never),
            Service = Scaled(Service, 0),
            Capacity = Capacity,
            Carts = Carts,
            X = X,
            Y = Y,
        };
    }

    private int[] Scaled(int[]? values, int otherwise)
    {
        var scaled = new int[X.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = values is null ? otherwise : checked(values[i] * Scale);
        }

        return scaled;
    }
}

/// <summary>A benchmark file that cannot be read or solved: which line (0: the whole file), and why. 格式错误</summary>
public sealed class RoutingFileException(int line, string message)
    : FormatException(line > 0 ? $"line {line}: {message}" : message)
{
    /// <summary>Number of the line, from 1; 0 for the file as a whole.</summary>
    public int Line { get; } = line;
}
