using System.Net;
using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Chaos.Harness;

/// <summary>Callers who give without pause, and who ask again with the same id until they are answered, as a phone does.</summary>
internal sealed class Crowd(Arena arena, OperationLog log, int seed)
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    /// <summary>Of so many gifts of theirs that are acknowledged, a giver looks for one in the passbook.</summary>
    private const int LooksAfter = 40;

    /// <summary>Pages of the passbook that are turned to; a gift that many others came after is further behind.</summary>
    private const int MostPages = 20;

    /// <summary>Lets so many callers give until they are told to stop, while others look at pages.</summary>
    public Task Run(int callers, CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, callers).Select(caller => Task.Run(() => Call(caller, stop), CancellationToken.None)),
        PageReader.Several(arena, log, stop),
    ]);

    /// <summary>A gift that nobody has asked for yet.</summary>
    public Gift New(int giver, Random random, bool beyondMeans = false)
    {
        var gift = new Gift(
            Id<Transaction>.New(TimeProvider.System).Value, giver, beyondMeans ? Gift.TooMuch : random.Next(1, 30));
        log.Gifts.Add(gift);
        return gift;
    }

    /// <summary>Asks once. Returns whether there was an answer that settles the matter.</summary>
    public async Task<bool> Ask(Gift gift, HttpClient client, Uri? at, CancellationToken ct)
    {
        gift.Ask(TimeProvider.System.GetTimestamp());
        var asking = log.Begins();
        try
        {
            using var answer = await Put(gift, gift.Minutes, client, at, ct);
            return await Hear(gift, answer, ct);
        }
        catch (Exception e) when (NoAnswer.Is(e))
        {
            if (!ct.IsCancellationRequested) log.GoesUnanswered();
            return false;
        }
        finally
        {
            log.Ends(asking);
        }
    }

    /// <summary>Looks into the giver's passbook, in which an acknowledged gift must stand. Nothing is kept when it cannot be read now, or
    /// when so much came after the gift that it is too far behind.</summary>
    public async Task ReadOwn(Gift gift, HttpClient client, CancellationToken ct)
    {
        try
        {
            for (var page = 1; page <= MostPages; page++)
            {
                var path = $"/api/v1/people/{arena.People[gift.Giver].Id}/hours?page={page}";
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), ct);
                if (answer.StatusCode is HttpStatusCode.InternalServerError) log.Breaks();
                if (answer.StatusCode != HttpStatusCode.OK) return;
                var lines = (await answer.Content.ReadFromJsonAsync<Passbook>(HouseJson.Options, ct))!.Lines;
                var isThere = lines.Any(l => l.Transaction == gift.Id);
                if (isThere || lines.Count == 0)
                {
                    log.ReadsOwn(isThere);
                    return;
                }
            }
        }
        catch (Exception e) when (NoAnswer.Is(e))
        {
            // The gift is looked for in the journal in any case.
        }
    }

    /// <summary>What a passbook says of its movements, the newest first.</summary>
    private sealed record Passbook(IReadOnlyList<Movement> Lines);

    private sealed record Movement(Guid Transaction);

    /// <summary>Sends a gift under its id, perhaps with other minutes than before.</summary>
    public Task<HttpResponseMessage> Put(Gift gift, int minutes, HttpClient client, Uri? at, CancellationToken ct)
    {
        var (from, to) = (arena.People[gift.Giver].Id.Value, arena.People[gift.Giver + 1].Id.Value);
        var path = $"/api/v1/transfers/{gift.Id}";
        return client.PutAsJsonAsync(at is null ? new Uri(path, UriKind.Relative) : new Uri(at, path), new { from, to, minutes }, ct);
    }

    private async Task Call(int caller, CancellationToken stop)
    {
        var random = new Random((seed * 7919) + caller);
        var (giver, acknowledged) = (caller % arena.Givers.Count, 0);
        while (!stop.IsCancellationRequested)
        {
            var gift = New(giver, random, beyondMeans: random.Next(100) < 5);
            while (!await Ask(gift, arena.Givers[giver], null, stop) && !stop.IsCancellationRequested)
            {
                await Task.Delay(s_again, CancellationToken.None);
            }

            if (gift.Outcome != Outcome.Acknowledged) continue;
            if (acknowledged++ % LooksAfter == 0) await ReadOwn(gift, arena.Givers[giver], stop);
            if (random.Next(100) < 2) await Ask(gift, arena.Givers[giver], null, stop);
        }
    }

    private async Task<bool> Hear(Gift gift, HttpResponseMessage answer, CancellationToken ct)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                var isFirst = gift.Outcome != Outcome.Acknowledged;
                if (!gift.Acknowledge(body, TimeProvider.System.GetTimestamp())) log.Differs();
                log.Acknowledges(isFirst);
                return true;
            case HttpStatusCode.ServiceUnavailable:
                log.IsUnavailable(answer.Headers.RetryAfter is not null);
                return false;
            case >= HttpStatusCode.InternalServerError:
                log.Breaks();
                return false;
            default:
                if (!gift.Refuse()) log.Differs();
                return true;
        }
    }
}
