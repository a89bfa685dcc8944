using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R1 and R2: the server, the database server or both are killed at random moments under load, and started again.</summary>
internal static class KillTrial
{
    internal sealed record Plan(string Db, int Kills, int Seed, int Callers = 64);

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new(plan.Db) { Elders = ArenaPlan.EldersFor(plan.Kills) }, ct);
        var log = new OperationLog();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        var (random, also) = (new Random(plan.Seed), new List<string>());
        for (var kill = 0; kill < plan.Kills; kill++)
        {
            await log.Hears(random.Next(20, 400), ct);
            await Task.Delay(random.Next(300, 3000), ct);
            await Strike(arena, random.Next(3), ct);
            if (!await log.ShowsMoreThan(log.PagesShown, ct)) also.Add($"kill {kill}: no page was shown after it");
        }

        await Task.Delay(500, ct);
        await stop.CancelAsync();
        await load;
        var basis = new Report("kill", plan.Db, plan.Seed, 0, 0, 0, 0, 0, 0) { Blows = plan.Kills, Also = also };
        return await new Checker(arena, log).Check(basis, ct);
    }

    private static async Task Strike(Arena arena, int whom, CancellationToken ct)
    {
        var (server, database) = (arena.Cluster is null || whom != 0, arena.Cluster is not null && whom != 1);
        if (server) await arena.KillServer();
        if (database) await arena.Cluster!.Stop("KILL", ct);
        if (database) await arena.Cluster!.StartAgain(ct);
        if (server) await arena.Restart(ct);
    }
}
