using System.Text;
using System.Text.Json;

namespace Shouwang.Planning.Rounds;

/// <summary>Reads and writes the JSON form of the benchmark of Mankowska, Meisel and Bierwirth (2014): travel, tardiness and worst
/// tardiness in equal thirds.</summary>
public static class MankowskaJson
{
    private const int Scale = 1000;

    /// <summary>Reads an instance; throws <see cref="RoundsFormatException"/> that names the faulty element.</summary>
    public static RoundsProblem Read(string text)
    {
        using var document = RoundsJson.Parse(text, "instance");
        var root = document.RootElement;
        var patients = root.Need("patients", "instance").List("patients");
        var carers = root.Need("caregivers", "instance").List("caregivers");
        var travel = RoundsJson.Matrix(root.Need("distances", "instance"), Scale);
        if (travel.Length != patients.Length + 1)
        {
            throw new RoundsFormatException(
                $"distances: {travel.Length} rows, but the office and {patients.Length} patients need {patients.Length + 1}");
        }
        var abilities = carers.Select((carer, c) => Abilities(carer, $"caregiver {c + 1}")).ToArray();
        var prices = new RoundsPrices { Travel = 1, Tardiness = 1, WorstTardiness = 1 };
        return RoundsJson.Checked(new RoundsProblem(
            [.. patients.Select((patient, p) => Request(patient, p, abilities))],
            [.. carers.Select((carer, c) => new RoundsCarer(carer.Need("id", $"caregiver {c + 1}").Text("caregiver id"), 0, 0))],
            travel,
            prices)
        {
            Scale = Scale,
            CostFactor = 1.0 / 3.0 / Scale,
        });
    }

    /// <summary>Writes a plan in the benchmark's solution form (arrival_time is the start of the service).</summary>
    public static string Write(RoundsProblem problem, RoundsPlan plan)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("routes");
            for (var c = 0; c < plan.Routes.Length; c++) WriteRoute(json, problem, problem.Carers[c].Id, plan.Routes[c]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteRoute(Utf8JsonWriter json, RoundsProblem problem, string carer, RoundsStop[] stops)
    {
        json.WriteStartObject();
        json.WriteString("caregiver_id", carer);
        json.WriteStartArray("locations");
        foreach (var stop in stops)
        {
            var request = problem.Requests[stop.Request];
            json.WriteStartObject();
            json.WriteString("patient", request.Id);
            json.WriteString("service", request.Visits[stop.Visit].Service);
            json.WriteNumber("arrival_time", (decimal)stop.Start / problem.Scale);
            json.WriteNumber("departure_time", (decimal)stop.End / problem.Scale);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static HashSet<string> Abilities(JsonElement carer, string where) =>
        [.. carer.Need("abilities", where).List($"{where}, abilities").Select(ability => ability.Text($"{where}, abilities"))];

    private static RoundsRequest Request(JsonElement patient, int index, HashSet<string>[] abilities)
    {
        var where = $"patient {index + 1}";
        var id = patient.Need("id", where).Text($"{where}, id");
        where = $"patient {id}";
        var window = patient.Need("time_window", where).List($"{where}, time_window");
        if (window.Length != 2) throw new RoundsFormatException($"{where}: time_window needs two numbers");
        var visits = patient.Need("required_caregivers", where).List($"{where}, required_caregivers")
            .Select(service => Visit(service, where, abilities)).ToArray();
        var (min, max) = visits.Length < 2 ? (0, 0) : Gap(patient.May("synchronization"), where);
        var open = RoundsJson.Units(window[0].Number($"{where}, time_window"), Scale);
        var close = RoundsJson.Units(window[1].Number($"{where}, time_window"), Scale);
        return new(id, index + 1, [new(open, close)], visits)
        {
            Link = visits.Length < 2 ? VisitLink.Free : VisitLink.Gap,
            MinGap = min,
            MaxGap = max,
        };
    }

    private static RoundsVisit Visit(JsonElement service, string where, HashSet<string>[] abilities)
    {
        var name = service.Need("service", where).Text($"{where}, service");
        var duration = RoundsJson.Units(service.Need("duration", where).Number($"{where}, duration"), Scale);
        return new(name, duration, [.. Enumerable.Range(0, abilities.Length).Where(c => abilities[c].Contains(name))]);
    }

    private static (int Min, int Max) Gap(JsonElement? link, string where)
    {
        if (link is not { } found) throw new RoundsFormatException($"{where}: two services need \"synchronization\"");
        var type = found.Need("type", where).Text($"{where}, synchronization type");
        if (type == "simultaneous") return (0, 0);
        if (type != "sequential") throw new RoundsFormatException($"{where}: synchronization \"{type}\" is not known");
        var distance = found.Need("distance", where).List($"{where}, distance");
        if (distance.Length != 2) throw new RoundsFormatException($"{where}: distance needs two numbers");
        return (RoundsJson.Units(distance[0].Number(where), Scale), RoundsJson.Units(distance[1].Number(where), Scale));
    }
}
