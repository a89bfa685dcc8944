using System.Diagnostics;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R14 and R15: the disk is full or fails, the database server restarts, processes stand still, or the clock jumps, in the middle
/// of the load. Callers are told "not now" and when to come again; nothing acknowledged is lost; the house comes back by itself.</summary>
internal static class FaultTrial
{
    /// <summary>A clock this wrong stays within the time for which a session is good.</summary>
    private const int MostSecondsAhead = 600;

    /// <param name="Kind">"enospc", "eio" (SQLite), "restart" (PostgreSQL), "stop" or "clock" (either).</param>
    internal sealed record Plan(string Kind, int Rounds, int Seed, int Callers = 64)
    {
        /// <summary>Which database, where the kind leaves the choice.</summary>
        public string Db { get; init; } = "sqlite";
    }

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        var db = plan.Kind switch { "restart" => "postgres", "stop" or "clock" => plan.Db, _ => "sqlite" };
        await using var arena = await Arena.Open(new(db, WithPreload: plan.Kind is "clock" or "eio" or "enospc"), ct);
        var log = new OperationLog();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        var (random, also) = (new Random(plan.Seed), new List<string>());
        for (var round = 0; round < plan.Rounds; round++)
        {
            await log.Hears(random.Next(20, 400), ct);
            if (await Break(arena, plan.Kind, random, ct) is { } odd) also.Add($"round {round}: {odd}");
            if (await Recovery(log, ct) is { } after) arena.Recovered(after);
            else also.Add($"round {round}: did not come back by itself");
        }

        await stop.CancelAsync();
        await load;
        if (plan.Kind == "eio" && log.Unavailable == 0) also.Add("nobody was told that the disk failed");
        var basis = new Report($"fault {plan.Kind}", db, plan.Seed, 0, 0, 0, 0, 0, 0) { Blows = plan.Rounds, Also = also };
        return await new Checker(arena, log).Check(basis, ct);
    }

    /// <summary>One fault from its beginning to its end. Returns what was odd about it, if anything was.</summary>
    private static async Task<string?> Break(Arena arena, string kind, Random random, CancellationToken ct)
    {
        switch (kind)
        {
            case "restart":
                await arena.Cluster!.Stop(random.Next(2) == 0 ? "INT" : "QUIT", ct);
                await arena.Cluster!.StartAgain(ct);
                return null;
            case "stop":
                var whom = random.Next(3);
                var (server, database) = (arena.Cluster is null || whom != 0, arena.Cluster is not null && whom != 1);
                await arena.Freeze(server, database, TimeSpan.FromMilliseconds(random.Next(500, 5000)), ct);
                return null;
            case "clock":
                return await MoveClock(arena, random, ct);
            default:
                arena.Preload!.Fail(kind);
                await Task.Delay(random.Next(1000, 3000), ct);
                arena.Preload!.Heal();
                return null;
        }
    }

    private static async Task<string?> MoveClock(Arena arena, Random random, CancellationToken ct)
    {
        var ahead = TimeSpan.FromSeconds(random.Next(60, MostSecondsAhead) * (random.Next(2) == 0 ? 1 : -1));
        arena.Preload!.SetClock(ahead);
        await Task.Delay(random.Next(1500, 3000), ct);
        var seen = await arena.ClockAhead(ct);
        arena.Preload!.Heal();
        return Math.Abs((seen - ahead).TotalSeconds) < 5 ? null : $"the clock was {seen} ahead instead of {ahead}";
    }

    /// <summary>How long after the fault is over the next acknowledgement comes; null when none came.</summary>
    private static async Task<TimeSpan?> Recovery(OperationLog log, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        return await log.Hears(1, ct) ? watch.Elapsed : null;
    }
}
