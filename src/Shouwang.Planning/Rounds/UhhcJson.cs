using System.Text;
using System.Text.Json;

namespace Shouwang.Planning.Rounds;

/// <summary>
/// Reads and writes the JSON form of unified home health care (Ceschia and others 2026): shifts, lunch, two windows, preferences,
/// optional patients.
/// </summary>
public static class UhhcJson
{
    private sealed record Context(Dictionary<string, int> CarerIndex, HashSet<string>[] Abilities, RoundsPrices Prices, int Places)
    {
        public bool SkillsAreHard { get; init; }

        public bool RefusalsAreHard { get; init; }
    }

    /// <summary>Reads an instance; throws <see cref="RoundsFormatException"/> that names the faulty element.</summary>
    public static RoundsProblem Read(string text)
    {
        using var document = RoundsJson.Parse(text, "instance");
        var root = document.RootElement;
        var metadata = root.Need("metadata", "instance");
        var weights = metadata.Need("cost_components", "metadata");
        RefuseUnknown(weights);
        var carers = root.Need("caregivers", "instance").List("caregivers");
        var points = new Dictionary<string, int>();
        foreach (var point in root.Need("terminal_points", "instance").List("terminal_points"))
        {
            points[point.Need("id", "terminal point").Text("terminal point")] = Index(point, "terminal point");
        }
        var travel = RoundsJson.Matrix(root.Need("distances", "instance"), 1);
        var index = new Dictionary<string, int>();
        for (var c = 0; c < carers.Length; c++) index[carers[c].Need("id", $"caregiver {c + 1}").Text($"caregiver {c + 1}")] = c;
        var context = new Context(
            index,
            [.. carers.Select(carer =>
                carer.Need("abilities", "caregiver").List("abilities").Select(one => one.Text("abilities")).ToHashSet())],
            Prices(weights),
            travel.Length)
        {
            SkillsAreHard = IsHard(weights, "qualification", absent: true),
            RefusalsAreHard = IsHard(weights, "incompabilities", absent: true),
        };
        var patients = root.Need("patients", "instance").List("patients");
        return RoundsJson.Checked(new RoundsProblem(
            [.. patients.Select((patient, p) => Request(patient, p, context))],
            [.. carers.Select((carer, c) => Carer(carer, c, points))],
            travel,
            context.Prices)
        {
            WindowsMetAtEnd = metadata.May("time_window_met")?.Text("time_window_met") == "at_service_end",
            Lunch = Lunch(root),
        });
    }

    /// <summary>Writes a plan in the benchmark's solution form.</summary>
    public static string Write(RoundsProblem problem, RoundsPlan plan, string instance)
    {
        using var document = RoundsJson.Parse(instance, "instance");
        var starts = document.RootElement.Need("caregivers", "instance").List("caregivers")
            .Select(carer => carer.Need("departing_point", "caregiver").Text("departing_point")).ToArray();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("cost");
            json.WriteNumber("objective", Math.Round(plan.Cost, 3));
            json.WriteNumber("violations", plan.Forbidden ? 1 : 0);
            json.WriteEndObject();
            json.WriteStartArray("routes");
            for (var c = 0; c < plan.Routes.Length; c++) WriteRoute(json, problem, c, plan.Routes[c], starts[c]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteRoute(Utf8JsonWriter json, RoundsProblem problem, int carer, RoundsStop[] stops, string start)
    {
        json.WriteStartObject();
        json.WriteString("caregiver_id", problem.Carers[carer].Id);
        if (stops.Length > 0)
        {
            json.WriteStartArray("locations");
            foreach (var stop in stops)
            {
                json.WriteStartObject();
                json.WriteString("patient", stop.Request < 0 ? start : problem.Requests[stop.Request].Id);
                json.WriteString("service", stop.IsLunch ? "lunch_break" : problem.Requests[stop.Request].Visits[stop.Visit].Service);
                json.WriteNumber(stop.IsLunch ? "start_time" : "arrival_time", stop.Start);
                json.WriteNumber(stop.IsLunch ? "end_time" : "departure_time", stop.End);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static readonly string[] s_known =
    [
        "travel_time", "total_tardiness", "highest_tardiness", "total_waiting_time", "max_waiting_time", "total_extra_time",
            "max_idle_time",
        "workload_balance", "working_time", "incompabilities", "caregiver_preferences", "optional_patients", "qualification",
            "missed_lunch_break",
    ];

    private static void RefuseUnknown(JsonElement weights)
    {
        foreach (var weight in weights.EnumerateObject())
        {
            if (!s_known.Contains(weight.Name) && weight.Value.ValueKind != JsonValueKind.Null)
            {
                throw new RoundsFormatException($"cost_components: \"{weight.Name}\" is not supported");
            }
        }
    }

    private static RoundsPrices Prices(JsonElement weights) => new()
    {
        Travel = Weight(weights, "travel_time"),
        Tardiness = Weight(weights, "total_tardiness"),
        WorstTardiness = Weight(weights, "highest_tardiness"),
        Waiting = Weight(weights, "total_waiting_time"),
        LongestWait = Weight(weights, "max_waiting_time"),
        ExtraTime = IsHard(weights, "working_time", absent: false) ? RoundsPrices.Forbidden : Weight(weights, "total_extra_time"),
        LargestIdle = Weight(weights, "max_idle_time"),
        Balance = Weight(weights, "workload_balance"),
        Workload = IsHard(weights, "working_time", absent: false) ? 1 : Weight(weights, "working_time"),
        NotPreferred = Weight(weights, "caregiver_preferences"),
        LeftOut = IsHard(weights, "optional_patients", absent: true) ? RoundsPrices.Forbidden : Weight(weights, "optional_patients"),
        MissedLunch = Weight(weights, "missed_lunch_break"),
        Unable = Weight(weights, "qualification"),
        Refused = Weight(weights, "incompabilities"),
    };

    private static bool IsHard(JsonElement weights, string name, bool absent) =>
        weights.May(name) is not { } value ? absent : value.ValueKind == JsonValueKind.String;

    private static double Weight(JsonElement weights, string name)
    {
        if (weights.May(name) is not { } value) return 0;
        if (value.ValueKind != JsonValueKind.String) return value.Number($"cost_components, {name}");
        if (value.GetString() != "HARD") throw new RoundsFormatException($"cost_components, {name}: neither a number nor HARD");
        return RoundsPrices.Forbidden;
    }

    private static LunchBreak? Lunch(JsonElement root)
    {
        if (root.May("lunch_breaks") is not { } lunch) return null;
        int Of(string name) => Whole(lunch.Need(name, "lunch_breaks"), "lunch_breaks");
        return new(Of("start"), Of("end"), Of("min_duration"));
    }

    private static int Index(JsonElement element, string where) => Whole(element.Need("distance_matrix_index", where), where);

    private static int Whole(JsonElement element, string where) => RoundsJson.Units(element.Number(where), 1);

    private static RoundsCarer Carer(JsonElement carer, int index, Dictionary<string, int> points)
    {
        var where = $"caregiver {index + 1}";
        int Point(string name)
        {
            var id = (carer.May(name) ?? carer.Need("departing_point", where)).Text(where);
            return points.TryGetValue(id, out var place) ? place : throw new RoundsFormatException($"{where}: {name} {id} does not exist");
        }
        var shift = carer.May("working_shift");
        var start = shift is { } begins ? Whole(begins.Need("start", where), where) : 0;
        var end = shift is { } ends ? Whole(ends.Need("end", where), where) : int.MaxValue;
        return new(carer.Need("id", where).Text(where), Point("departing_point"), Point("arrival_point"), start, end)
        {
            Lunch = carer.May("lunch_break")?.ValueKind == JsonValueKind.True,
        };
    }

    private static RoundsRequest Request(JsonElement patient, int index, Context context)
    {
        var where = $"patient {index + 1}";
        var id = patient.Need("id", where).Text(where);
        where = $"patient {id}";
        var windows = patient.Need("time_windows", where).List($"{where}, time_windows")
            .Select(window => new VisitWindow(Whole(window.Need("start", where), where), Whole(window.Need("end", where), where)))
                .ToArray();
        var place = Index(patient, where);
        var link = patient.May("synchronization");
        var type = link?.Need("type", where).Text(where) ?? "independent";
        if (type is not ("independent" or "simultaneous" or "sequential")) throw new RoundsFormatException(
            $"{where}: synchronization \"{type}\" is not known");
        var gap = type == "sequential" ? link!.Value.Need("distance", where) : default;
        return new(id, place, windows, Visits(patient, where, context))
        {
            Link = type == "independent" ? VisitLink.Free : VisitLink.Gap,
            MinGap = type == "sequential" ? Whole(gap.Need("min", where), where) : 0,
            MaxGap = type == "sequential" ? Whole(gap.Need("max", where), where) : 0,
            Optional = patient.May("optional")?.ValueKind == JsonValueKind.True && context.Prices.LeftOut < RoundsPrices.Forbidden,
        };
    }

    private static RoundsVisit[] Visits(JsonElement patient, string where, Context context)
    {
        var preferred = Names(patient, "preferred_caregivers", where, context);
        var refused = Names(patient, "incompatible_caregivers", where, context) ?? [];
        return [.. patient.Need("required_services", where).List($"{where}, required_services").Select(service =>
        {
            var name = service.Need("service", where).Text(where);
            var able = Enumerable.Range(0, context.Abilities.Length).Where(c => context.Abilities[c].Contains(name)).ToArray();
            var may = context.SkillsAreHard ? able : Enumerable.Range(0, context.Abilities.Length);
            if (context.RefusalsAreHard) may = may.Except(refused);
            return new RoundsVisit(name, Whole(service.Need("duration", where), where), [.. may], preferred)
            {
                Able = context.SkillsAreHard ? null : able,
                Refused = context.RefusalsAreHard ? null : refused,
            };
        })];
    }

    private static int[]? Names(JsonElement patient, string list, string where, Context context) =>
        patient.May(list) is not { } names ? null : [.. names.List(where).Select(name => name.Text(where)).Select(name =>
            context.CarerIndex.TryGetValue(name, out var carer) ? carer
                : throw new RoundsFormatException($"{where}: caregiver {name} does not exist"))];
}
