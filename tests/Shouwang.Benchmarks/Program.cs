using Shouwang.Benchmarks;

var quick = args.Contains("--quick");
switch (args.FirstOrDefault())
{
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
        Console.Error.WriteLine("shouwang-bench pairing|points|meal-runs [--quick] [--alone] [--instances DIR] [--seeds N] [--made-up]");
        return 2;
}

string? Value(string option)
{
    var at = Array.IndexOf(args, option);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
