using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Shouwang.Planning.MealRuns;

namespace Shouwang.Cli.Plan;

/// <summary>What `plan vrptw` and `plan cvrp` share: options, the run, the solution file and the one JSON object. 路线规划</summary>
internal sealed class PlanRoutes
{
    private const double DefaultSeconds = 10;

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The instance." };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "Time to search; 10 when neither budget is given." };
    private readonly Option<long?> _iterations = new("--iterations") { Description = "Iterations; same seed and budget, same plan." };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the search.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = new("--threads") { Description = "Searches side by side.", DefaultValueFactory = _ => 1 };
    private readonly Option<FileInfo> _out = new("--out") { Description = "Where the solution goes.", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    /// <summary>
    /// Adds arguments, options and action to the command; <paramref name="read"/> turns the text of the file into an instance.
    /// </summary>
    public Command Onto(Command command, Func<string, ParseResult, RoutingInstance> read)
    {
        _seconds.Validators.Add(
            r => Require(r, r.GetValueOrDefault<double?>() is null or (> 0 and <= 86_400), "--seconds is above 0, at most 86400."));
        _iterations.Validators.Add(r => Require(r, r.GetValueOrDefault<long?>() is null or > 0, "--iterations is above 0."));
        _threads.Validators.Add(r => Require(r, r.GetValueOrDefault<int>() is > 0 and <= 64, "--threads is 1 to 64."));
        command.Add(_file);
        foreach (var option in new Option[] { _seconds, _iterations, _seed, _threads, _out, _json })
        {
            command.Add(option);
        }

        command.SetAction((asked, cancel) => Task.FromResult(Run(asked, read, cancel)));
        return command;
    }

    private static void Require(System.CommandLine.Parsing.OptionResult result, bool holds, string otherwise)
    {
        if (!holds)
        {
            result.AddError(otherwise);
        }
    }

    private int Run(ParseResult asked, Func<string, ParseResult, RoutingInstance> read, CancellationToken cancel)
    {
        var json = asked.GetValue(_json);
        try
        {
            var target = asked.GetRequiredValue(_out);
            if (target.Directory is not { Exists: true })
            {
                return RoutesVoice.Refuse(json, "out", 0, $"the folder of {target} does not exist");
            }

            var instance = read(File.ReadAllText(asked.GetRequiredValue(_file).FullName), asked);
            var found = Solve(instance, asked, cancel);
            if (found.Plan is null)
            {
                var left = string.Join(' ', found.Unserved.Take(20));
                return RoutesVoice.Refuse(json, "visit", 0, $"no plan within the budget serves every stop; left over: {left}");
            }

            Report(instance, found, target, json);
            return 0;
        }
        catch (RoutingFileException e)
        {
            return RoutesVoice.Refuse(json, "format", e.Line, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RoutesVoice.Refuse(json, "file", 0, e.Message);
        }
    }

    private MealRunOutcome Solve(RoutingInstance instance, ParseResult asked, CancellationToken cancel)
    {
        var problem = instance.ToSolvableProblem();
        var clock = Stopwatch.StartNew();
        var (seconds, iterations) = (asked.GetValue(_seconds), asked.GetValue(_iterations));
        seconds ??= iterations is null ? DefaultSeconds : null;
        var budget = new RunBudget(iterations ?? long.MaxValue, seconds, () => clock.Elapsed.TotalSeconds);
        var progress = new PlanProgress(Console.Error, () => clock.Elapsed.TotalSeconds);
        var options = new MealRunOptions
        {
            Seed = asked.GetValue(_seed),
            Threads = asked.GetValue(_threads),
            Progress = better => progress.Hear(RoutingCheck.CostOf(instance, better.Plan.Routes)),
        };
        return MealRunSolver.Solve(problem, budget, options, cancel);
    }

    private static void Report(RoutingInstance instance, MealRunOutcome found, FileInfo target, bool json)
    {
        var routes = found.Plan!.Routes;
        var text = RoutingSolution.Write(routes, RoutingCheck.CostOf(instance, routes));
        var verdict = RoutingCheck.Check(instance, RoutingSolution.Read(text));
        if (!verdict.Holds)
        {
            throw new InvalidOperationException($"The plan breaks a rule: {verdict.Breaches[0].Message}");
        }

        File.WriteAllText(target.FullName, text);
        if (json)
        {
            var all = new
            {
                instance = instance.Name,
                feasible = true,
                cost = Math.Round(verdict.Cost, 4),
                routes = verdict.Routes,
                iterations = found.Iterations,
                file = target.FullName,
            };
            Console.WriteLine(JsonSerializer.Serialize(all, JsonSerializerOptions.Web));
        }
        else
        {
            Console.WriteLine($"{instance.Name}: {verdict.Routes} routes, cost {verdict.Cost:0.####}, {found.Iterations:N0} iterations");
            Console.WriteLine($"written to {target}");
        }
    }
}

/// <summary>How the route commands say no: the constraint and the line on standard error, or as the one JSON object. 拒绝</summary>
internal static class RoutesVoice
{
    /// <summary>Says why and returns exit code 1.</summary>
    public static int Refuse(bool json, string constraint, int line, string message)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { error = constraint, line, message }, JsonSerializerOptions.Web));
        }
        else
        {
            Console.Error.WriteLine($"{constraint}: {message}");
        }

        return 1;
    }
}
