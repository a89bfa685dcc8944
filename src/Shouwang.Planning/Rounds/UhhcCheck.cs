using System.Text.Json;

namespace Shouwang.Planning.Rounds;

/// <summary>
/// Checks a solution of the unified home health care benchmark from the two files alone; shares no code with the search.
/// Departure is as late as possible; lateness counts against the last window that is open at the start.
/// </summary>
public sealed partial class UhhcCheck
{
    private const double Tolerance = 1e-6;

    private sealed record Elder(string Id, int Index, (double Start, double End)[] Windows, (string Service, double Duration)[] Services)
    {
        public string Link { get; init; } = "independent";

        public double MinGap { get; init; }

        public double MaxGap { get; init; }

        public bool Optional { get; init; }

        public HashSet<string>? Preferred { get; init; }

        public HashSet<string> Refused { get; init; } = [];
    }

    private sealed record Carer(string Id, HashSet<string> Abilities, int From, int To)
    {
        public double? ShiftStart { get; init; }

        public double? ShiftEnd { get; init; }

        public bool Lunch { get; init; }
    }

    private sealed record Stop(string Elder, string Service, double Start, double End)
    {
        public bool IsLunch => Service == "lunch_break";
    }

    private readonly Dictionary<string, Elder> _patients = [];
    private readonly Dictionary<string, Carer> _carers = [];
    private readonly Dictionary<string, JsonElement> _weights = [];
    private readonly double[][] _travel;
    private readonly bool _metAtEnd;
    private readonly (double Start, double End, double Length) _lunch;
    private readonly List<string> _broken = [];
    private readonly Dictionary<(string Elder, string Service), (string Carer, double Start)> _done = [];
    private readonly List<double> _late = [];
    private readonly List<double> _waits = [];
    private readonly Dictionary<string, double> _idle = [];
    private readonly Dictionary<string, double> _workload = [];
    private readonly HashSet<string> _ate = [];
    private double _distance;
    private double _extra;
    private int _notPreferred;
    private int _refused;
    private int _unable;

    private UhhcCheck(JsonElement instance)
    {
        var metadata = instance.Need("metadata", "instance");
        foreach (var weight in metadata.Need("cost_components", "metadata").EnumerateObject()) _weights[weight.Name] = weight.Value;
        _metAtEnd = metadata.May("time_window_met")?.Text("metadata") == "at_service_end";
        _travel = [.. instance.Need("distances", "instance").List("distances").Select(row =>
            row.List("distances").Select(cell => cell.Number("distances")).ToArray())];
        var points = new Dictionary<string, int>();
        foreach (var point in instance.Need("terminal_points", "instance").List("terminal_points"))
        {
            points[point.Need("id", "point").Text("point")] = (int)point.Need("distance_matrix_index", "point").Number("point");
        }
        foreach (var carer in instance.Need("caregivers", "instance").List("caregivers")
            .Select(carer => ReadCarer(carer, points))) _carers[carer.Id] = carer;
        foreach (var patient in instance.Need("patients", "instance").List("patients").Select(ReadPatient)) _patients[patient.Id] = patient;
        if (instance.May("lunch_breaks") is { } lunch)
        {
            double Of(string name) => lunch.Need(name, "lunch_breaks").Number("lunch_breaks");
            _lunch = (Of("start"), Of("end"), Of("min_duration"));
        }
    }

    /// <summary>The verdict on a solution; throws <see cref="RoundsFormatException"/> when a file cannot be read at all.</summary>
    public static RoundsVerdict Check(string instance, string solution)
    {
        using var problem = RoundsJson.Parse(instance, "instance");
        using var plan = RoundsJson.Parse(solution, "solution");
        return new UhhcCheck(problem.RootElement).Verdict(plan.RootElement);
    }

    private static Carer ReadCarer(JsonElement carer, Dictionary<string, int> points)
    {
        var id = carer.Need("id", "caregiver").Text("caregiver");
        var from = carer.Need("departing_point", id).Text(id);
        var shift = carer.May("working_shift");
        return new(id, Names(carer.Need("abilities", id), id), points[from], points[carer.May("arrival_point")?.Text(id) ?? from])
        {
            ShiftStart = shift?.Need("start", id).Number(id),
            ShiftEnd = shift?.Need("end", id).Number(id),
            Lunch = carer.May("lunch_break")?.ValueKind == JsonValueKind.True,
        };
    }

    private static Elder ReadPatient(JsonElement patient)
    {
        var id = patient.Need("id", "patient").Text("patient");
        var link = patient.May("synchronization");
        var gap = link?.May("distance");
        return new(
            id,
            (int)patient.Need("distance_matrix_index", id).Number(id),
            [.. patient.Need("time_windows", id).List(id)
                .Select(one => (one.Need("start", id).Number(id), one.Need("end", id).Number(id)))],
            [.. patient.Need("required_services", id).List(id)
                .Select(one => (one.Need("service", id).Text(id), one.Need("duration", id).Number(id)))])
        {
            Link = link?.Need("type", id).Text(id) ?? "independent",
            MinGap = gap?.Need("min", id).Number(id) ?? 0,
            MaxGap = gap?.Need("max", id).Number(id) ?? 0,
            Optional = patient.May("optional")?.ValueKind == JsonValueKind.True,
            Preferred = patient.May("preferred_caregivers") is { } preferred ? Names(preferred, id) : null,
            Refused = patient.May("incompatible_caregivers") is { } refused ? Names(refused, id) : [],
        };
    }

    private static HashSet<string> Names(JsonElement list, string where) => [.. list.List(where).Select(name => name.Text(where))];

    private bool IsHard(string component, bool absent) =>
        !_weights.TryGetValue(component, out var weight) || weight.ValueKind == JsonValueKind.Null ? absent
            : weight.ValueKind == JsonValueKind.String;

    private double Weight(string component)
    {
        if (!_weights.TryGetValue(component, out var weight) || weight.ValueKind == JsonValueKind.Null) return 0;
        return weight.ValueKind == JsonValueKind.String ? 1 : weight.Number(component);
    }
}
