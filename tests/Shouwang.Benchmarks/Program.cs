using Shouwang.Benchmarks;

var quick = args.Contains("--quick");
switch (args.FirstOrDefault())
{
    case "planning":
        return PlanningBench.Run(new PlanningBenchSettings(
            Value("--instances") ?? PlanningBench.UsualInstances(), int.Parse(Value("--seeds") ?? (quick ? "2" : "10")),
            Judge: !args.Contains("--alone"), Only: Value("--set"), Document: Value("--write")), Console.Out);
    case "pairing":
        PairingBench.Run(Console.Out, quick ? 2 : 10, judge: !args.Contains("--alone"));
        return 0;
    case "points":
        PointsBench.Run(Console.Out, quick ? 2 : 10, judge: !args.Contains("--alone"));
        return 0;
    case "meal-runs":
        MealRunsBench.Run(Console.Out, new MealRunsBenchSettings(
            Value("--instances") ?? "samples/instances", int.Parse(Value("--seeds") ?? (quick ? "2" : "10")),
            Judge: !args.Contains("--alone"), MadeUp: args.Contains("--made-up")));
        return 0;
    default:
        Console.Error.WriteLine("shouwang-bench planning [--set NAME] [--write FILE] | pairing | points | meal-runs [--made-up]\n"
            + "    [--quick] [--seeds N] [--alone] [--instances DIR]");
        return 2;
}

string? Value(string option)
{
    var at = Array.IndexOf(args, option);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
