using Microsoft.Data.Sqlite;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R3: the power fails at a seeded write; whatever was not synced is undone. The house must have kept every acknowledged gift; a
/// house that does not sync (the control) must have lost some, or the trial is blind.</summary>
internal static class PowerTrial
{
    internal sealed record Plan(int Rounds, int Seed, int Callers = 64)
    {
        /// <summary>Rounds of the control; it ends at the first loss.</summary>
        public int ControlRounds => Math.Clamp(Rounds, 4, 12);
    }

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        var control = await Round(plan with { Rounds = plan.ControlRounds }, weak: true, ct);
        var report = await Round(plan, weak: false, ct);
        return report with { ControlLost = control.Lost };
    }

    private static async Task<Report> Round(Plan plan, bool weak, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new("sqlite", WithPreload: true, Weak: weak), ct);
        var log = new OperationLog();
        var (random, damaged, cuts) = (new Random(plan.Seed), new List<string>(), 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        while (cuts < plan.Rounds)
        {
            await log.Hears(random.Next(20, 400), ct);
            arena.Preload!.CutPowerAfter(random.Next(600));
            if (!await arena.ServerEnded(TimeSpan.FromSeconds(30))) damaged.Add($"round {cuts}: the power did not fail");
            if (Integrity(arena.DatabaseFile) is not "ok" and var found) damaged.Add($"round {cuts}: {found}");
            cuts++;
            await arena.Restart(ct);
            if (!weak && !await log.ShowsMoreThan(log.PagesShown, ct)) damaged.Add($"round {cuts}: no page was shown after it");
        }

        await Task.Delay(500, ct);
        await stop.CancelAsync();
        await load;
        var basis = new Report("power", "sqlite", plan.Seed, 0, 0, 0, 0, 0, 0) { Blows = cuts, Also = damaged };
        return await new Checker(arena, log).Check(basis, ct);
    }

    private static string Integrity(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}
