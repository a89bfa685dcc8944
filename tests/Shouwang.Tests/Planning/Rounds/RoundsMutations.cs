using System.Text.Json.Nodes;

namespace Shouwang.Tests.Planning.Rounds;

/// <summary>Thirteen ways to spoil each of two published solutions (hhcrsp-10-3 and uhhc-i-116).</summary>
internal static class RoundsMutations
{
    public static void Mankowska(JsonNode solution, string change)
    {
        var routes = solution["routes"]!.AsArray();
        JsonArray Stops(int carer) => routes[carer]!["locations"]!.AsArray();
        switch (change)
        {
            case "a visit is missing": Stops(0).RemoveAt(3); break;
            case "a visit is there twice": Stops(0).Add(Stops(0)[7]!.DeepClone()); break;
            case "the carer lacks the ability": Swap(Stops(0), 0, Stops(1), 0); break;
            case "one carer does both": Move(Stops(2), 1, Stops(1)); break;
            case "the carer cannot be there yet": Shift(Stops(0)[5]!, -10); break;
            case "the window is not open": Shift(Stops(1)[2]!, -100); break;
            case "the second comes too late": Shift(Stops(2)[1]!, 5); break;
            case "the visit is cut short": Stops(0)[7]!["departure_time"] = (double)Stops(0)[7]!["departure_time"]! - 3; break;
            case "the stated cost is wrong": solution["cost"] = 305.9; break;
            case "the patient is unknown": Stops(0)[7]!["patient"] = "p99"; break;
            case "the carer is unknown": routes[1]!["caregiver_id"] = "c99"; break;
            case "the service is not wanted": Stops(0)[7]!["service"] = "s2"; break;
            default: routes.Add(routes[0]!.DeepClone()); break;
        }
    }

    public static void Uhhc(JsonNode solution, string change)
    {
        var routes = solution["routes"]!.AsArray();
        JsonArray Stops(int carer) => routes[carer]!["locations"]!.AsArray();
        switch (change)
        {
            case "a visit is missing": Stops(0).RemoveAt(1); break;
            case "a patient is missing": Stops(0).RemoveAt(2); break;
            case "a visit is there twice": Stops(0).Add(Stops(0)[2]!.DeepClone()); break;
            case "the carer lacks the ability": Swap(Stops(0), 0, Stops(3), 0); break;
            case "the carer cannot be there yet": Shift(Stops(0)[2]!, -20); break;
            case "the shift has not begun": Shift(Stops(1)[0]!, -100); break;
            case "the window is not open": Shift(Stops(0)[2]!, -24); break;
            case "the visit is cut short": Stops(0)[2]!["departure_time"] = (int)Stops(0)[2]!["departure_time"]! - 3; break;
            case "lunch is too short": Lunch(Stops(3))["end_time"] = (int)Lunch(Stops(3))["end_time"]! - 1; break;
            case "lunch is too early": ShiftLunch(Lunch(Stops(3)), -20); break;
            case "the stated cost is wrong": solution["cost"]!["objective"] = 17392; break;
            case "the patient is unknown": Stops(0)[2]!["patient"] = "p99"; break;
            default: routes[1]!["caregiver_id"] = "c99"; break;
        }
    }

    private static JsonNode Lunch(JsonArray stops) => stops.First(stop => (string)stop!["service"]! == "lunch_break")!;

    private static void Swap(JsonArray one, int i, JsonArray other, int k)
    {
        var (a, b) = (one[i]!.DeepClone(), other[k]!.DeepClone());
        (one[i], other[k]) = (b, a);
    }

    private static void Move(JsonArray from, int i, JsonArray to)
    {
        var stop = from[i]!;
        from.RemoveAt(i);
        to.Add(stop);
    }

    private static void Shift(JsonNode stop, double by)
    {
        stop["arrival_time"] = (double)stop["arrival_time"]! + by;
        stop["departure_time"] = (double)stop["departure_time"]! + by;
    }

    private static void ShiftLunch(JsonNode lunch, int by)
    {
        lunch["start_time"] = (int)lunch["start_time"]! + by;
        lunch["end_time"] = (int)lunch["end_time"]! + by;
    }
}
