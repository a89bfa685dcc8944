using System.CommandLine;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Common;

namespace Shouwang.Cli.People;

/// <summary>`shouwang sample roster` and `shouwang sample template`: files to try the house with. 示例文件</summary>
internal static class SampleCommands
{
    /// <summary>Builds `sample` with its subcommands.</summary>
    public static Command Create() => new("sample", "Make files to try the house with; no real persons.") { Roster(), Template() };

    private static Command Roster()
    {
        var elders = new Option<int>("--elders") { Description = "How many elders.", DefaultValueFactory = _ => 96 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same file.", DefaultValueFactory = _ => 20260101 };
        var dirt = new Option<double>(
            "--dirt") { Description = "Share of rows that are spoilt, 0 to 0.5; what was planted is written to FILE.faults.json." };
        var file = Out();
        var command = new Command("roster", "A village's roster, drawn by census shares.") { elders, seed, dirt, file };
        command.SetAction(parsed =>
        {
            var (count, share, path) = (parsed.GetValue(elders), parsed.GetValue(dirt), parsed.GetValue(file)!);
            if (count is < 1 or > 30_000) return CliContext.Usage("--elders must be 1 to 30000.");
            if (share is < 0 or > 0.5) return CliContext.Usage("--dirt must be 0 to 0.5.");

            using var to = File.Create(path);
            var made = SampleWorkbook.Write(to, count, parsed.GetValue(seed), share);
            return Say(path, made, share > 0);
        });
        return command;
    }

    private static int Say(string path, SampleWorkbook.Made made, bool list)
    {
        if (list) File.WriteAllText(path + ".faults.json", JsonSerializer.Serialize(made, HouseJson.Options));
        Console.Out.WriteLine($"{path}: {made.Rows} rows, {made.Faults.Count} faults.");
        return 0;
    }

    private static Command Template()
    {
        var file = Out();
        var command = new Command("template", "The empty roster villages fill in.") { file };
        command.SetAction(parsed =>
        {
            using var to = File.Create(parsed.GetValue(file)!);
            RosterTemplate.Write(to);
            return 0;
        });
        return command;
    }

    private static Option<string> Out() => new("--out") { Description = "The .xlsx to write.", Required = true };
}
