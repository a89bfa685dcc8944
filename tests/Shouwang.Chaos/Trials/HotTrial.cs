using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Chaos.Harness;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Chaos.Trials;

/// <summary>R7: everybody is paid from one pool. It must keep up with payments that are spread over many pools, and it must pay to the
/// last minute and not one more.</summary>
internal static class HotTrial
{
    /// <summary>R7's aim.</summary>
    private const double LeastShare = 0.75;

    private static readonly AreaCode s_hot = new(990101_000_000);
    private static readonly AreaCode s_limited = new(990101_200_000);

    internal sealed record Plan(string Db, int Seconds, int Seed, int Callers = 64)
    {
        /// <summary>The share that is asked for; a short run on a busy machine asks for less.</summary>
        public double Least { get; init; } = LeastShare;

        /// <summary>Minutes in the pool that is emptied.</summary>
        public int Limit { get; init; } = 20_000;
    }

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new(plan.Db, People: plan.Callers), ct);
        var (load, log) = (new Load(arena, plan), new OperationLog());
        await load.FillAll(ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var looking = PageReader.Several(arena, log, stop.Token);
        var (hot, spread) = (0, 0);
        var slice = TimeSpan.FromSeconds(plan.Seconds / 4.0);
        await load.For(TimeSpan.FromSeconds(1), caller => Spread(caller), ct);
        for (var turn = 0; turn < 2; turn++)
        {
            spread += await load.For(slice, caller => Spread(caller), ct);
            hot += await load.For(slice, _ => s_hot, ct);
        }

        await load.Empty(ct);
        _ = await log.ShowsMoreThan(0, ct);
        await stop.CancelAsync();
        await looking;
        var basis = new Report("hot", plan.Db, plan.Seed, 0, 0, 0, 0, 0, 0)
        {
            HotPerSecond = Math.Round(hot / slice.TotalSeconds / 2), SpreadPerSecond = Math.Round(spread / slice.TotalSeconds / 2),
        };
        return await Check(new(arena, log), load, basis, plan, ct);
    }

    /// <summary>A pool of each caller's own.</summary>
    private static AreaCode Spread(int caller) => new(990101_100_300 + caller);

    private static async Task<Report> Check(Checker checker, Load load, Report basis, Plan plan, CancellationToken ct)
    {
        var (journal, unbalanced) = await checker.Settled(_ => 0, ct);
        var granted = journal.Where(e => e.Reason == Reasons.Granted).ToDictionary(e => e.Id, e => e.Lines.Sum(l => l.Amount));
        var limited = load.Granted.Where(g => g.Value.Pool == s_limited).Sum(g => (long)g.Value.Minutes);
        basis = checker.WithPages(basis);
        List<string> also = [.. basis.Also];
        if (limited != plan.Limit) also.Add($"the pool held {plan.Limit} minutes and paid {limited}");
        if (basis.HotShare < plan.Least) also.Add($"one pool manages {basis.HotShare} of the spread rate, {plan.Least} is asked for");
        return basis with
        {
            Acked = load.Granted.Count, Present = granted.Count, Blows = load.Refused,
            Lost = load.Granted.Count(g => !granted.ContainsKey(g.Key)),
            Doubled = granted.Count(g => !load.Granted.TryGetValue(g.Key, out var asked) || asked.Minutes != g.Value),
            Unbalanced = unbalanced, BadSums = await checker.Findings(ct), Broken = load.Broken, Also = also,
        };
    }

    private sealed class Load(Arena arena, Plan plan)
    {
        private int _refused, _broken;

        /// <summary>What was acknowledged: from which pool, how much.</summary>
        public ConcurrentDictionary<Id<Transaction>, (AreaCode Pool, int Minutes)> Granted { get; } = [];

        public int Refused => _refused;

        /// <summary>Answers that were neither yes nor "not enough".</summary>
        public int Broken => _broken;

        public async Task FillAll(CancellationToken ct)
        {
            await Pools.Fill(arena, s_hot, 1_000_000_000, ct);
            await Pools.Fill(arena, s_limited, plan.Limit, ct);
            await All(caller => Pools.Fill(arena, Spread(caller), 1_000_000_000, ct));
        }

        /// <summary>Lets everybody be paid for a time; says how many payments that were.</summary>
        public async Task<int> For(TimeSpan time, Func<int, AreaCode> pool, CancellationToken ct)
        {
            var (watch, before) = (Stopwatch.StartNew(), Granted.Count);
            await All(async caller =>
            {
                while (watch.Elapsed < time) await Grant(caller, pool(caller), 1, ct);
            });
            return Granted.Count - before;
        }

        /// <summary>Everybody takes what they can get until there is not one minute left.</summary>
        public Task Empty(CancellationToken ct) => All(async caller =>
        {
            var random = new Random((plan.Seed * 7919) + caller);
            while (await Grant(caller, s_limited, random.Next(1, 60), ct) || await Grant(caller, s_limited, 1, ct)) ;
        });

        private Task All(Func<int, Task> run) =>
            Task.WhenAll(Enumerable.Range(0, plan.Callers).Select(caller => Task.Run(() => run(caller))));

        private async Task<bool> Grant(int caller, AreaCode pool, int minutes, CancellationToken ct)
        {
            var id = Id<Transaction>.New(TimeProvider.System);
            var to = arena.People[caller].Id.Value;
            using var answer = await arena.Officer.PutAsJsonAsync(
                $"/api/v1/pool-grants/{id}", new { pool = pool.ToString(), to, minutes }, ct);
            if (answer.StatusCode == HttpStatusCode.OK) Granted[id] = (pool, minutes);
            else if (answer.StatusCode == HttpStatusCode.UnprocessableEntity) Interlocked.Increment(ref _refused);
            else Interlocked.Increment(ref _broken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
    }
}
