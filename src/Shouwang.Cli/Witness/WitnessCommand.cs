using System.CommandLine;
using Shouwang.Application.Common;

namespace Shouwang.Cli.Witness;

/// <summary>`shouwang witness --of URL`: an independent supervisor's process, on a machine of its own. Exit code 1 when the house's history
/// was rewritten. 见证</summary>
internal static class WitnessCommand
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    public static Command Create(TimeProvider clock)
    {
        var of = new Option<string>("--of") { Description = "The house to watch, as https://county.example.", Required = true };
        var data = new Option<string>("--data") { Description = "Where to keep what was seen.", DefaultValueFactory = _ => "witness" };
        var once = new Option<bool>("--once") { Description = "Look once, not every minute." };
        var json = new Option<bool>("--json") { Description = "One JSON object a look on standard output." };
        var command = new Command("witness", "Keep a house's signed checkpoints and sound the alarm when its history is rewritten.")
        {
            of, data, once, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            using var house = new HttpClient { BaseAddress = new Uri(parsed.GetValue(of)!), Timeout = TimeSpan.FromSeconds(30) };
            var round = new WitnessRound(house, new(parsed.GetValue(data)!), clock);
            return await Watch(round, parsed.GetValue(once), parsed.GetValue(json), clock, ct);
        });
        return command;
    }

    private static async Task<int> Watch(WitnessRound round, bool once, bool json, TimeProvider clock, CancellationToken ct)
    {
        var alarmed = false;
        do
        {
            var seen = await round.Run(ct);
            Say(seen, json);
            alarmed |= seen.Complaint is not (null or "unreachable") || (once && seen.Complaint is not null);
            if (!once) await Task.Delay(s_every, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!once && !ct.IsCancellationRequested);
        return alarmed ? 1 : 0;
    }

    private static void Say(WitnessRound.Seen seen, bool json)
    {
        if (json) Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(seen, HouseJson.Options));
        else if (seen is { Complaint: null, Checkpoint: { } kept })
            Console.Out.WriteLine($"checkpoint {kept.Number}: {kept.Size} entries, signed {kept.At:u} by {kept.KeyId}; it goes on.");
        else if (seen.Complaint is null) Console.Out.WriteLine("no checkpoint yet");
        if (seen.Complaint == "unreachable") Console.Error.WriteLine("The house does not answer.");
        else if (seen.Complaint is { } complaint)
            Console.Error.WriteLine($"ALARM: {complaint}. The house shows another history than the one kept here; keep this folder.");
    }
}
