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
        var lost = await Control(plan, ct);
        var layout = new ArenaPlan("sqlite", WithPreload: true) { Elders = ArenaPlan.EldersFor(plan.Rounds) };
        await using var arena = await Arena.Open(layout, ct);
        await using var cuts = new Cuts(arena, plan, ct);
        for (var cut = 0; cut < plan.Rounds; cut++)
        {
            await cuts.Next(ct);
            if (!await cuts.Log.ShowsMoreThan(cuts.Log.PagesShown, ct)) cuts.Odd.Add($"round {cut}: no page was shown after it");
        }

        await Task.Delay(500, ct);
        await cuts.End();
        var basis = new Report("power", "sqlite", plan.Seed, 0, 0, 0, 0, 0, 0) { Blows = plan.Rounds, Also = cuts.Odd, ControlLost = lost };
        return await new Checker(arena, cuts.Log).Check(basis, ct);
    }

    /// <summary>What a house that does not sync has lost when it first loses something.</summary>
    private static async Task<int> Control(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new("sqlite", WithPreload: true, Weak: true), ct);
        await using var cuts = new Cuts(arena, plan, ct);
        var lost = 0;
        for (var cut = 0; cut < plan.ControlRounds && lost == 0; cut++)
        {
            await cuts.Next(ct);
            lost = await new Checker(arena, cuts.Log).LostSoFar(ct);
        }

        await cuts.End();
        return lost;
    }

    /// <summary>Cuts of the power under load.</summary>
    private sealed class Cuts(Arena arena, Plan plan, CancellationToken ct) : IAsyncDisposable
    {
        private readonly Random _random = new(plan.Seed);
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        private Task? _load;

        public OperationLog Log { get; } = new();

        public List<string> Odd { get; } = [];

        /// <summary>One cut, after which the server is started again.</summary>
        public async Task Next(CancellationToken ct)
        {
            _load ??= new Crowd(arena, Log, plan.Seed).Run(plan.Callers, _stop.Token);
            await Log.Hears(_random.Next(20, 400), ct);
            arena.Preload!.CutPowerAfter(_random.Next(600));
            if (!await arena.ServerEnded(TimeSpan.FromSeconds(30))) Odd.Add("the power did not fail");
            if (Integrity(arena.DatabaseFile) is not "ok" and var found) Odd.Add(found);
            await arena.Restart(ct);
        }

        /// <summary>Nobody gives any more.</summary>
        public async Task End()
        {
            await _stop.CancelAsync();
            if (_load is not null) await _load;
        }

        public async ValueTask DisposeAsync()
        {
            await End();
            _stop.Dispose();
        }
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
