using System.Text.Json;

namespace Shouwang.Planning.Rounds;

/// <summary>
/// Checks a solution of the Mankowska benchmark against the published rules, from the two files alone; shares no code with the search.
/// </summary>
public sealed class MankowskaCheck
{
    private const double Tolerance = 2e-3;

    private sealed record Elder(string Id, int Index, double Open, double Close, (string Service, double Duration)[] Services)
    {
        public double MinGap { get; init; }

        public double MaxGap { get; init; }
    }

    private readonly Dictionary<string, Elder> _patients = [];
    private readonly Dictionary<string, HashSet<string>> _abilities = [];
    private readonly double[][] _travel;
    private readonly List<string> _broken = [];
    private readonly Dictionary<(string Elder, string Service), (string Carer, double Start)> _done = [];
    private double _distance;

    private MankowskaCheck(JsonElement instance)
    {
        _travel = [.. instance.Need("distances", "instance").List("distances").Select((row, i) =>
            row.List($"distances, row {i}").Select(cell => cell.Number($"distances, row {i}")).ToArray())];
        foreach (var carer in instance.Need("caregivers", "instance").List("caregivers"))
        {
            var id = carer.Need("id", "caregiver").Text("caregiver");
            _abilities[id] = [.. carer.Need("abilities", id).List(id).Select(ability => ability.Text(id))];
        }
        var index = 0;
        foreach (var patient in instance.Need("patients", "instance").List("patients"))
        {
            var read = ReadPatient(patient, ++index);
            _patients[read.Id] = read;
        }
    }

    /// <summary>The verdict on a solution; throws <see cref="RoundsFormatException"/> when a file cannot be read at all.</summary>
    public static RoundsVerdict Check(string instance, string solution)
    {
        using var problem = RoundsJson.Parse(instance, "instance");
        using var plan = RoundsJson.Parse(solution, "solution");
        return new MankowskaCheck(problem.RootElement).Verdict(plan.RootElement);
    }

    private static Elder ReadPatient(JsonElement patient, int index)
    {
        var id = patient.Need("id", $"patient {index}").Text($"patient {index}");
        var window = patient.Need("time_window", id).List(id);
        var services = patient.Need("required_caregivers", id).List(id)
            .Select(one => (one.Need("service", id).Text(id), one.Need("duration", id).Number(id))).ToArray();
        var gap = patient.May("synchronization")?.May("distance")?.List(id);
        return new(id, index, window[0].Number(id), window[1].Number(id), services)
        {
            MinGap = gap?[0].Number(id) ?? 0,
            MaxGap = gap?[1].Number(id) ?? 0,
        };
    }

    private RoundsVerdict Verdict(JsonElement solution)
    {
        var seen = new HashSet<string>();
        foreach (var route in solution.Need("routes", "solution").List("routes"))
        {
            var carer = (route.May("caregiver_id") ?? route.Need("caregiver", "route")).Text("route");
            if (!_abilities.ContainsKey(carer)) _broken.Add($"carer {carer} does not exist");
            else if (!seen.Add(carer)) _broken.Add($"carer {carer} has two routes");
            else Walk(carer, route.May("locations")?.List(carer) ?? []);
        }
        foreach (var patient in _patients.Values) CheckPatient(patient);
        var late = _done.Select(visit => Math.Max(0, visit.Value.Start - _patients[visit.Key.Elder].Close)).DefaultIfEmpty(0).ToArray();
        var parts = new Dictionary<string, double>
        {
            ["distance"] = _distance,
            ["total_tardiness"] = late.Sum(),
            ["highest_tardiness"] = late.Max(),
        };
        var cost = parts.Values.Sum() / 3;
        if (RoundsJson.FalseCost(solution, cost) is { } says) _broken.Add(says);
        return new(cost, parts, _broken);
    }

    private void Walk(string carer, JsonElement[] stops)
    {
        var at = 0;
        var free = 0.0;
        foreach (var stop in stops)
        {
            var id = (stop.May("patient") ?? stop.Need("patient_id", carer)).Text(carer);
            var service = (stop.May("service") ?? stop.Need("service_id", carer)).Text(carer);
            if (!_patients.TryGetValue(id, out var patient))
            {
                _broken.Add($"carer {carer}: patient {id} does not exist");
                continue;
            }
            var start = stop.Need("arrival_time", carer).Number(carer);
            var end = stop.Need("departure_time", carer).Number(carer);
            CheckVisit(carer, patient, service, start, end);
            var travel = _travel[at][patient.Index];
            if (start < free + travel - Tolerance)
            {
                _broken.Add($"carer {carer}: starts {service} at patient {id} at {start}, but cannot be there before {free + travel}");
            }
            _distance += travel;
            at = patient.Index;
            free = end;
        }
        _distance += _travel[at][0];
    }

    private void CheckVisit(string carer, Elder patient, string service, double start, double end)
    {
        var wanted = patient.Services.FirstOrDefault(one => one.Service == service);
        if (wanted.Service is null) _broken.Add($"carer {carer}: patient {patient.Id} does not need service {service}");
        else if (Math.Abs(end - start - wanted.Duration) > Tolerance)
        {
            _broken.Add($"carer {carer}: service {service} at patient {patient.Id} lasts {end - start}, not {wanted.Duration}");
        }
        if (!_abilities[carer].Contains(service)) _broken.Add(
            $"carer {carer} is not able to give service {service} (patient {patient.Id})");
        if (start < patient.Open - Tolerance) _broken.Add(
            $"carer {carer}: patient {patient.Id} is visited at {start}, before the window opens at {patient.Open}");
        if (!_done.TryAdd((patient.Id, service), (carer, start))) _broken.Add($"patient {patient.Id}: service {service} is given twice");
    }

    private void CheckPatient(Elder patient)
    {
        foreach (var (service, _) in patient.Services)
        {
            if (!_done.ContainsKey((patient.Id, service))) _broken.Add($"patient {patient.Id}: service {service} is not given");
        }
        if (patient.Services.Length < 2
            || !_done.TryGetValue((patient.Id, patient.Services[0].Service), out var first)
            || !_done.TryGetValue((patient.Id, patient.Services[1].Service), out var second))
        {
            return;
        }
        if (first.Carer == second.Carer) _broken.Add($"patient {patient.Id}: both services are given by carer {first.Carer}");
        var gap = second.Start - first.Start;
        if (gap < patient.MinGap - Tolerance || gap > patient.MaxGap + Tolerance)
        {
            _broken.Add($"patient {patient.Id}: the second service starts {gap} after the first, allowed is {patient.MinGap} to {patient.MaxGap}");
        }
    }
}
