using System.Net;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R6: the answer is cut after the commit, or the request comes late, so that the caller cannot know. It asks again, in parallel
/// and after a restart: every gift happens once, every answer is the same to the byte, and the same id with other minutes is
/// refused.</summary>
internal static class UnknownTrial
{
    private const int AtOnce = 32;

    /// <summary>Of so many ids, one is looked for in its giver's passbook.</summary>
    private const int LooksAfter = 20;

    /// <summary>How many ids are asked for between two kills of the server.</summary>
    private const int Between = 5000;

    internal sealed record Plan(string Db, int Ids, int Seed);

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new(plan.Db), ct);
        await using var reply = new CuttingProxy(arena.Address.Port, Cut.Reply);
        await using var middle = new CuttingProxy(arena.Address.Port, Cut.MidReply);
        await using var twice = new CuttingProxy(arena.Address.Port, Cut.Twice);
        await using var late = new CuttingProxy(arena.Address.Port, Cut.Late);
        var round = new Round(arena, new(), plan.Seed, [reply.Address, middle.Address, twice.Address, late.Address]);
        var (kills, also) = (0, new List<string>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var looking = PageReader.Several(arena, round.Log, stop.Token);
        for (var from = 0; from < plan.Ids; from += Between)
        {
            var ids = Enumerable.Range(from, Math.Min(Between, plan.Ids - from));
            await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, round.Ask);
            await arena.KillServer();
            await arena.Restart(ct);
            kills++;
            await round.AskAgain(ct);
            if (!await round.Log.ShowsMoreThan(round.Log.PagesShown, ct)) also.Add($"kill {kills}: no page was shown after it");
        }

        await stop.CancelAsync();
        await looking;
        var basis = new Report("unknown", plan.Db, plan.Seed, 0, 0, 0, 0, 0, 0) { Blows = kills, Also = also };
        return await new Checker(arena, round.Log).Check(basis, ct);
    }

    private sealed class Round(Arena arena, OperationLog log, int seed, Uri[] proxies)
    {
        private readonly Crowd _crowd = new(arena, log, seed);

        public OperationLog Log => log;

        /// <summary>One id: spoiled once or twice, then asked up to ten times at once, then asked with other minutes.</summary>
        public async ValueTask Ask(int number, CancellationToken ct)
        {
            var random = new Random((seed * 7919) + number);
            var giver = number % arena.Givers.Count;
            var (gift, client) = (_crowd.New(giver, random), arena.Givers[giver]);
            for (var spoiled = random.Next(1, 3); spoiled > 0; spoiled--)
            {
                await _crowd.Ask(gift, client, proxies[random.Next(proxies.Length)], ct);
            }

            var repeats = random.Next(1, 11);
            await Task.WhenAll(Enumerable.Range(0, repeats).Select(_ => Insist(gift, client, ct)));
            if (number % LooksAfter == 0) await _crowd.ReadOwn(gift, client, ct);
            if (number % 10 == 0) await Mistake(gift, client, ct);
        }

        /// <summary>After a restart, everything that was acknowledged lately is asked once more.</summary>
        public Task AskAgain(CancellationToken ct) => Parallel.ForEachAsync(
            log.Gifts.Where(g => g.Outcome == Outcome.Acknowledged).Take(500),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (gift, token) => await Insist(gift, arena.Givers[gift.Giver], token));

        private async Task Insist(Gift gift, HttpClient client, CancellationToken ct)
        {
            while (!await _crowd.Ask(gift, client, null, ct)) await Task.Delay(20, ct);
        }

        private async Task Mistake(Gift gift, HttpClient client, CancellationToken ct)
        {
            using var answer = await Crowd.Put(gift, gift.BodyOf(arena.People, gift.Minutes + 1), client, null, ct);
            if (answer.StatusCode != HttpStatusCode.Conflict) log.WronglyAccepted();
        }
    }
}
