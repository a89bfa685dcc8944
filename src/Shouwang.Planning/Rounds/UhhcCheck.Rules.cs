using System.Text.Json;

namespace Shouwang.Planning.Rounds;

/// <summary>The rules and the sums of the check.</summary>
public sealed partial class UhhcCheck
{
    private RoundsVerdict Verdict(JsonElement solution)
    {
        foreach (var route in solution.Need("routes", "solution").List("routes"))
        {
            var id = route.Need("caregiver_id", "route").Text("route");
            if (!_carers.TryGetValue(id, out var carer)) _broken.Add($"carer {id} does not exist");
            else if (_workload.ContainsKey(id)) _broken.Add($"carer {id} has two routes");
            else Walk(carer, Stops(route, id));
        }
        foreach (var carer in _carers.Values.Where(carer => !_workload.ContainsKey(carer.Id))) Walk(carer, []);
        foreach (var patient in _patients.Values) CheckPatient(patient);
        var parts = Parts();
        CheckHard(parts);
        var cost = parts.Sum(part => part.Value * Weight(part.Key));
        if (RoundsJson.FalseCost(solution, cost) is { } says) _broken.Add(says);
        return new(cost, parts, _broken);
    }

    private List<Stop> Stops(JsonElement route, string carer)
    {
        var stops = new List<Stop>();
        foreach (var stop in route.May("locations")?.List(carer) ?? [])
        {
            double Time(string a, string b, string c) => (stop.May(a) ?? stop.May(b) ?? stop.Need(c, carer)).Number(carer);
            stops.Add(new(
                stop.Need("patient", carer).Text(carer),
                stop.Need("service", carer).Text(carer),
                Time("arrival_time", "start_time", "start_service_time"),
                Time("departure_time", "end_time", "end_service_time")));
        }
        stops.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.IsLunch.CompareTo(a.IsLunch));
        if (stops.RemoveAll(stop => !stop.IsLunch && !_patients.ContainsKey(stop.Elder)) > 0) _broken.Add(
            $"carer {carer} visits a patient who does not exist");
        return stops;
    }

    private void Walk(Carer carer, List<Stop> stops)
    {
        if (stops.Count == 0)
        {
            _workload[carer.Id] = _travel[carer.From][carer.To];
            _distance += _travel[carer.From][carer.To];
            _idle[carer.Id] = carer.ShiftEnd - carer.ShiftStart ?? 0;
            return;
        }
        var at = carer.From;
        var (free, idle, work) = (0.0, 0.0, 0.0);
        for (var i = 0; i < stops.Count; i++)
        {
            var stop = stops[i];
            var place = _patients.TryGetValue(stop.Elder, out var patient) ? patient.Index : carer.From;
            var travel = _travel[at][place];
            work += travel + (stop.IsLunch ? 0 : stop.End - stop.Start);
            var arrival = i == 0 ? stop.Start : free + travel;
            if (i == 0) idle += CheckDeparture(carer, stop.Start - travel);
            if (stop.Start < arrival - Tolerance) _broken.Add(
                $"carer {carer.Id}: starts {stop.Service} at {stop.Elder} at {stop.Start}, but cannot be there before {arrival}");
            idle += Math.Max(0, stop.Start - arrival);
            if (stop.Start > arrival && !(i == 1 && stops[0].IsLunch)) _waits.Add(stop.Start - arrival);
            if (stop.IsLunch) CheckLunch(carer, stop);
            else CheckVisit(carer, patient!, stop);
            (at, free) = (place, stop.End);
        }
        var back = free + _travel[at][carer.To];
        work += _travel[at][carer.To];
        if (carer.ShiftEnd is { } end)
        {
            _extra += Math.Max(0, back - end);
            idle += Math.Max(0, end - back);
        }
        _idle[carer.Id] = carer.ShiftEnd is null ? 0 : idle;
        _workload[carer.Id] = work;
        _distance += work - stops.Where(stop => !stop.IsLunch).Sum(stop => stop.End - stop.Start);
    }

    private double CheckDeparture(Carer carer, double departure)
    {
        if (carer.ShiftStart is not { } start) return 0;
        if (departure < start - Tolerance) _broken.Add($"carer {carer.Id} leaves at {departure}, before the shift starts at {start}");
        return Math.Max(0, departure - start);
    }

    private void CheckLunch(Carer carer, Stop lunch)
    {
        var punctual = _metAtEnd ? lunch.End <= _lunch.End + Tolerance : lunch.Start <= _lunch.End + Tolerance;
        if (!punctual || lunch.Start < _lunch.Start - Tolerance) _broken.Add(
            $"carer {carer.Id}: lunch from {lunch.Start} to {lunch.End} is outside {_lunch.Start} to {_lunch.End}");
        if (lunch.End - lunch.Start < _lunch.Length - Tolerance) _broken.Add($"carer {carer.Id}: lunch is shorter than {_lunch.Length}");
        if (!_ate.Add(carer.Id)) _broken.Add($"carer {carer.Id} has lunch twice");
    }

    private void CheckVisit(Carer carer, Elder patient, Stop stop)
    {
        var wanted = patient.Services.FirstOrDefault(one => one.Service == stop.Service);
        if (wanted.Service is null) _broken.Add($"carer {carer.Id}: patient {patient.Id} does not need service {stop.Service}");
        else if (Math.Abs(stop.End - stop.Start - wanted.Duration) > Tolerance)
        {
            _broken.Add($"carer {carer.Id}: service {stop.Service} at patient {patient.Id} lasts {stop.End - stop.Start}, not {wanted.Duration}");
        }
        if (!carer.Abilities.Contains(stop.Service)) _unable++;
        if (patient.Refused.Contains(carer.Id)) _refused++;
        if (patient.Preferred is { } preferred && !preferred.Contains(carer.Id)) _notPreferred++;
        if (stop.Start < patient.Windows[0].Start - Tolerance) _broken.Add(
            $"carer {carer.Id}: patient {patient.Id} is visited at {stop.Start}, before the window opens");
        if (!_done.TryAdd((patient.Id, stop.Service), (carer.Id, stop.Start))) _broken.Add(
            $"patient {patient.Id}: service {stop.Service} is given twice");
        var window = patient.Windows.LastOrDefault(one => one.Start <= stop.Start, patient.Windows[0]);
        _late.Add(Math.Max(0, (_metAtEnd ? stop.End : stop.Start) - window.End));
    }

    private void CheckPatient(Elder patient)
    {
        var given = patient.Services.Count(service => _done.ContainsKey((patient.Id, service.Service)));
        if (given == 0)
        {
            if (!patient.Optional) _broken.Add($"patient {patient.Id} is not optional, but not visited");
            return;
        }
        if (given < patient.Services.Length) _broken.Add(
            $"patient {patient.Id}: only {given} of {patient.Services.Length} services are given");
        if (given < 2 || patient.Link == "independent") return;
        var (first, second) = (_done[(patient.Id, patient.Services[0].Service)], _done[(patient.Id, patient.Services[1].Service)]);
        if (first.Carer == second.Carer) _broken.Add($"patient {patient.Id}: both services are given by carer {first.Carer}");
        var gap = second.Start - first.Start;
        if (gap < patient.MinGap - Tolerance || gap > patient.MaxGap + Tolerance)
        {
            _broken.Add($"patient {patient.Id}: the second service starts {gap} after the first, allowed is {patient.MinGap} to {patient.MaxGap}");
        }
    }

    private Dictionary<string, double> Parts()
    {
        var mean = _workload.Values.Sum() / _carers.Count;
        return new()
        {
            ["travel_time"] = _distance,
            ["total_tardiness"] = _late.Sum(),
            ["highest_tardiness"] = _late.DefaultIfEmpty(0).Max(),
            ["total_waiting_time"] = _waits.Sum(),
            ["max_waiting_time"] = _waits.DefaultIfEmpty(0).Max(),
            ["total_extra_time"] = _extra,
            ["max_idle_time"] = _idle.Values.DefaultIfEmpty(0).Max(),
            ["workload_balance"] = _workload.Values.Sum(work => Math.Ceiling(Math.Abs(work - mean))),
            ["working_time"] = _workload.Values.Sum(),
            ["incompabilities"] = _refused,
            ["caregiver_preferences"] = _notPreferred,
            ["optional_patients"] = _patients.Values.Count(patient => !_done.ContainsKey((patient.Id, patient.Services[0].Service))),
            ["qualification"] = _unable,
            ["missed_lunch_break"] = _carers.Values.Count(carer => carer.Lunch && !_ate.Contains(carer.Id)),
        };
    }

    /// <summary>Components that are marked HARD, or that the file leaves out and the benchmark then takes as hard, must be
    /// nothing.</summary>
    private void CheckHard(Dictionary<string, double> parts)
    {
        foreach (var (name, value) in parts)
        {
            var absent = name is "qualification" or "incompabilities" or "optional_patients";
            if (name != "working_time" && IsHard(name, absent) && value > Tolerance) _broken.Add($"{name} is {value}, but must be 0");
        }
        if (IsHard("working_time", absent: false) && _extra > Tolerance) _broken.Add($"a shift ends {_extra} too late, but must not");
    }
}
