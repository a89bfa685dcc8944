using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;

namespace Shouwang.Cli.Witness;

/// <summary>One look at a house from outside: takes its checkpoint, checks the signature and that the book goes on from the last one kept,
/// and keeps it. 见证一轮</summary>
internal sealed class WitnessRound(HttpClient house, KeptCheckpoints kept, TimeProvider clock)
{
    /// <param name="Complaint">Why the house is not to be trusted: "rewritten", "rolled-back", "not-signed", "other-key", "other-house";
    /// "unreachable" when it did not answer. None when all is well.</param>
    internal sealed record Seen(string? Complaint, ShowCheckpoint.View? Checkpoint);

    public async Task<Seen> Run(CancellationToken ct)
    {
        try
        {
            using var answer = await house.GetAsync(new Uri("/api/v1/seals/checkpoint", UriKind.Relative), ct);
            if (answer.StatusCode == HttpStatusCode.OK)
                return await Judge((await answer.Content.ReadFromJsonAsync<ShowCheckpoint.View>(HouseJson.Options, ct))!, ct);
            var empty = (await answer.Content.ReadAsStringAsync(ct)).Contains("ledger.no-checkpoint", StringComparison.Ordinal);
            if (!empty) return new("unreachable", null);
            return kept.Last() is null ? new(null, null) : Alarm("rolled-back", null);
        }
        catch (Exception gone) when (gone is HttpRequestException or System.Text.Json.JsonException
            || (gone is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return new("unreachable", null);
        }
    }

    private async Task<Seen> Judge(ShowCheckpoint.View shown, CancellationToken ct)
    {
        var (key, last, fresh) = (kept.Key, kept.Last(), shown.Read());
        var offered = Convert.FromBase64String(shown.PublicKey);
        var trusted = key is null ? offered : KeySuccession.Follow(key, shown.Succession);
        if (!trusted.AsSpan().SequenceEqual(offered)) return Alarm("other-key", shown);
        var signature = Convert.FromBase64String(shown.Signature);
        if (!fresh.IsSignedBy(offered, SealCheckpoint.EcdsaP256, signature)) return Alarm("not-signed", shown);

        if (last?.Read() is { } before)
        {
            var grew = fresh.Number > before.Number && fresh.Size >= before.Size;
            var proof = grew ? await Proof(before.Size, fresh.Size, ct) : [];
            if (WitnessView.Complaint(before, fresh, proof) is { } complaint) return Alarm(complaint, shown);
            if (fresh.Number == before.Number) return new(null, shown);
        }

        if (key?.AsSpan().SequenceEqual(offered) != true) kept.KeepKey(offered);
        kept.Keep(shown);
        return new(null, shown);
    }

    private async Task<IReadOnlyList<byte[]>> Proof(long from, long to, CancellationToken ct)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/seals/consistency?from={from}&to={to}");
        var proof = await house.GetFromJsonAsync<ProveConsistency.View>(new Uri(path, UriKind.Relative), HouseJson.Options, ct);
        return [.. proof!.Hashes.Select(Convert.FromBase64String)];
    }

    private Seen Alarm(string complaint, ShowCheckpoint.View? shown)
    {
        kept.Accuse(complaint, clock.GetUtcNow(), shown);
        return new(complaint, shown);
    }
}
