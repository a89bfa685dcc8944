using System.CommandLine;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Rules;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Cli.Rules;

/// <summary>`shouwang rules …`: checks rule packages and shows what is in force where. Needs no database. 规则</summary>
internal static class RulesCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Exactly one JSON object on standard output." };

    /// <summary>Builds the command with its two subcommands.</summary>
    public static Command Create(TimeProvider clock) =>
        new("rules", "Policy numbers: packages by area, with bounds, sources and dates.") { Check(), Show(clock) };

    private static Command Check()
    {
        var directory = new Argument<string?>("DIR")
        {
            Description = "Directory of rule packages; the shipped ones by default.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var check = new Command("check", "Say where rule packages are wrong: file, line, reason.") { directory, s_json };
        check.SetAction(parsed =>
        {
            if (parsed.GetValue(directory) is not { } path) return Report(RuleFiles.ReadShipped(), parsed.GetValue(s_json));
            if (!Directory.Exists(path)) return CliContext.Usage($"No directory {path}.");
            return Report(RuleFiles.Read(path), parsed.GetValue(s_json));
        });
        return check;
    }

    private static int Report(RuleReading reading, bool json)
    {
        foreach (var fault in reading.Faults) Console.Error.WriteLine(RuleFiles.Line(fault));
        var packages = reading.Book?.Packages ?? [];
        var values = packages.Sum(p => p.Parameters.Count);
        if (json)
        {
            var faults = reading.Faults.Select(f => new { f.File, f.Line, reason = f.Refusal.Code, f.Refusal.Facts });
            Print(new { ok = reading.Book is not null, reading.Files, packages = packages.Select(p => p.Stamp), values, faults });
        }
        else if (reading.Book is not null)
        {
            Console.Out.WriteLine($"{reading.Files} files, {packages.Count} packages, {values} values: no fault.");
        }

        return reading.Book is null ? 1 : 0;
    }

    private static Command Show(TimeProvider clock)
    {
        var area = new Option<string>("--area") { Description = "Area code.", Required = true };
        var at = new Option<string?>("--at") { Description = "Day, yyyy-MM-dd; today by default." };
        var directory = new Option<string?>("--rules") { Description = "Directory of rule packages; the shipped ones by default." };
        var show = new Command("show", "Every value in force in an area on a day, with its source.") { area, at, directory, s_json };
        show.SetAction(parsed =>
        {
            var day = Days.Of(clock.GetUtcNow());
            var json = parsed.GetValue(s_json);
            var dated = parsed.GetValue(at) is not { } text || DateOnly.TryParseExact(text, "yyyy-MM-dd", out day);
            if (!dated) return CliContext.Usage("Not a day.");
            if (!AreaCode.From(parsed.GetValue(area), "area").IsOk(out var code, out _)) return CliContext.Usage("Not an area code.");

            var path = parsed.GetValue(directory);
            if (path is not null && !Directory.Exists(path)) return CliContext.Usage($"No directory {path}.");
            var reading = path is null ? RuleFiles.ReadShipped() : RuleFiles.Read(path);
            return reading.Book is { } book ? Table(book, book.At(code, day), json) : Report(reading, json);
        });
        return show;
    }

    private static int Table(Rulebook book, RulesInForce rules, bool json)
    {
        var all = rules.All.ToArray();
        if (json)
        {
            Print(new
            {
                rules.Area,
                day = rules.Day,
                rules.Stamp,
                rules = all.Select(r => new
                {
                    r.Id, value = RuleJson.Of(r.Parameter.Value), r.Parameter.Unit, r.IssuedBy, r.Since, r.Parameter.Mark,
                    source = r.Parameter.Source, package = r.Package.Stamp, bounds = r.Choosable?.ToString(),
                }),
            });
            return 0;
        }

        Console.Out.WriteLine($"{rules.Area} {rules.Day:O} {rules.Stamp}");
        foreach (var rule in all)
        {
            var from = $"{rule.IssuedBy} since {rule.Since:O}, {rule.Parameter.Mark}: {book.Source(rule.Parameter.Source).Title}";
            Console.Out.WriteLine($"{rule.Id} = {rule.Parameter.Value} {RuleWords.Kebab(rule.Parameter.Unit.ToString())}  [{from}]");
        }

        return 0;
    }

    private static void Print(object answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer, HouseJson.Options));
}
