namespace Shouwang.Planning.Rounds;

/// <summary>How the two visits of one request depend on each other. 双人探访</summary>
public enum VisitLink
{
    /// <summary>One visit, or two that do not care about each other.</summary>
    Free,

    /// <summary>The second starts between <see cref="RoundsRequest.MinGap"/> and <see cref="RoundsRequest.MaxGap"/> after the first; 0
    /// and 0: together.</summary>
    Gap,
}

/// <summary>A span of time in which a visit should begin; beginning before it is impossible, later is tardy. 时间窗</summary>
/// <param name="Open">Earliest start, in time units.</param>
/// <param name="Close">Latest start (or end, see <see cref="RoundsProblem.WindowsMetAtEnd"/>) that is not tardy.</param>
public readonly record struct VisitWindow(int Open, int Close);

/// <summary>One service somebody needs: what it takes, and who may give it. 探访</summary>
/// <param name="Service">Name of the service, as the file calls it.</param>
/// <param name="Duration">Length in time units.</param>
/// <param name="Carers">Indices of the carers who may do it (able, and not refused).</param>
/// <param name="Preferred">Indices of the carers whose coming costs nothing; null when nobody is preferred.</param>
public sealed record RoundsVisit(string Service, int Duration, int[] Carers, int[]? Preferred = null)
{
    /// <summary>Where ability is only a wish: who has it, and others cost <see cref="RoundsPrices.Unable"/>; null when all of <see
    /// cref="Carers"/> have it.</summary>
    public int[]? Able { get; init; }

    /// <summary>Where refusal is only a wish: who costs <see cref="RoundsPrices.Refused"/>.</summary>
    public int[]? Refused { get; init; }
}

/// <summary>One elder's wish for the day: one or two visits at one place. 照护需求</summary>
public sealed record RoundsRequest(string Id, int Place, VisitWindow[] Windows, RoundsVisit[] Visits)
{
    /// <summary>How the second visit follows the first.</summary>
    public VisitLink Link { get; init; }

    /// <summary>Least time between the two starts.</summary>
    public int MinGap { get; init; }

    /// <summary>Most time between the two starts.</summary>
    public int MaxGap { get; init; }

    /// <summary>True if the request may be left out at the price <see cref="RoundsPrices.LeftOut"/>.</summary>
    public bool Optional { get; init; }

    /// <summary>For a re-plan: who does each visit at present (carer index), −1 for nobody; null for a new request or a first
    /// plan.</summary>
    public int[]? Present { get; init; }

    /// <summary>For a re-plan: when the first visit starts at present; null when unknown.</summary>
    public int? PresentStart { get; init; }
}

/// <summary>One carer's day: where it starts and ends, and between which times. 探访员</summary>
/// <param name="ShiftStart">Earliest departure.</param>
/// <param name="ShiftEnd">Return after this is extra time; <see cref="int.MaxValue"/> when there is no end.</param>
public sealed record RoundsCarer(string Id, int StartPlace, int EndPlace, int ShiftStart = 0, int ShiftEnd = int.MaxValue)
{
    /// <summary>True if the carer should have a lunch break.</summary>
    public bool Lunch { get; init; }
}

/// <summary>The lunch break of the day. 午休</summary>
/// <param name="Start">Earliest start.</param>
/// <param name="End">Latest end.</param>
/// <param name="Length">Least duration.</param>
public readonly record struct LunchBreak(int Start, int End, int Length);

/// <summary>What each thing costs, per time unit or per piece; the plan with the least sum is the best. 代价</summary>
public sealed record RoundsPrices
{
    /// <summary>Stands for "must not happen": so dear per unit that honest prices never add up to it.</summary>
    public const double Forbidden = 1_000;

    /// <summary>Per unit of travel.</summary>
    public double Travel { get; init; }

    /// <summary>Per unit of lateness, summed over visits.</summary>
    public double Tardiness { get; init; }

    /// <summary>Per unit of the worst lateness.</summary>
    public double WorstTardiness { get; init; }

    /// <summary>Per unit of waiting at a door.</summary>
    public double Waiting { get; init; }

    /// <summary>Per unit of the longest single wait.</summary>
    public double LongestWait { get; init; }

    /// <summary>Per unit of return after the end of a shift.</summary>
    public double ExtraTime { get; init; }

    /// <summary>Per unit of the largest idle time of one carer.</summary>
    public double LargestIdle { get; init; }

    /// <summary>Per unit of deviation from the mean workload, each carer's rounded up.</summary>
    public double Balance { get; init; }

    /// <summary>Per unit of workload (service and travel).</summary>
    public double Workload { get; init; }

    /// <summary>Per visit by a carer who is not preferred where somebody is.</summary>
    public double NotPreferred { get; init; }

    /// <summary>Per request left out.</summary>
    public double LeftOut { get; init; }

    /// <summary>Per carer who misses the lunch break.</summary>
    public double MissedLunch { get; init; }

    /// <summary>Per visit by a carer without the ability, where that is allowed at all.</summary>
    public double Unable { get; init; }

    /// <summary>Per visit by a carer whom the elder refused, where that is allowed at all.</summary>
    public double Refused { get; init; }

    /// <summary>Per visit that changes hands against <see cref="RoundsRequest.Present"/>.</summary>
    public double Change { get; init; }

    /// <summary>The same prices with what is forbidden at ten times travel: the scale on which honest costs differ.</summary>
    public RoundsPrices Softened()
    {
        double Soft(double price) => price >= Forbidden ? 10 * Travel : price;
        return this with
        {
            Tardiness = Soft(Tardiness), WorstTardiness = Soft(WorstTardiness), Waiting = Soft(Waiting), LongestWait = Soft(LongestWait),
            ExtraTime = Soft(ExtraTime), LargestIdle = Soft(LargestIdle), Balance = Soft(Balance), NotPreferred = Soft(NotPreferred),
            LeftOut = Soft(LeftOut), MissedLunch = Soft(MissedLunch), Unable = Soft(Unable), Refused = Soft(Refused),
        };
    }

    /// <summary>True if only travel, tardiness and prices per visit matter, so that routes need no accounts of their own.</summary>
    public bool OnlyTravelAndTardiness =>
        Waiting == 0 && LongestWait == 0 && ExtraTime == 0 && LargestIdle == 0 && Balance == 0 && Workload == 0 && MissedLunch == 0;
}

/// <summary>Who visits whom, when, in which order: the one model behind both benchmarks and the product. 上门探访排班</summary>
public sealed record RoundsProblem(RoundsRequest[] Requests, RoundsCarer[] Carers, int[][] Travel, RoundsPrices Prices)
{
    /// <summary>Time units in one unit of the source (1000 for files with three decimals).</summary>
    public int Scale { get; init; } = 1;

    /// <summary>Cost in the source's terms = sum of prices × values × this.</summary>
    public double CostFactor { get; init; } = 1;

    /// <summary>True if a window is met when the visit ends in it, false if when it starts.</summary>
    public bool WindowsMetAtEnd { get; init; }

    /// <summary>The lunch break; null when there is none.</summary>
    public LunchBreak? Lunch { get; init; }

    /// <summary>Number of visits over all requests.</summary>
    public int VisitCount => Requests.Sum(request => request.Visits.Length);

    /// <summary>Says the first thing that makes the problem impossible or senseless, or null.</summary>
    public string? Fault()
    {
        foreach (var request in Requests)
        {
            if (request.Visits.Length is not (1 or 2)) return $"request {request.Id}: one or two visits, not {request.Visits.Length}";
            if (request.Windows.Length is not (
                1 or 2)) return $"request {request.Id}: one or two time windows, not {request.Windows.Length}";
            if (!IsPlace(request.Place)) return $"request {request.Id}: place {request.Place} is not in the matrix";
            if (request.MinGap > request.MaxGap) return $"request {request.Id}: least gap {request.MinGap} is above the largest {request.MaxGap}";
            if (FaultOf(request) is { } fault) return fault;
        }
        if (Twice(Requests.Select(request => request.Id)) is { } twice) return $"request {twice} is there twice";
        if (Twice(Carers.Select(carer => carer.Id)) is { } same) return $"carer {same} is there twice";
        foreach (var carer in Carers)
        {
            if (!IsPlace(carer.StartPlace) || !IsPlace(carer.EndPlace)) return $"carer {carer.Id}: start or end is not in the matrix";
            if (carer.ShiftEnd < carer.ShiftStart) return $"carer {carer.Id}: the shift ends before it starts";
        }
        return Carers.Length == 0 ? "there is no carer" : null;
    }

    private static string? Twice(IEnumerable<string> ids)
    {
        var seen = new HashSet<string>();
        return ids.FirstOrDefault(id => !seen.Add(id));
    }

    private bool IsPlace(int place) => place >= 0 && place < Travel.Length;

    private static string? FaultOf(RoundsRequest request)
    {
        foreach (var window in request.Windows)
        {
            if (window.Close < window.Open) return $"request {request.Id}: time window ends before it starts";
        }
        foreach (var visit in request.Visits)
        {
            if (visit.Duration <= 0) return $"request {request.Id}: service {visit.Service} has no duration";
            if (visit.Carers.Length == 0 && !request.Optional) return $"request {request.Id}: no carer may do service {visit.Service}";
        }
        var two = request.Visits.Length == 2 && request.Link == VisitLink.Gap && !request.Optional;
        if (two && request.Visits[0].Carers.Union(request.Visits[1].Carers).Count() < 2)
        {
            return $"request {request.Id}: two linked visits need two different carers";
        }
        return null;
    }
}
