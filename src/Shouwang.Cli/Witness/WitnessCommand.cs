using System.CommandLine;
using Shouwang.Application.Common;

namespace Shouwang.Cli.Witness;

/// <summary>`shouwang witness --of URL`: an independent supervisor's process, on a machine of its own. Exit code 1 when the house's history
/// was rewritten. 见证</summary>
internal static class WitnessCommand
{
    /// <summary>An answer longer than this is none that a house gives.</summary>
    private const int MostBytes = 4_000_000;

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
            house.MaxResponseContentBufferSize = MostBytes;
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
            alarmed |= seen.IsAlarm || (once && seen.Complaint is not null);
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
        if (SentenceOf(seen.Complaint) is { } sentence)
            Console.Error.WriteLine(seen.IsAlarm ? $"ALARM: {seen.Complaint}. {sentence} Keep this folder." : sentence);
    }

    private static string? SentenceOf(string? complaint) => complaint switch
    {
        null => null,
        "unreachable" => "The house does not answer.",
        "not-now" => "The house asks for time.",
        "damaged" => "What was kept here cannot be read any more.",
        "unreadable" => "The house shows what cannot be read.",
        "withheld" => "The house refuses to prove that its history goes on from the one kept here.",
        _ => "The house shows another history than the one kept here.",
    };
}
