using System.CommandLine;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Pairing;

/// <summary>`shouwang pair --area CODE [--accept] [--out FILE]`: proposes pairs and, when told, makes them standing.</summary>
internal static class PairCommand
{
    public static Command Create()
    {
        var area = new Option<string>("--area") { Description = "Area code: a village, township or county.", Required = true };
        var accept = new Option<bool>("--accept") { Description = "Accept everything proposed." };
        var file = new Option<string?>("--out") { Description = "Write the pairs to this file as JSON." };
        var command = new Command("pair", "Proposes who is paired with whom: the cheapest way, proven so.") { area, accept, file };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) => CliContext.Run(
            options,
            parsed,
            context => Pair(context, parsed.GetValue(area)!, parsed.GetValue(accept), parsed.GetValue(file), ct),
            ct));
        return command;
    }

    private static async Task<int> Pair(CliContext context, string code, bool accept, string? file, CancellationToken ct)
    {
        if (!AreaCode.From(code, "area").IsOk(out var area, out var refusal)) return context.Refused(refusal);
        var clock = context.Get<TimeProvider>();
        var actor = context.Actor(area);
        var started = clock.GetTimestamp();
        var proposed = await context.Get<ProposePairs>().Run(new(Id<ProposePairs>.New(clock), area), actor, ct);
        if (!proposed.IsOk(out var receipt, out refusal)) return context.Refused(refusal);
        var seconds = clock.GetElapsedTime(started).TotalSeconds;

        var accepted = 0;
        if (accept && receipt.Paired > 0)
        {
            var done = await context.Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(clock), area, null), actor, ct);
            if (!done.IsOk(out var taken, out refusal)) return context.Refused(refusal);
            accepted = taken.Accepted;
        }

        if (file is not null && (await context.Get<ListPairs>().Run(actor, ct)).IsOk(out var pairs, out _))
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(pairs, HouseJson.Options), ct);
        }

        return await context.Done(
            new { receipt.Elders, receipt.Paired, unpaired = receipt.Unpaired, receipt.Cost, receipt.Optimal, accepted,
                seconds = Math.Round(seconds, 3) },
            $"{receipt.Paired} of {receipt.Elders} elders paired, {accepted} accepted; cost {receipt.Cost}, proven optimal: {receipt.Optimal}.",
            ct);
    }
}
