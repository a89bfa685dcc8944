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
    default:
        Console.Error.WriteLine("shouwang-bench pairing|points [--quick] [--alone]");
        return 2;
}
