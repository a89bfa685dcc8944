using System.Diagnostics;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R14 and R15: the disk is full or fails, or the database server restarts, in the middle of the load. Callers are told "not now"
/// and when to come again; nothing acknowledged is lost; the house comes back by itself.</summary>
internal static class FaultTrial
{
    /// <param name="Kind">"enospc", "eio" or "restart".</param>
    internal sealed record Plan(string Kind, int Rounds, int Seed, int Callers = 64);

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        var db = plan.Kind == "restart" ? "postgres" : "sqlite";
        await using var arena = await Arena.Open(new(db, WithPreload: db == "sqlite"), ct);
        var log = new OperationLog();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        var (random, also) = (new Random(plan.Seed), new List<string>());
        for (var round = 0; round < plan.Rounds; round++)
        {
            await log.Hears(random.Next(20, 400), ct);
            await Break(arena, plan.Kind, random, ct);
            if (await Recovery(log, ct) is { } after) arena.Recovered(after);
            else also.Add($"round {round}: did not come back by itself");
        }

        await stop.CancelAsync();
        await load;
        if (plan.Kind == "eio" && log.Unavailable == 0) also.Add("nobody was told that the disk failed");
        var basis = new Report($"fault {plan.Kind}", db, plan.Seed, 0, 0, 0, 0, 0, 0) { Blows = plan.Rounds, Also = also };
        return await new Checker(arena, log).Check(basis, ct);
    }

    private static async Task Break(Arena arena, string kind, Random random, CancellationToken ct)
    {
        if (kind == "restart")
        {
            await arena.Cluster!.Stop(random.Next(2) == 0 ? "INT" : "QUIT", ct);
            await arena.Cluster!.StartAgain(ct);
            return;
        }

        arena.Preload!.Fail(kind);
        await Task.Delay(random.Next(1000, 3000), ct);
        arena.Preload!.Heal();
    }

    /// <summary>How long after the fault is over the next acknowledgement comes; null when none came.</summary>
    private static async Task<TimeSpan?> Recovery(OperationLog log, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        return await log.Hears(1, ct) ? watch.Elapsed : null;
    }
}
