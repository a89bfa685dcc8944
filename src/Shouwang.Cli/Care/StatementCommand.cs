using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Cli.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Cli.Care;

/// <summary>`shouwang statement --point ID --month yyyy-MM [--draft|--close]` and `shouwang points list`.</summary>
internal static class StatementCommand
{
    public static Command Create()
    {
        var point = new Option<string?>("--point") { Description = "Id of the mutual-aid point (see: points list)." };
        var village = new Option<string?>("--village") { Description = "Area code of a village, instead of a point." };
        var month = new Option<string>("--month") { Description = "yyyy-MM", Required = true };
        var draft = new Option<bool>("--draft") { Description = "As of now, also where the month is closed." };
        var close = new Option<bool>("--close") { Description = "Close the month first: its statement is handed in and stored." };
        var command = new Command("statement", "What happened at a mutual-aid point or in a village in a month.")
        {
            point, village, month, draft, close,
        };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var asked = Asked(parsed.GetValue(point), parsed.GetValue(village), parsed.GetValue(month)!);
            if (asked is null) return Task.FromResult(CliContext.Usage("--month is yyyy-MM, and --point or --village names whose month."));
            if (parsed.GetValue(draft) && parsed.GetValue(close)) return Task.FromResult(CliContext.Usage("--draft or --close, not both."));
            return CliContext.Run(options, parsed, context => Show(context, asked, parsed.GetValue(draft), parsed.GetValue(close), ct), ct);
        });
        return command;
    }

    /// <summary>The points, so that a statement can name one.</summary>
    public static Command Points()
    {
        var list = new Command("list", "The mutual-aid points and what each lacks.");
        var options = new DataOptions().AddTo(list);
        list.SetAction((parsed, ct) => CliContext.Run(options, parsed, async context =>
        {
            var points = await context.Get<ListPoints>().All(context.Actor(AreaCode.Nation), ct);
            if (!points.IsOk(out var rows, out var refusal)) return context.Refused(refusal);
            var lines = rows.Select(r => $"{r.Id}  {r.Area}  {r.Name}: {r.Compliance.Elders} elders, {r.Compliance.Volunteers} volunteers");
            return await context.Done(new { points = rows }, string.Join(Environment.NewLine, lines), ct);
        }, ct));
        return new Command("points", "Mutual-aid points.") { list };
    }

    private static MonthStatement.Query? Asked(string? point, string? village, string month)
    {
        if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        if (Id<Place>.TryParse(point, null, out var id)) return new(StatementSubject.Of(id), day);
        return AreaCode.From(village, "village").IsOk(out var code, out _) ? new(StatementSubject.Of(code), day) : null;
    }

    private static async Task<int> Show(CliContext context, MonthStatement.Query asked, bool draft, bool close, CancellationToken ct)
    {
        var house = context.Actor(AreaCode.Nation);
        if (close)
        {
            await context.Settle(ct);
            var id = Id<MonthClose>.New(context.Get<TimeProvider>()).Value;
            var closed = await context.Get<SubmitStatement>().Run(new(id, asked.Subject, asked.Month), house, ct);
            if (closed.Refusal is { } no) return context.Refused(no);
        }

        var shown = await context.Get<MonthStatement>().Run(asked, house, ct);
        if (!shown.IsOk(out var sheet, out var refusal)) return context.Refused(refusal);
        var of = draft ? sheet.Now ?? sheet.Shown : sheet.Shown;
        var late = draft ? null : sheet.Now;
        var now = late is null ? "" : $"{Environment.NewLine}now: {Line(late)}.";
        return await context.Done(Answer(of, sheet, late), $"{Line(of)} ({sheet.State}).{now}", ct);
    }

    /// <summary>The statement, where it stands, and where something arrived after it was handed in, how it would be now.</summary>
    private static JsonObject Answer(StatementContent of, StatementSheet sheet, StatementContent? late)
    {
        var answer = JsonSerializer.SerializeToNode(of, HouseJson.Options)!.AsObject();
        answer["state"] = JsonSerializer.SerializeToNode(sheet.State, HouseJson.Options);
        answer["hash"] = sheet.Hash;
        answer["now"] = JsonSerializer.SerializeToNode(late, HouseJson.Options);
        return answer;
    }

    private static string Line(StatementContent of) =>
        $"{of.Subject} {of.Month}: {of.VisitedElders} of {of.Elders} elders visited, {of.VisitedTargets} of {of.Targets} of the target list, "
        + $"{of.Visits} visits, {of.Minutes} minutes, {of.Credited} credited, {of.ToVerify} to verify";
}
