using System.CommandLine;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Cli.Pairing;

/// <summary>`shouwang pair --area CODE [--point ID] [--anew] [--accept] [--out FILE]`: proposes pairs and, when told, makes them
/// standing.</summary>
internal static class PairCommand
{
    public static Command Create()
    {
        var area = new Option<string>("--area") { Description = "Area code: a village, township or county.", Required = true };
        var accept = new Option<bool>("--accept") { Description = "Accept everything proposed." };
        var file = new Option<string?>("--out") { Description = "Write the pairs to this file as JSON." };
        var point = new Option<string?>("--point") { Description = "Only the elders of this point." };
        var anew = new Option<bool>("--anew") { Description = "Ask anew about elders who have a pair already." };
        var command = new Command("pair", "Proposes who is paired with whom: the cheapest way, proven so.")
        {
            area, point, anew, accept, file,
        };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) => CliContext.Run(
            options,
            parsed,
            context => Pair(context, new(parsed.GetValue(area)!)
            {
                Point = parsed.GetValue(point), Anew = parsed.GetValue(anew), Accept = parsed.GetValue(accept),
                File = parsed.GetValue(file),
            }, ct),
            ct));
        return command;
    }

    private sealed record Asked(string Area)
    {
        public string? Point { get; init; }

        public bool Anew { get; init; }

        public bool Accept { get; init; }

        public string? File { get; init; }
    }

    private static async Task<int> Pair(CliContext context, Asked asked, CancellationToken ct)
    {
        if (!AreaCode.From(asked.Area, "area").IsOk(out var area, out var refusal)) return context.Refused(refusal);
        var point = default(Id<Place>);
        if (asked.Point is { } text && !Id<Place>.TryParse(text, null, out point)) return context.Refused(PlaceRefusals.NotFound);
        var clock = context.Get<TimeProvider>();
        var actor = context.Actor(area);
        var started = clock.GetTimestamp();
        var proposed = await context.Get<ProposePairs>().Run(
            new(Id<ProposePairs>.New(clock), area) { Point = asked.Point is null ? null : point, Anew = asked.Anew }, actor, ct);
        if (!proposed.IsOk(out var receipt, out refusal)) return context.Refused(refusal);
        var seconds = clock.GetElapsedTime(started).TotalSeconds;

        var accepted = 0;
        if (asked.Accept && await Waiting(context, actor, ct))
        {
            var done = await context.Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(clock), area, null), actor, ct);
            if (!done.IsOk(out var taken, out refusal)) return context.Refused(refusal);
            accepted = taken.Accepted;
        }

        if (asked.File is not null && (await context.Get<ListPairs>().All(actor, ct)).IsOk(out var pairs, out _))
        {
            await File.WriteAllTextAsync(asked.File, JsonSerializer.Serialize(pairs, HouseJson.Options), ct);
        }

        return await context.Done(
            new { receipt.Elders, receipt.Paired, unpaired = receipt.Unpaired, receipt.Cost, receipt.Optimal, receipt.SideLoss, accepted,
                seconds = Math.Round(seconds, 3) },
            $"{receipt.Paired} of {receipt.Elders} elders paired, {accepted} accepted; cost {receipt.Cost}, proven optimal: {receipt.Optimal}.",
            ct);
    }

    /// <summary>Whether anything is proposed: asked anew, a village may stay just as it is.</summary>
    private static async Task<bool> Waiting(CliContext context, Actor actor, CancellationToken ct) =>
        (await context.Get<ListPairs>().Run(new(), actor, ct)).IsOk(out var list, out _) && list.Proposed > 0;
}
