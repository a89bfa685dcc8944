using System.Net;
using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Chaos.Harness;

/// <summary>Callers who give without pause, and who ask again with the same id until they are answered, as a phone does.</summary>
internal sealed class Crowd(Arena arena, OperationLog log, int seed)
{
    /// <summary>When they ask again. Sixty-four who knock twenty times a second keep one processor busy with closed doors while the server
    /// starts on the other.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    /// <summary>Of so many gifts of theirs that are acknowledged, a giver looks for one in the passbook.</summary>
    private const int LooksAfter = 40;

    /// <summary>Of a hundred turns of a caller, in so many hours are set aside too.</summary>
    private const int ReservesOfHundred = 8;

    /// <summary>Of a hundred gifts that are acknowledged, so many are put right.</summary>
    private const int PutRightOfHundred = 4;

    /// <summary>How often something unsettled is asked for after it is time to stop.</summary>
    private const int LastTries = 150;

    /// <summary>Pages of the passbook that are turned to; a gift that many others came after is further behind.</summary>
    private const int MostPages = 20;

    /// <summary>Lets so many callers give until they are told to stop, while others look at pages or call for
    /// help.</summary>
    public Task Run(int callers, CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, callers).Select(caller => Task.Run(() => Call(caller, stop), CancellationToken.None)),
        PageReader.Several(arena, log, stop), new AlarmLine(arena, log).Run(stop),
    ]);

    /// <summary>A gift that nobody has asked for yet.</summary>
    public Gift New(int giver, Random random) =>
        Keep(new(NewId(), giver, random.Next(1, 30)) { Receiver = arena.Populace.ReceiverOf(giver, random) });

    /// <summary>Now and then one that must be refused: beyond the giver's means, or to the giver.</summary>
    private Gift Any(int giver, Random random) => random.Next(100) switch
    {
        < 5 => Keep(new(NewId(), giver, Gift.TooMuch) { Receiver = arena.Populace.ReceiverOf(giver, random) }),
        < 10 => Keep(new(NewId(), giver, random.Next(1, 30)) { Receiver = giver }),
        _ => New(giver, random),
    };

    private Gift Keep(Gift gift)
    {
        log.Gifts.Add(gift);
        return gift;
    }

    private static Guid NewId() => Id<Transaction>.New(TimeProvider.System).Value;

    /// <summary>Asks until there is an answer that settles the matter; when it is time to stop, a while longer, so that nothing stays
    /// unknown.</summary>
    public async Task Insist(Deed deed, HttpClient client, CancellationToken stop)
    {
        for (var last = 0; last < LastTries && !await Ask(deed, client, null, CancellationToken.None); )
        {
            if (stop.IsCancellationRequested) last++;
            await Task.Delay(s_again, CancellationToken.None);
        }
    }

    /// <summary>Asks once. Returns whether there was an answer that settles the matter.</summary>
    public async Task<bool> Ask(Deed deed, HttpClient client, Uri? at, CancellationToken ct)
    {
        deed.Ask(TimeProvider.System.GetTimestamp());
        var asking = log.Begins(deed.GetType().Name);
        try
        {
            using var answer = await Put(deed, deed.Body(arena.People), client, at, ct);
            return await Hear(deed, answer, ct);
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

    /// <summary>Sends what is asked for under its id, perhaps with another content than before.</summary>
    public static Task<HttpResponseMessage> Put(Deed deed, object body, HttpClient client, Uri? at, CancellationToken ct) =>
        client.PutAsJsonAsync(at is null ? new Uri(deed.Path, UriKind.Relative) : new Uri(at, deed.Path), body, ct);

    private async Task Call(int caller, CancellationToken stop)
    {
        var random = new Random((seed * 7919) + caller);
        var (giver, acknowledged, errands) = (caller % arena.Givers.Count, 0, new Errands(arena, log, this));
        while (!stop.IsCancellationRequested)
        {
            if (random.Next(100) < ReservesOfHundred) await errands.Reserve(giver, random, stop);
            var gift = Any(giver, random);
            while (!await Ask(gift, arena.Givers[giver], null, stop) && !stop.IsCancellationRequested)
            {
                await Task.Delay(s_again, CancellationToken.None);
            }

            if (gift.Outcome != Outcome.Acknowledged) continue;
            if (acknowledged++ % LooksAfter == 0) await ReadOwn(gift, arena.Givers[giver], stop);
            if (random.Next(100) < 2) await Ask(gift, arena.Givers[giver], null, stop);
            if (random.Next(100) < PutRightOfHundred) await errands.PutRight(gift, random, stop);
        }
    }

    private async Task<bool> Hear(Deed deed, HttpResponseMessage answer, CancellationToken ct)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                var isFirst = deed.Outcome != Outcome.Acknowledged;
                if (!deed.Acknowledge(body, TimeProvider.System.GetTimestamp())) log.Differs();
                log.Acknowledges(isFirst);
                return true;
            case HttpStatusCode.ServiceUnavailable:
                log.IsUnavailable(answer.Headers.RetryAfter is not null);
                return false;
            case >= HttpStatusCode.InternalServerError:
                log.Breaks();
                return false;
            default:
                if (!deed.Refuse()) log.Differs();
                return true;
        }
    }
}
