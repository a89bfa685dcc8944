using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.Json;
using Shouwang.Planning.Rounds;

namespace Shouwang.Cli.Plan;

/// <summary>One benchmark form of home-care rounds: how it is read, written and checked. 排班文件格式</summary>
/// <param name="Read">Instance text to problem.</param>
/// <param name="Write">Problem, plan and instance text to solution text.</param>
/// <param name="Check">Instance and solution text to verdict, independent of the search.</param>
internal sealed record RoundsForm(
    Func<string, RoundsProblem> Read, Func<RoundsProblem, RoundsPlan, string, string> Write, Func<string, string, RoundsVerdict> Check)
{
    /// <summary>The form of Mankowska, Meisel and Bierwirth.</summary>
    public static RoundsForm Hhcrsp { get; } = new(MankowskaJson.Read, (problem, plan, _) =>
        MankowskaJson.Write(problem, plan), MankowskaCheck.Check);

    /// <summary>Unified home health care.</summary>
    public static RoundsForm Uhhc { get; } = new(UhhcJson.Read, UhhcJson.Write, UhhcCheck.Check);
}

/// <summary>What `plan hhcrsp` and `plan uhhc` share: options, the run, the solution file and the one JSON object. 探访排班</summary>
internal sealed class PlanRounds(RoundsForm form)
{
    private const double DefaultSeconds = 10;

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The instance." };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "Time to search; 10 when neither budget is given." };
    private readonly Option<long?> _iterations = new(
        "--iterations") { Description = "Moves to try per thread; same seed and budget, same plan." };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the search.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = new("--threads") { Description = "Searches side by side.", DefaultValueFactory = _ => 1 };
    private readonly Option<FileInfo> _out = new("--out") { Description = "Where the solution goes.", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    /// <summary>Adds arguments, options and action to the command.</summary>
    public Command Onto(Command command)
    {
        Require(_seconds, seconds => seconds is null or (> 0 and <= 86_400), "--seconds is above 0, at most 86400.");
        Require(_iterations, moves => moves is null or > 0, "--iterations is above 0.");
        Require(_threads, threads => threads is >= 1 and <= 64, "--threads is 1 to 64.");
        command.Validators.Add(result =>
        {
            if (result.GetValue(_seconds) is not null && result.GetValue(_iterations) is not null) result.AddError(
                "Give --seconds or --iterations, not both.");
        });
        command.Add(_file);
        foreach (var option in new Option[] { _seconds, _iterations, _seed, _threads, _out, _json }) command.Add(option);
        command.SetAction((asked, cancel) => Task.FromResult(Run(asked, cancel)));
        return command;
    }

    private static void Require<T>(Option<T> option, Func<T?, bool> holds, string otherwise) =>
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (!holds(result.GetValueOrDefault<T>())) result.AddError(otherwise);
        });

    private int Run(ParseResult asked, CancellationToken cancel)
    {
        var json = asked.GetValue(_json);
        var (file, target) = (asked.GetRequiredValue(_file), asked.GetRequiredValue(_out));
        try
        {
            if (target.Directory is not { Exists: true }) return Refuse(json, [$"the folder of {target} does not exist"]);
            var text = File.ReadAllText(file.FullName);
            var problem = form.Read(text);
            var clock = Stopwatch.StartNew();
            var plan = Solve(problem, asked, cancel);
            var solution = form.Write(problem, plan, text);
            var verdict = form.Check(text, solution);
            if (!verdict.Valid) return Refuse(json, verdict.Broken);
            File.WriteAllText(target.FullName, solution);
            Report(file, target, (plan, verdict, clock.Elapsed), json);
            return 0;
        }
        catch (RoundsFormatException fault)
        {
            return Refuse(json, [$"{file.Name}: {fault.Message}"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse(json, [fault.Message]);
        }
    }

    private RoundsPlan Solve(RoundsProblem problem, ParseResult asked, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var budget = asked.GetValue(_iterations) is { } moves
            ? RoundsBudget.OfIterations(moves)
            : RoundsBudget.OfSeconds(asked.GetValue(_seconds) ?? DefaultSeconds, () => clock.Elapsed.TotalSeconds);
        var progress = new PlanProgress(Console.Error, () => clock.Elapsed.TotalSeconds);
        var search = new RoundsSearch(budget, asked.GetValue(_seed))
        {
            Threads = asked.GetValue(_threads),
            Progress = (_, cost) => progress.Hear(cost),
        };
        return RoundsSolver.Solve(problem, search, cancel);
    }

    private static void Report(FileInfo file, FileInfo target, (RoundsPlan Plan, RoundsVerdict Verdict, TimeSpan Time) solved, bool json)
    {
        var (plan, verdict, time) = solved;
        var cost = Math.Round(verdict.Cost, 3);
        var leftOut = plan.LeftOut.Length;
        Console.WriteLine(json
            ? JsonSerializer.Serialize(
                new { instance = file.Name, cost, parts = verdict.Parts, leftOut, iterations = plan.Iterations,
                    seconds = Math.Round(time.TotalSeconds, 3), file = target.FullName },
                JsonSerializerOptions.Web)
            : $"{file.Name}: cost {cost}, {leftOut} left out, {plan.Iterations:N0} moves in {time.TotalSeconds:F1} s; written to {target}");
    }

    /// <summary>Says which rules cannot be kept; nothing is written.</summary>
    internal static int Refuse(bool json, IReadOnlyList<string> broken)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { valid = false, broken }, JsonSerializerOptions.Web));
        else foreach (var rule in broken) Console.Error.WriteLine(rule);
        return 1;
    }
}
