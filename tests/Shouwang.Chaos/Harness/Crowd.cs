using System.Net;
using System.Net.Http.Json;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Chaos.Harness;

/// <summary>Callers who give without pause, and who ask again with the same id until they are answered, as a phone does.</summary>
internal sealed class Crowd(Arena arena, OperationLog log, int seed)
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    /// <summary>Who only looks at pages meanwhile.</summary>
    private const int Readers = 2;

    /// <summary>Lets so many callers give until they are told to stop, while others look at pages.</summary>
    public Task Run(int callers, CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, callers).Select(caller => Task.Run(() => Call(caller, stop), CancellationToken.None)),
        .. Enumerable.Range(0, Readers).Select(_ => Task.Run(() => new PageReader(arena, log).Run(stop), CancellationToken.None)),
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
    }

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
        var giver = caller % arena.Givers.Count;
        while (!stop.IsCancellationRequested)
        {
            var gift = New(giver, random, beyondMeans: random.Next(100) < 5);
            while (!await Ask(gift, arena.Givers[giver], null, stop) && !stop.IsCancellationRequested)
            {
                await Task.Delay(s_again, CancellationToken.None);
            }

            if (gift.Outcome == Outcome.Acknowledged && random.Next(100) < 2) await Ask(gift, arena.Givers[giver], null, stop);
        }
    }

    private async Task<bool> Hear(Gift gift, HttpResponseMessage answer, CancellationToken ct)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                if (!gift.Acknowledge(body)) log.Differs();
                log.Acknowledges();
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
