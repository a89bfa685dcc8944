using System.Text.Json.Nodes;

namespace Shouwang.Benchmarks;

/// <summary>Ways to spoil a solution of a home care benchmark, each of which makes it wrong whatever the solution is.</summary>
internal sealed class SpoiledRounds
{
    /// <summary>What each way does, as a sentence.</summary>
    public static readonly string[] Ways =
    [
        "a visit is left out", "a route is left out", "a visit is there twice", "a visit is given by a carer without the ability",
        "one carer gives both services", "the second service comes too late", "a carer is there sooner than the way takes",
        "a visit begins before the window", "a visit is cut short", "a visit takes longer", "a patient is unknown", "a carer is unknown",
        "a service is not wanted", "a carer has two routes", "the stated cost is too low", "a start is missing", "a start is a word",
        "the routes are missing",
    ];

    private readonly Dictionary<string, JsonNode> _patients;
    private readonly Dictionary<string, HashSet<string>> _abilities;
    private readonly string _services;

    /// <summary>Reads what the ways need of an instance; its services are listed under this name.</summary>
    public SpoiledRounds(string instance, string services)
    {
        var root = JsonNode.Parse(instance)!;
        _services = services;
        _patients = root["patients"]!.AsArray().ToDictionary(patient => (string)patient!["id"]!, patient => patient!);
        _abilities = root["caregivers"]!.AsArray().ToDictionary(
            carer => (string)carer!["id"]!, carer => carer!["abilities"]!.AsArray().Select(one => (string)one!).ToHashSet());
    }

    /// <summary>Spoils the solution; false if it has no place for this way.</summary>
    public bool Spoil(JsonObject solution, string way)
    {
        var routes = solution["routes"]!.AsArray();
        var visits = routes.SelectMany(route => (route!["locations"]?.AsArray() ?? []).Select(stop => new Visit(route, stop!)))
            .Where(visit => visit.Service != "lunch_break").ToArray();
        var needed = visits.First(visit => Services(visit.Patient).Length == 2 || !Optional(visit.Patient));
        return way switch
        {
            "a visit is left out" => Do(() => needed.Remove()),
            "a route is left out" => Do(() => routes.Remove(needed.Route)),
            "a visit is there twice" => Do(() => needed.Stops.Add(needed.Stop.DeepClone())),
            "a visit is given by a carer without the ability" => Unable(routes, visits),
            "one carer gives both services" => Both(visits),
            "the second service comes too late" => TooLate(visits),
            "a carer is there sooner than the way takes" => TooSoon(visits),
            "a visit begins before the window" => Do(() => needed.Shift(Opens(needed.Patient) - needed.Start - 1)),
            "a visit is cut short" => Do(() => needed.Stop["departure_time"] = needed.End - 1),
            "a visit takes longer" => Do(() => needed.Stop["departure_time"] = needed.End + 1),
            "a patient is unknown" => Do(() => needed.Stop["patient"] = "nobody"),
            "a carer is unknown" => Do(() => needed.Route["caregiver_id"] = "nobody"),
            "a service is not wanted" => Do(() => needed.Stop["service"] = "dancing"),
            "a carer has two routes" => Do(() => routes.Add(needed.Route.DeepClone())),
            "the stated cost is too low" => Do(() => solution["cost"] = 1),
            "a start is missing" => Do(() => needed.Stop.AsObject().Remove("arrival_time")),
            "a start is a word" => Do(() => needed.Stop["arrival_time"] = "noon"),
            "the routes are missing" => Do(() => solution.Remove("routes")),
            _ => throw new InvalidOperationException(way),
        };
    }

    private bool Unable(JsonArray routes, Visit[] visits)
    {
        foreach (var visit in visits)
        {
            var other = routes.FirstOrDefault(route => !_abilities[(string)route!["caregiver_id"]!].Contains(visit.Service));
            if (other?["locations"] is not JsonArray stops) continue;
            visit.Remove();
            stops.Add(visit.Stop);
            return true;
        }

        return false;
    }

    private bool Both(Visit[] visits)
    {
        var pair = visits.GroupBy(visit => visit.Patient).FirstOrDefault(group => group.Count() == 2 && Linked(group.Key))?.ToArray();
        if (pair is null) return false;
        pair[1].Remove();
        pair[0].Stops.Add(pair[1].Stop);
        return true;
    }

    private bool TooLate(Visit[] visits)
    {
        var second = visits.FirstOrDefault(visit => Services(visit.Patient) is [_, { } name] && name == visit.Service
            && Linked(visit.Patient));
        second?.Shift(10_000);
        return second is not null;
    }

    private static bool TooSoon(Visit[] visits)
    {
        var (first, then) = visits.Zip(visits.Skip(1)).FirstOrDefault(pair => pair.First.Route == pair.Second.Route);
        then?.Shift(first!.End - then.Start - 1);
        return then is not null;
    }

    private string[] Services(string patient) =>
        [.. _patients[patient][_services]!.AsArray().Select(one => (string)one!["service"]!)];

    private bool Linked(string patient) => _patients[patient]["synchronization"]?["type"]?.GetValue<string>() is "simultaneous" or "sequential";

    private bool Optional(string patient) => _patients[patient]["optional"]?.GetValue<bool>() == true;

    private double Opens(string patient) => _patients[patient]["time_window"] is { } window
        ? window[0]!.GetValue<double>() : _patients[patient]["time_windows"]![0]!["start"]!.GetValue<double>();

    private static bool Do(Action change)
    {
        change();
        return true;
    }

    private sealed record Visit(JsonNode Route, JsonNode Stop)
    {
        public JsonArray Stops => Route["locations"]!.AsArray();

        public string Patient => (string)Stop["patient"]!;

        public string Service => (string)Stop["service"]!;

        public double Start => Stop["arrival_time"]!.GetValue<double>();

        public double End => Stop["departure_time"]!.GetValue<double>();

        public void Remove() => Stops.Remove(Stop);

        public void Shift(double by) => (Stop["arrival_time"], Stop["departure_time"]) = (Start + by, End + by);
    }
}
