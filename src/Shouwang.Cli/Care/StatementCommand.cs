using System.CommandLine;
using System.Globalization;
using Shouwang.Application.Care;
using Shouwang.Application.Places;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Cli.Care;

/// <summary>`shouwang statement --point ID --month yyyy-MM` and `shouwang points list`.</summary>
internal static class StatementCommand
{
    public static Command Create()
    {
        var point = new Option<string>("--point") { Description = "Id of the mutual-aid point (see: points list).", Required = true };
        var month = new Option<string>("--month") { Description = "yyyy-MM", Required = true };
        var command = new Command("statement", "What happened at a mutual-aid point in a month.") { point, month };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) => CliContext.Run(
            options, parsed, context => Show(context, parsed.GetValue(point)!, parsed.GetValue(month)!, ct), ct));
        return command;
    }

    /// <summary>The points, so that a statement can name one.</summary>
    public static Command Points()
    {
        var list = new Command("list", "The mutual-aid points and what each lacks.");
        var options = new DataOptions().AddTo(list);
        list.SetAction((parsed, ct) => CliContext.Run(options, parsed, async context =>
        {
            var points = await context.Get<ListPoints>().Run(context.Actor(AreaCode.Nation), ct);
            if (!points.IsOk(out var rows, out var refusal)) return context.Refused(refusal);
            var lines = rows.Select(r => $"{r.Id}  {r.Area}  {r.Name}: {r.Compliance.Elders} elders, {r.Compliance.Volunteers} volunteers");
            return await context.Done(new { points = rows }, string.Join(Environment.NewLine, lines), ct);
        }, ct));
        return new Command("points", "Mutual-aid points.") { list };
    }

    private static async Task<int> Show(CliContext context, string point, string month, CancellationToken ct)
    {
        if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return CliContext.Usage("--month is not yyyy-MM.");
        }

        if (!Id<Place>.TryParse(point, null, out var id)) return CliContext.Usage("--point is not the id of a point; see: points list.");
        var shown = await context.Get<MonthStatement>().Run(new(id, day), context.Actor(AreaCode.Nation), ct);
        if (!shown.IsOk(out var view, out var refusal)) return context.Refused(refusal);
        return await context.Done(
            view,
            $"{view.Point} {view.Month}: {view.VisitedElders} of {view.Elders} elders visited, {view.Visits} visits, {view.Minutes} minutes, "
            + $"{view.CreditedMinutes} credited, {view.ToVerify} to verify.",
            ct);
    }
}
