using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Chaos.Harness;

/// <summary>What is done with hours besides giving them: set aside and then paid, given back or both at once; put right by an officer or by
/// two at once; paid from a pool to somebody who has no account yet.</summary>
internal sealed class Errands(Arena arena, OperationLog log, Crowd crowd)
{
    private static readonly AreaCode s_pool = new(990101_000_000);

    /// <summary>Payments that a newcomer gets at once.</summary>
    private const int FirstPayments = 4;

    private const int MostMinutes = 30;

    /// <summary>Sets minutes aside and ends that, most of the time; now and then two ends are asked for at once.</summary>
    public async Task Reserve(int giver, Random random, CancellationToken stop)
    {
        var (receiver, client) = (arena.Populace.ReceiverOf(giver, random), arena.Givers[giver]);
        var held = Keep(new Reservation(NewId(), giver, receiver, random.Next(2, MostMinutes)));
        await crowd.Insist(held, client, stop);
        if (held.Outcome != Outcome.Acknowledged) return;
        var ends = EndsOf(held, random);
        await Task.WhenAll(ends.Select(end => crowd.Insist(Keep(end), client, stop)));
        if (random.Next(4) == 0) await Task.WhenAll(ends.Select(end => crowd.Ask(end, client, null, stop)));
    }

    /// <summary>Has a gift put right, half of the time by two officers at once.</summary>
    public Task PutRight(Gift gift, Random random, CancellationToken stop)
    {
        HttpClient[] officers = random.Next(2) == 0 ? [arena.Officer] : [arena.Officer, arena.Second];
        return Task.WhenAll(officers.Select(o => crowd.Insist(Keep(new Undoing(NewId(), gift)), o, stop)));
    }

    /// <summary>Newcomers come one after the other, spread over a time. Each is paid several times at once, by two officers, and given to,
    /// while there is no account yet.</summary>
    public async Task Welcome(TimeSpan within, int seed, CancellationToken stop)
    {
        var (newcomers, random) = (arena.Populace.Newcomers, new Random(seed));
        if (newcomers.Count == 0) return;
        await Pools.Fill(arena, s_pool, newcomers.Count * FirstPayments * MostMinutes, CancellationToken.None);
        foreach (var newcomer in newcomers)
        {
            var giver = arena.Populace.RelativesOf(newcomer).First();
            var gift = new Gift(NewId(), giver, random.Next(1, MostMinutes)) { Receiver = newcomer, MayBeRefused = true };
            log.Gifts.Add(gift);
            var paid = Enumerable.Range(0, FirstPayments).Select(i => crowd.Insist(
                Keep(new Payout(NewId(), s_pool, newcomer, random.Next(1, MostMinutes))),
                i % 2 == 0 ? arena.Officer : arena.Second, stop));
            await Task.WhenAll([crowd.Insist(gift, arena.Givers[giver], stop), .. paid]);
            arena.Populace.Arrives(newcomer);
            await Task.Delay(within / newcomers.Count, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
        }
    }

    private static List<Ending> EndsOf(Reservation held, Random random) => random.Next(10) switch
    {
        0 => [],
        < 4 => [new(NewId(), held, held.Minutes)],
        < 6 => [new(NewId(), held, random.Next(1, held.Minutes))],
        < 8 => [new(NewId(), held, null)],
        _ => [new(NewId(), held, held.Minutes), new(NewId(), held, null)],
    };

    private T Keep<T>(T deed)
        where T : Deed
    {
        log.Errands.Add(deed);
        return deed;
    }

    private static Guid NewId() => Id<Transaction>.New(TimeProvider.System).Value;
}
