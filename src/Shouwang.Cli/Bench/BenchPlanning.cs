using System.CommandLine;
using System.Diagnostics;

namespace Shouwang.Cli.Bench;

/// <summary>
/// `shouwang bench planning`: starts the benchmark project of the sources. The engines' rival is a library the product must not carry,
/// so it lives there and not here. 规划测速
/// </summary>
internal static class BenchPlanning
{
    private const string Project = "tests/Shouwang.Benchmarks";

    /// <summary>Builds the subcommand of `bench`.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Two seeds instead of ten." };
        var seeds = new Option<int?>("--seeds") { Description = "So many seeds." };
        var set = new Option<string?>("--set") { Description = "One set: hhcrsp, uhhc, vrptw-solomon, vrptw-homberger, cvrp-x, pairs, points." };
        var alone = new Option<bool>("--alone") { Description = "Without OR-Tools." };
        var instances = new Option<string?>("--instances") { Description = "Folder of the public instances." };
        var command = new Command("planning", "The planning engines against the best stored costs and OR-Tools; writes docs/benchmarks.md.")
        {
            quick, seeds, set, alone, instances,
        };
        command.SetAction((asked, ct) =>
        {
            List<string> words = ["planning", "--write", "docs/benchmarks.md"];
            if (asked.GetValue(quick)) words.Add("--quick");
            if (asked.GetValue(alone)) words.Add("--alone");
            if (asked.GetValue(seeds) is { } count) words.AddRange(["--seeds", $"{count}"]);
            if (asked.GetValue(set) is { } name) words.AddRange(["--set", name]);
            if (asked.GetValue(instances) is { } folder) words.AddRange(["--instances", Path.GetFullPath(folder)]);
            return Run(words, ct);
        });
        return command;
    }

    private static async Task<int> Run(List<string> words, CancellationToken ct)
    {
        if (Root() is not { } root)
        {
            Console.Error.WriteLine($"The planning benchmark runs from the sources: {Project} is not at or above this folder.");
            return 1;
        }

        string[] run = ["run", "-c", "Release", "--project", Project, "--", .. words];
        using var process = Process.Start(new ProcessStartInfo("dotnet", run) { WorkingDirectory = root })!;
        try
        {
            await process.WaitForExitAsync(ct);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return 1;
        }
    }

    private static string? Root()
    {
        var folder = new DirectoryInfo(Directory.GetCurrentDirectory());
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, Project))) folder = folder.Parent;
        return folder?.FullName;
    }
}
