using System.CommandLine;
using Shouwang.Application.Areas;
using Shouwang.Cli.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Areas;

/// <summary>`shouwang import areas FILE`: takes an administrative division file into the tree. 导入行政区划</summary>
internal static class AreasCommands
{
    /// <summary>Builds the subcommand of `import`.</summary>
    public static Command Import(TimeProvider clock)
    {
        var file = new Argument<string>("FILE") { Description = "CSV with columns code and name, as the public china-division tables." };
        var from = new Option<string?>("--from") { Description = "From which day the file holds, yyyy-MM-dd; today by default." };
        var command = new Command("areas", "Take an administrative division file into the tree; nothing is removed.") { file, from };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var day = Days.Of(clock.GetUtcNow());
            if (parsed.GetValue(from) is { } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", out day))
            {
                return Task.FromResult(CliContext.Usage("Not a day."));
            }

            var path = parsed.GetValue(file)!;
            return File.Exists(path)
                ? CliContext.Run(options, parsed, context => Take(context, path, day, clock, ct), ct)
                : Task.FromResult(CliContext.Usage($"No file {path}."));
        });
        return command;
    }

    private static async Task<int> Take(CliContext context, string path, DateOnly from, TimeProvider clock, CancellationToken ct)
    {
        using var text = File.OpenText(path);
        if (!AreaFile.From(text).IsOk(out var file, out var refusal)) return context.Refused(refusal);

        var command = new ImportAreas.Command(Id<Area>.New(clock).Value, from, file);
        var imported = await context.Get<ImportAreas>().Run(command, context.Actor(AreaCode.Nation), ct);
        if (!imported.IsOk(out var receipt, out refusal)) return context.Refused(refusal);

        foreach (var fault in receipt.Refused) Console.Error.WriteLine($"{path}:{fault.Line}: {fault.Code} {fault.Reason}");
        var sentence = $"{receipt.Read} lines: {receipt.Added} added, {receipt.Changed} changed, {receipt.Unchanged} unchanged, "
            + $"{receipt.Refused.Count} refused.";
        var done = await context.Done(receipt, sentence, ct);
        return receipt.Refused.Count > 0 ? 1 : done;
    }
}
