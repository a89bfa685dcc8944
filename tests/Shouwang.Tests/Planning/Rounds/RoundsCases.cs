using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Planning.Rounds;

namespace Shouwang.Tests.Planning.Rounds;

/// <summary>Published instances in small, and made-up ones in both forms.</summary>
internal static class RoundsCases
{
    public static string Text(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "Instances", name));

    public static RoundsPlan Solve(RoundsProblem problem, long moves, ulong seed = 1, int threads = 1) =>
        RoundsSolver.Solve(problem, new(RoundsBudget.OfIterations(moves), seed) { Threads = threads });

    /// <summary>A random instance in the Mankowska form: every service is known to at least two carers.</summary>
    public static string Mankowska(int seed)
    {
        var random = new Random(seed);
        var (patients, carers) = (random.Next(1, 13), random.Next(2, 6));
        var places = Enumerable.Range(0, patients + 1).Select(_ => (X: random.Next(100), Y: random.Next(100))).ToArray();
        return JsonSerializer.Serialize(new
        {
            patients = Enumerable.Range(1, patients).Select(p => MankowskaPatient(random, p)),
            caregivers = Enumerable.Range(0, carers).Select(c => new { id = $"c{c}", abilities = Abilities(random, c, 3) }),
            distances = places.Select(a => places.Select(b => Math.Round(Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2)), 3))),
        });
    }

    /// <summary>A random instance of unified home health care, with everything the form knows except what is marked HARD.</summary>
    public static string Uhhc(int seed)
    {
        var random = new Random(seed);
        var (patients, carers) = (random.Next(1, 13), random.Next(2, 6));
        var weights = new JsonObject();
        foreach (var name in "travel_time total_tardiness highest_tardiness total_waiting_time max_waiting_time total_extra_time max_idle_time workload_balance working_time caregiver_preferences optional_patients missed_lunch_break".Split(' '))
        {
            if (random.Next(4) > 0) weights[name] = random.Next(0, 60);
        }
        weights["travel_time"] = random.Next(1, 4);
        weights["optional_patients"] = random.Next(50, 300);
        return JsonSerializer.Serialize(new
        {
            metadata = new { time_window_met = random.Next(2) == 0 ? "at_service_start" : "at_service_end", cost_components = weights },
            terminal_points = new[] { new { id = "d0", distance_matrix_index = 0 }, new { id = "d1", distance_matrix_index = 1 } },
            patients = Enumerable.Range(0, patients).Select(p => UhhcPatient(random, p, carers)),
            caregivers = Enumerable.Range(0, carers).Select(c => UhhcCarer(random, c)),
            distances = Enumerable.Range(0, patients + 2)
                .Select(i => Enumerable.Range(0, patients + 2).Select(j => i == j ? 0 : random.Next(1, 50))),
            lunch_breaks = new { start = 180, end = 360, min_duration = 30 },
        });
    }

    private static string[] Abilities(Random random, int carer, int services) =>
        [.. Enumerable.Range(0, services).Where(s => carer < 2 || random.Next(2) == 0).Select(s => $"s{s}")];

    private static JsonObject MankowskaPatient(Random random, int p)
    {
        var open = random.Next(0, 400);
        var patient = new JsonObject { ["id"] = $"p{p}", ["time_window"] = new JsonArray(open, open + 120) };
        var services = new JsonArray(new JsonObject { ["service"] = "s0", ["duration"] = random.Next(5, 25) });
        if (random.Next(2) == 0)
        {
            services.Add(new JsonObject { ["service"] = random.Next(2) == 0 ? "s1" : "s2", ["duration"] = random.Next(5, 25) });
            var min = random.Next(0, 60);
            patient["synchronization"] = random.Next(2) == 0
                ? new JsonObject { ["type"] = "simultaneous" }
                : new JsonObject { ["type"] = "sequential", ["distance"] = new JsonArray(min, min + random.Next(0, 60)) };
        }
        patient["required_caregivers"] = services;
        return patient;
    }

    private static JsonObject UhhcPatient(Random random, int p, int carers)
    {
        var open = random.Next(30, 200);
        var windows = new JsonArray(new JsonObject { ["start"] = open, ["end"] = open + 120 });
        if (random.Next(2) == 0) windows.Add(new JsonObject { ["start"] = open + 200, ["end"] = open + 400 });
        var services = new JsonArray(new JsonObject { ["service"] = "s0", ["duration"] = random.Next(5, 60) });
        var patient = new JsonObject
        {
            ["id"] = $"p{p}", ["distance_matrix_index"] = p + 2, ["time_windows"] = windows, ["optional"] = random.Next(3) == 0,
        };
        if (random.Next(2) == 0)
        {
            services.Add(new JsonObject { ["service"] = random.Next(2) == 0 ? "s1" : "s2", ["duration"] = random.Next(5, 60) });
            var min = random.Next(0, 60);
            var gap = new JsonObject { ["min"] = min, ["max"] = min + random.Next(0, 60) };
            patient["synchronization"] = random.Next(3) switch
            {
                0 => new JsonObject { ["type"] = "simultaneous" },
                1 => new JsonObject { ["type"] = "sequential", ["distance"] = gap },
                _ => new JsonObject { ["type"] = "independent" },
            };
        }
        patient["required_services"] = services;
        if (random.Next(3) == 0) patient["preferred_caregivers"] = new JsonArray($"c{random.Next(carers)}");
        if (carers > 2 && random.Next(4) == 0) patient["incompatible_caregivers"] = new JsonArray($"c{random.Next(2, carers)}");
        return patient;
    }

    private static JsonObject UhhcCarer(Random random, int c)
    {
        var start = random.Next(0, 120);
        return new()
        {
            ["id"] = $"c{c}", ["abilities"] = new JsonArray([.. Abilities(random, c, 3).Select(one => (JsonNode)one)]),
            ["departing_point"] = $"d{random.Next(2)}", ["arrival_point"] = $"d{random.Next(2)}",
            ["working_shift"] = new JsonObject { ["start"] = start, ["end"] = start + random.Next(240, 600) },
                ["lunch_break"] = random.Next(2) == 0,
        };
    }
}
