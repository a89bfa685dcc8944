using System.CommandLine;
using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Common;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Cli.People;

/// <summary>`shouwang import roster FILE`: takes a village's roster in, or says what it would do. 导入花名册</summary>
internal static class RosterCommands
{
    /// <summary>What the command answers: counts, and what is wrong with which cell.</summary>
    public sealed record Answer(
        bool DryRun, int Read, int Added, int Changed, int Unchanged, int Refused, int Suspected, IReadOnlyList<Fault> Errors,
            IReadOnlyList<Row> Changes);

    public sealed record Fault(string Sheet, string Cell, string Code, string Says);

    public sealed record Row(string Sheet, int Number, string Effect, bool Suspected, IReadOnlyList<FieldChange> Fields)
    {
        /// <summary>Whether its coordinates stay out, since the person took back the consent to them.</summary>
        public bool Unlocated { get; init; }
    }

    /// <summary>Builds the subcommand of `import`.</summary>
    public static Command Import(TimeProvider clock)
    {
        var file = new Argument<string>("FILE") { Description = "The roster: .xlsx, .xls, or CSV in UTF-8 or GB18030." };
        var area = new Option<string>("--area") { Description = "The village, twelve digits.", Required = true };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what the import would do." };
        var errors = new Option<string?>(
            "--errors") { Description = "Write the roster back to this .xlsx with a column that says what is wrong." };
        var since = new Option<DateOnly?>("--since") { Description = "The day since which these people have been here; today without it." };
        var command = new Command("roster", "Take a village's roster in; the same file again changes nothing.") 
        {
            file, area, dry, errors, since,
        };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            if (!AreaCode.From(parsed.GetValue(area), "area").IsOk(out var village, out _)) return Task.FromResult(
                CliContext.Usage("Not an area code."));
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) return Task.FromResult(CliContext.Usage($"No file {path}."));
            var ask = new Ask(path, village, parsed.GetValue(dry), parsed.GetValue(errors), Id<ImportRoster>.New(clock).Value)
            {
                Since = parsed.GetValue(since),
            };
            return CliContext.Run(options, parsed, context => Take(context, ask, ct), ct);
        });
        return command;
    }

    private sealed record Ask(string Path, AreaCode Village, bool DryRun, string? Errors, Guid Id)
    {
        public DateOnly? Since { get; init; }
    }

    private static async Task<int> Take(CliContext context, Ask ask, CancellationToken ct)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Words.Languages[0]);
        var (import, words, actor) = (context.Get<ImportRoster>(), new Words(), context.Actor(ask.Village));
        if (ask.Village.IsFictional) await SampleFiles.ImportAreas(context.Services, ct);
        using var file = File.OpenRead(ask.Path);
        if (!import.Read(ask.Id, ask.Village, file).IsOk(out var read, out var refusal)) return context.Refused(refusal);
        var command = read with { Since = ask.Since };
        if (ask.Errors is { } back) WriteBack(file, command.Reading, words, back);
        if (!(await import.Preview(command, actor, ct)).IsOk(out var view, out refusal)) return context.Refused(refusal);

        var receipt = view.Receipt;
        if (!ask.DryRun && !(await import.Run(command, actor, ct)).IsOk(out receipt!, out refusal)) return context.Refused(refusal);

        var faults = view.Errors.Select(e => new Fault(e.Sheet, e.Cell, e.Refusal.Code, words.Of(e.Refusal))).ToList();
        foreach (var fault in faults) Console.Error.WriteLine($"{fault.Sheet}!{fault.Cell} {fault.Code} {fault.Says}");
        return await context.Done(AnswerOf(ask.DryRun, receipt, faults, view.Changes), Sentence(ask.DryRun, receipt), ct);
    }

    private static Answer AnswerOf(bool dryRun, ImportRoster.Receipt receipt, List<Fault> faults, IReadOnlyList<RosterChange> changes) =>
        new(
        dryRun, receipt.Read, receipt.Added, receipt.Changed, receipt.Unchanged, receipt.Refused, receipt.Suspected, faults,
        [
            .. changes.Where(c => c.IsNotable)
                .Select(c => new Row(c.At.Sheet, c.At.Row, c.Effect.ToString(), c.Suspected, c.Fields) { Unlocated = c.Unlocated }),
        ]);

    private static string Sentence(bool dryRun, ImportRoster.Receipt r) =>
        $"{(dryRun ? "Would be: " : "")}{r.Read} read, {r.Added} added, {r.Changed} changed, {r.Unchanged} unchanged, {r.Refused} refused, {r.Suspected} suspected.";

    private static void WriteBack(FileStream file, RosterReading reading, Words words, string path)
    {
        using var back = File.Create(path);
        RosterErrorSheet.Write(file, reading, words["roster.error-column"], e => words.Of(e.Refusal), back);
    }
}
