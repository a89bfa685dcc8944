using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R4: while many give, readers add up every account as it stood at one moment. The sum is always zero and nobody is below their
/// floor.</summary>
internal static class BankTrial
{
    private const int Readers = 2;

    internal sealed record Plan(string Db, int Seconds, int Seed, int Callers = 64);

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new(plan.Db, People: 16), ct);
        var log = new OperationLog();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        var readers = Enumerable.Range(0, Readers).Select(_ => Read(arena, stop.Token)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(plan.Seconds), ct);
        _ = await log.ShowsMoreThan(0, ct);
        await stop.CancelAsync();
        await load;
        var sums = await Task.WhenAll(readers);
        var basis = new Report("bank", plan.Db, plan.Seed, 0, 0, 0, 0, 0, sums.Sum(s => s.Bad))
        {
            Blows = sums.Sum(s => s.Read), Also = sums.All(s => s.Read > 0) ? [] : ["no sum was read"],
        };
        return await new Checker(arena, log).Check(basis, ct);
    }

    private static async Task<(int Read, int Bad)> Read(Arena arena, CancellationToken stop)
    {
        var (read, bad) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            var view = await arena.Auditor.GetFromJsonAsync<VerifyLedger.View>(
                "/api/v1/ledger/verification", HouseJson.Options, CancellationToken.None);
            read++;
            bad += view!.Findings;
            await Task.Delay(20, CancellationToken.None);
        }

        return (read, bad);
    }
}
