using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R4: while many give, set aside, pay, give back and put right, and while newcomers are paid for the first time, readers add up
/// every account as it stood at one moment. The sum is always zero and nobody is below their floor.</summary>
internal static class BankTrial
{
    private const int Readers = 4;

    /// <summary>The last newcomer comes when so much of the time has passed.</summary>
    private const double Welcomed = 0.8;

    /// <param name="Seconds">How long they give.</param>
    internal sealed record Plan(string Db, int Seconds, int Seed, int Callers = 64)
    {
        /// <summary>How many people there are: all have an account in the end, a tenth of them none to begin with.</summary>
        public int People { get; init; } = 1000;

        internal ArenaPlan Arena
        {
            get
            {
                var (givers, newcomers) = (Math.Clamp(People / 15, 4, 64), People / 10);
                return new(Db, givers)
                {
                    Newcomers = newcomers, Others = Math.Max(0, People - givers - newcomers - 1),
                    Elders = ArenaPlan.EldersFor(TimeSpan.FromSeconds(Seconds)),
                };
            }
        }
    }

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(plan.Arena, ct);
        var (log, time) = (new OperationLog(), TimeSpan.FromSeconds(plan.Seconds));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var crowd = new Crowd(arena, log, plan.Seed);
        var load = crowd.Run(plan.Callers, stop.Token);

        // A server that has just started answers the first ones late; the time begins when it does.
        _ = await log.Hears(1, ct);
        var welcome = new Errands(arena, log, crowd).Welcome(time * Welcomed, plan.Seed, stop.Token);
        var readers = Enumerable.Range(0, Readers).Select(_ => Read(arena, stop.Token)).ToList();
        await Task.Delay(time, ct);
        _ = await log.ShowsMoreThan(0, ct);
        await stop.CancelAsync();
        await Task.WhenAll(load, welcome);
        var sums = await Task.WhenAll(readers);
        var basis = new Report("bank", plan.Db, plan.Seed, 0, 0, 0, 0, 0, sums.Sum(s => s.Bad))
        {
            Blows = sums.Sum(s => s.Read), Also = sums.All(s => s.Read > 0) ? [] : ["no sum was read"],
        };
        var report = await new Checker(arena, log).Check(basis, ct);
        return report with { Also = [.. report.Also, .. Missing(report)] };
    }

    /// <summary>What nobody did meanwhile has shown nothing.</summary>
    private static IEnumerable<string> Missing(Report report)
    {
        if (report.FirstTouched == 0) yield return "nobody was paid for the first time";
        if (report.Paid == 0) yield return "nothing that was set aside was paid";
        if (report.GivenBack == 0) yield return "nothing that was set aside was given back";
        if (report.PutRight == 0) yield return "nothing was put right";
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
