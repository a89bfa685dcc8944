namespace Shouwang.Planning.Rounds;

/// <summary>
/// A problem flattened for the search: one row per visit, then one node per carer's start and one per carer's end.
/// Read-only and shared by all threads. Arrays are pinned so that the kernel may use pointers.
/// </summary>
internal sealed class RoundsTables
{
    /// <summary>Time that never comes: an open end, or a second window that does not exist.</summary>
    public const int Never = int.MaxValue / 4;

    private const int NearLimit = 32;

    public RoundsTables(RoundsProblem problem)
    {
        Problem = problem;
        Visits = problem.VisitCount;
        Carers = problem.Carers.Length;
        Nodes = Visits + 2 * Carers;
        Places = problem.Travel.Length;
        Travel = Pinned(Places * Places);
        for (var i = 0; i < Places; i++) problem.Travel[i].CopyTo(Travel, i * Places);
        Place = Pinned(Nodes);
        Duration = Pinned(Nodes);
        (Request, Mate, MinGap, MaxGap) = (Pinned(Visits), Pinned(Visits), Pinned(Visits), Pinned(Visits));
        (Open, Due, SecondOpen, SecondDue) = (Pinned(Visits), Pinned(Visits), Pinned(Visits), Pinned(Visits));
        First = Pinned(problem.Requests.Length);
        ShiftStart = Pinned(Carers);
        ShiftEnd = Pinned(Carers);
        Able = new int[Visits][];
        May = new bool[Visits * Carers];
        Price = new float[Visits * Carers];
        FillVisits(problem);
        FillCarers(problem);
        (Near, NearCount) = FindNear();
        Together = [.. Enumerable.Range(0, Visits).Where(v => Mate[v] > v)];
        Optional = [.. Enumerable.Range(0, problem.Requests.Length).Where(r => problem.Requests[r].Optional)];
    }

    public RoundsProblem Problem { get; }

    public int Visits { get; }

    public int Carers { get; }

    public int Nodes { get; }

    public int Places { get; }

    public int[] Travel { get; }

    public int[] Place { get; }

    public int[] Duration { get; }

    /// <summary>Request of a visit.</summary>
    public int[] Request { get; }

    /// <summary>First visit of a request.</summary>
    public int[] First { get; }

    /// <summary>The visit linked in time with this one, −1 if none.</summary>
    public int[] Mate { get; }

    public int[] MinGap { get; }

    public int[] MaxGap { get; }

    public int[] Open { get; }

    /// <summary>Latest start in the first window without being late.</summary>
    public int[] Due { get; }

    public int[] SecondOpen { get; }

    public int[] SecondDue { get; }

    public int[] ShiftStart { get; }

    public int[] ShiftEnd { get; }

    /// <summary>Carers who may do a visit.</summary>
    public int[][] Able { get; }

    public bool[] May { get; }

    /// <summary>Price of a carer doing a visit: not preferred, changed hands.</summary>
    public float[] Price { get; }

    /// <summary>Visits close in place and time that some carer could do too, <see cref="NearCount"/> per visit.</summary>
    public int[] Near { get; }

    public int NearCount { get; }

    /// <summary>The first visit of each linked pair.</summary>
    public int[] Together { get; }

    /// <summary>The requests that may be left out.</summary>
    public int[] Optional { get; }

    public int Distance(int from, int to) => Travel[Place[from] * Places + Place[to]];

    /// <summary>Lateness of a visit that starts at a time: against the last window that is open then.</summary>
    public int Lateness(int visit, int start)
    {
        var due = start >= SecondOpen[visit] ? SecondDue[visit] : Due[visit];
        return start > due ? start - due : 0;
    }

    private static int[] Pinned(int length) => GC.AllocateArray<int>(Math.Max(1, length), pinned: true);

    private void FillVisits(RoundsProblem problem)
    {
        var v = 0;
        for (var r = 0; r < problem.Requests.Length; r++)
        {
            var request = problem.Requests[r];
            First[r] = v;
            for (var i = 0; i < request.Visits.Length; i++, v++)
            {
                FillVisit(problem, request, v, i);
                Request[v] = r;
                Mate[v] = request.Visits.Length == 2 && request.Link == VisitLink.Gap ? First[r] + 1 - i : -1;
            }
        }
    }

    private void FillVisit(RoundsProblem problem, RoundsRequest request, int v, int i)
    {
        var visit = request.Visits[i];
        var toEnd = problem.WindowsMetAtEnd ? visit.Duration : 0;
        var second = request.Windows.Length > 1;
        Place[v] = request.Place;
        Duration[v] = visit.Duration;
        MinGap[v] = request.MinGap;
        MaxGap[v] = request.MaxGap;
        Open[v] = request.Windows[0].Open;
        Due[v] = request.Windows[0].Close - toEnd;
        SecondOpen[v] = second ? request.Windows[1].Open : Never;
        SecondDue[v] = second ? request.Windows[1].Close - toEnd : Never;
        Able[v] = visit.Carers;
        foreach (var carer in visit.Carers) May[v * Carers + carer] = true;
        for (var c = 0; c < Carers; c++)
        {
            var price = visit.Preferred is { } preferred && !preferred.Contains(c) ? problem.Prices.NotPreferred : 0;
            if (visit.Able is { } able && !able.Contains(c)) price += problem.Prices.Unable;
            if (visit.Refused is { } refused && refused.Contains(c)) price += problem.Prices.Refused;
            if (request.Present is { } present && present[i] != c) price += problem.Prices.Change;
            Price[v * Carers + c] = (float)price;
        }
    }

    private void FillCarers(RoundsProblem problem)
    {
        for (var c = 0; c < Carers; c++)
        {
            var carer = problem.Carers[c];
            Place[Visits + c] = carer.StartPlace;
            Place[Visits + Carers + c] = carer.EndPlace;
            ShiftStart[c] = carer.ShiftStart;
            ShiftEnd[c] = Math.Min(carer.ShiftEnd, Never);
        }
    }

    /// <summary>Granular neighbours (Vidal, Crainic, Gendreau and Prins 2013): travel, plus unavoidable waiting and lateness between two
    /// visits.</summary>
    private (int[] Near, int Count) FindNear()
    {
        var count = Math.Min(NearLimit, Visits - 1);
        var near = Pinned(Visits * count);
        var others = new int[Visits];
        var far = new double[Visits];
        for (var v = 0; v < Visits; v++)
        {
            for (var w = 0; w < Visits; w++)
            {
                others[w] = w;
                far[w] = w == v ? double.MaxValue : Math.Min(Apart(v, w), Apart(w, v));
                if (w != v && !Able[v].Any(c => May[w * Carers + c])) far[w] = double.MaxValue / 2;
            }
            Array.Sort(far, others);
            for (var k = 0; k < count; k++) near[v * count + k] = others[k];
        }
        return (near, count);
    }

    private double Apart(int from, int to)
    {
        var travel = Distance(from, to);
        var latest = Math.Max(Due[from], SecondDue[from] == Never ? 0 : SecondDue[from]);
        var latestTo = Math.Max(Due[to], SecondDue[to] == Never ? 0 : SecondDue[to]);
        var wait = Math.Max(0, Open[to] - (latest + Duration[from] + travel));
        var late = Math.Max(0, Open[from] + Duration[from] + travel - latestTo);
        return travel + 0.2 * wait + late;
    }
}
