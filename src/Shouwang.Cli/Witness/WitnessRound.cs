using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;

namespace Shouwang.Cli.Witness;

/// <summary>One look at a house from outside: takes its checkpoint, checks the signature and that the book goes on from the last one kept,
/// and keeps it. 见证一轮</summary>
internal sealed class WitnessRound(HttpClient house, KeptCheckpoints kept, TimeProvider clock)
{
    /// <summary>How many looks in a row a house that is there may put off what it owes.</summary>
    private const int Patience = 5;

    /// <summary>Characters of an unreadable answer that are kept.</summary>
    private const int MostKept = 50_000;

    private int _putOff;

    /// <param name="Complaint">Why the house is not to be trusted: "rewritten", "rolled-back", "not-signed", "other-key", "other-house",
    /// "unreadable", "withheld" when it refuses the proof or the checkpoint itself; "damaged" when what was kept here cannot be read;
    /// "unreachable" when it did not answer, "not-now" when it asked for time. None when all is well.</param>
    internal sealed record Seen(string? Complaint, ShowCheckpoint.View? Checkpoint)
    {
        /// <summary>Whether somebody must look into it: a house that is away for a while is no alarm.</summary>
        public bool IsAlarm => Complaint is not (null or "unreachable" or "not-now");
    }

    /// <summary>What came back.</summary>
    /// <param name="Status">None where the connection was lost.</param>
    /// <param name="IsNotNow">Whether the house, or what stands before it, asked for time.</param>
    private sealed record Answer(HttpStatusCode? Status, string Text, bool IsNotNow);

    /// <summary>What is known here before the look.</summary>
    private sealed record Memory(byte[]? Key, ShowCheckpoint.View? Last);

    public async Task<Seen> Run(CancellationToken ct)
    {
        Memory memory;
        try
        {
            memory = new(kept.Key, kept.Last());
        }
        catch (InvalidDataException)
        {
            return Alarm("damaged", null, null);
        }

        var answer = await Ask("/api/v1/seals/checkpoint", ct);
        if (answer.Status is null) return new("unreachable", null);
        if (answer.Status == HttpStatusCode.OK)
        {
            return ShownCheckpoint.Read(answer.Text) is { } shown
                ? await Judge(shown, memory, ct) : Alarm("unreadable", null, Short(answer.Text));
        }

        if (!answer.Text.Contains("ledger.no-checkpoint", StringComparison.Ordinal)) return PutOff("not-now", null, Short(answer.Text));
        return memory.Last is null ? new(null, null) : Alarm("rolled-back", null, null);
    }

    private async Task<Seen> Judge(ShownCheckpoint shown, Memory memory, CancellationToken ct)
    {
        // What the replaced key signed last may be all there is until the new one signs.
        var trail = KeySuccession.Trail(memory.Key ?? shown.Key, shown.View.Succession);
        if (!IsKnown(shown, memory.Last) && !trail.Any(k => k.AsSpan().SequenceEqual(shown.Key)))
            return Alarm("other-key", shown.View, shown.View);
        if (!shown.IsSigned) return Alarm("not-signed", shown.View, shown.View);
        if (memory.Last is { } last && await GoesOn(last, shown, ct) is { } stopped) return stopped;

        _putOff = 0;
        if (memory.Key is null) kept.KeepKey(shown.Key);
        if (memory.Last?.Number != shown.View.Number) kept.Keep(shown.View);

        // From here on only the newest key signs what is new.
        if (!trail[^1].AsSpan().SequenceEqual(memory.Key ?? shown.Key)) kept.KeepKey(trail[^1]);
        return new(null, shown.View);
    }

    private static bool IsKnown(ShownCheckpoint shown, ShowCheckpoint.View? last) => last is not null
        && last.PublicKey == shown.View.PublicKey && last.Read().ToString() == shown.Text.ToString();

    /// <summary>What keeps a checkpoint from going on from the last one kept; null when it does.</summary>
    private async Task<Seen?> GoesOn(ShowCheckpoint.View last, ShownCheckpoint shown, CancellationToken ct)
    {
        var (before, fresh) = (last.Read(), shown.Text);
        IReadOnlyList<byte[]>? proof = [];
        if (fresh.Number > before.Number && fresh.Size >= before.Size)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/seals/consistency?from={before.Size}&to={fresh.Size}");
            var answer = await Ask(path, ct);
            if (answer.Status is null) return PutOff("unreachable", shown.View, shown.View);
            if (answer.IsNotNow) return PutOff("not-now", shown.View, shown.View);
            if (answer.Status != HttpStatusCode.OK) return Alarm("withheld", shown.View, shown.View);
            proof = ProofIn(answer.Text);
            if (proof is null) return Alarm("unreadable", shown.View, new { checkpoint = shown.View, proof = Short(answer.Text) });
        }

        return WitnessView.Complaint(before, fresh, proof) is { } complaint ? Alarm(complaint, shown.View, shown.View) : null;
    }

    private static List<byte[]>? ProofIn(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ProveConsistency.View>(text, HouseJson.Options) is { Hashes: { } hashes }
                ? [.. hashes.Select(Convert.FromBase64String)] : null;
        }
        catch (Exception spoilt) when (spoilt is JsonException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }

    private async Task<Answer> Ask(string path, CancellationToken ct)
    {
        try
        {
            using var answer = await house.GetAsync(new Uri(path, UriKind.Relative), ct);
            var isBusy = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
            var isNotNow = (isBusy && answer.Headers.RetryAfter is not null)
                || answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
            return new(answer.StatusCode, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(ct)), isNotNow);
        }
        catch (HttpRequestException endless) when (endless.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            // An answer that is too long to be one cannot be read.
            return new(HttpStatusCode.OK, "", false);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException
            || (gone is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(null, "", false);
        }
    }

    /// <summary>Puts up with it for a few looks. A house that is there and shows no proof for longer keeps it back.</summary>
    private Seen PutOff(string called, ShowCheckpoint.View? checkpoint, object? shown) =>
        ++_putOff > Patience ? Alarm("withheld", checkpoint, shown) : new(called, checkpoint);

    private Seen Alarm(string complaint, ShowCheckpoint.View? checkpoint, object? shown)
    {
        kept.Accuse(complaint, clock.GetUtcNow(), shown);
        return new(complaint, checkpoint);
    }

    private static string Short(string text) => text.Length > MostKept ? text[..MostKept] : text;
}
