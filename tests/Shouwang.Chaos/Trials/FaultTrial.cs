using System.Diagnostics;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R14, R15 and R16: the disk is full or fails, the database server restarts, dies and is replaced, loses its standby, becomes
/// slow or has no connection left, processes stand still, the clock jumps, or somebody else holds the write lock, under load. Callers are
/// told "not now" and when to come again; nothing acknowledged is lost; the house comes back by itself.</summary>
internal static class FaultTrial
{
    /// <summary>A clock this wrong stays within the time for which a session is good.</summary>
    private const int MostSecondsAhead = 600;

    /// <summary>Within this time it must be told that nothing can be stored.</summary>
    private static readonly TimeSpan s_told = TimeSpan.FromSeconds(30);

    /// <summary>How late a slow database server answers.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(2);

    /// <param name="Kind">"enospc", "full", "eio" (SQLite), "restart", "failover", "standby", "slow", "connections" (PostgreSQL), "stop",
    /// "clock" or "locked" (either); several in turns are joined by "+".</param>
    internal sealed record Plan(string Kind, int Rounds, int Seed, int Callers = 64)
    {
        /// <summary>Which database, where the kind leaves the choice.</summary>
        public string Db { get; init; } = "sqlite";

        /// <summary>How long the write lock or every connection is held, the database is slow, its standby gone or the disk full.</summary>
        public int HoldSeconds { get; init; } = 30;

        /// <summary>Within which time calls for help are to be heard.</summary>
        public TimeSpan AlarmsWithin { get; init; } = TimeSpan.FromSeconds(5);

        internal string[] Kinds => Kind.Split('+');

        internal string DbOf => Kinds.Any(OfAServer) ? "postgres" : Kinds.Any(BreaksTheDisk) ? "sqlite" : Db;
    }

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        var layout = new ArenaPlan(plan.DbOf, WithPreload: plan.Kinds.Any(k => k == "clock" || BreaksTheDisk(k)))
        {
            WithProxy = plan.Kinds.Contains("slow"), WithStandby = plan.Kinds.Any(NeedsAStandby),
            Elders = ArenaPlan.EldersFor(plan.Rounds, plan.HoldSeconds),
        };
        await using var arena = await Arena.Open(layout, ct);
        var (log, also) = (new OperationLog(), new List<string>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        var storm = new Storm(arena, log, plan, new(plan.Seed));
        for (var round = 0; round < plan.Rounds; round++)
        {
            var kind = plan.Kinds[round % plan.Kinds.Length];
            also.AddRange((await storm.Round(kind, ct)).Select(odd => $"round {round} ({kind}): {odd}"));
        }

        await stop.CancelAsync();
        await load;
        var basis = new Report($"fault {plan.Kind}", plan.DbOf, plan.Seed, 0, 0, 0, 0, 0, 0) 
        {
            Blows = plan.Rounds, Also = also, StuckToldMs = (long?)storm.StuckTold?.TotalMilliseconds,
            SlowestAnswerMs = (long)storm.SlowestAnswer.TotalMilliseconds,
            AlarmsWithinMs = plan.Kinds.Contains("stop") ? null : (long)plan.AlarmsWithin.TotalMilliseconds,
        };
        return await new Checker(arena, log).Check(basis, ct);
    }

    private static bool BreaksTheDisk(string kind) => kind is "eio" or "enospc" or "full";

    /// <summary>Whether nothing can be stored for as long as the fault is held.</summary>
    private static bool IsHeld(string kind) => kind is "locked" or "slow" or "connections" or "standby" or "full";

    private static bool NeedsAStandby(string kind) => kind is "failover" or "standby";

    private static bool OfAServer(string kind) => kind is "restart" or "slow" or "connections" || NeedsAStandby(kind);

    private sealed class Storm(Arena arena, OperationLog log, Plan plan, Random random)
    {
        private readonly HashSet<string> _noticed = [];

        /// <summary>How long somebody waited for an answer at the longest, while nothing could be stored.</summary>
        public TimeSpan SlowestAnswer { get; private set; }

        /// <summary>When it was told at the latest that nothing can be stored.</summary>
        public TimeSpan? StuckTold { get; private set; }

        private TimeSpan Hold => TimeSpan.FromSeconds(plan.HoldSeconds);

        /// <summary>One fault, and how the house comes back from it. Returns what was odd.</summary>
        public async Task<List<string>> Round(string kind, CancellationToken ct)
        {
            await log.Hears(random.Next(20, 400), ct);
            var unanswered = log.Unanswered;
            _ = log.TakeSlowest();
            _ = log.TakeStuckTold();
            var began = TimeProvider.System.GetTimestamp();
            List<string?> odd = [await Break(kind, ct)];
            var shown = log.PagesShown;
            if (await Recovery(ct) is { } after) arena.Recovered(after);
            else odd.Add("did not come back by itself");
            if (!await log.ShowsMoreThan(shown, ct)) odd.Add("no page was shown after it");
            if (kind == "failover") await arena.Standby!.Rejoin(ct);
            if (IsHeld(kind))
            {
                odd.Add(Told(kind, began));
                var (slowest, what) = log.TakeSlowest();
                SlowestAnswer = SlowestAnswer > slowest ? SlowestAnswer : slowest;
                odd.Add(Answers.Odd(slowest, what, kind == "slow" ? s_late : TimeSpan.Zero));
                if (log.Unanswered > unanswered) odd.Add($"{log.Unanswered - unanswered} requests were not answered");
            }

            return [.. odd.OfType<string>()];
        }

        /// <summary>Notes when it was told that nothing can be stored. Returns what was odd about it: where that holds from the first
        /// moment it must be told.</summary>
        private string? Told(string kind, long began)
        {
            // What a PostgreSQL table is locked for, other commands do not wait for; and on a slow line now and then one comes through.
            var isComplete = kind == "standby" || (kind == "locked" && plan.DbOf == "sqlite");
            var after = log.TakeStuckTold() is { } at ? TimeProvider.System.GetElapsedTime(began, at) : (TimeSpan?)null;
            if (StuckTold is null || after > StuckTold) StuckTold = after;
            return isComplete && Hold >= s_told && !(after <= s_told) ? $"that nothing can be stored was told after {after}" : null;
        }

        /// <summary>One fault from its beginning to its end. Returns what was odd about it, if anything was.</summary>
        private async Task<string?> Break(string kind, CancellationToken ct)
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
                    return await MoveClock(ct);
                case "locked":
                    return await WriteLock.Hold(arena, log, Hold, ct);
                case "connections":
                    return await NoConnections.Hold(arena, log, Hold, ct);
                case "failover":
                    await arena.Standby!.FailOver(ct);
                    return null;
                case "standby":
                    return await LostStandby.Hold(arena, log, Hold, ct);
                case "full":
                    return await FillDisk(ct);
                case "slow":
                    arena.Proxy!.DelayAnswers(s_late);
                    await Task.Delay(Hold, ct);
                    arena.Proxy!.DelayAnswers(TimeSpan.Zero);
                    return null;
                default:
                    return await BreakDisk(kind, ct);
            }
        }

        /// <summary>The fault of each kind lasts until it is noticed once: a full disk stops nobody before a file must grow.</summary>
        private async Task<string?> BreakDisk(string kind, CancellationToken ct)
        {
            var before = log.Unavailable;
            arena.Preload!.Fail(kind);
            await Task.Delay(random.Next(1000, 3000), ct);
            if (_noticed.Contains(kind) || await log.TurnsAwayMoreThan(before, ct)) _noticed.Add(kind);
            arena.Preload!.Heal();
            return _noticed.Contains(kind) ? null : "nobody was told that the disk failed";
        }

        private async Task<string?> FillDisk(CancellationToken ct)
        {
            var before = log.Unavailable;
            arena.Preload!.Fail("enospc");
            await Task.Delay(Hold, ct);
            var isNoticed = log.Unavailable > before;
            arena.Preload!.Heal();
            return isNoticed ? null : "nobody was told that the disk is full";
        }

        private async Task<string?> MoveClock(CancellationToken ct)
        {
            var ahead = TimeSpan.FromSeconds(random.Next(60, MostSecondsAhead) * (random.Next(2) == 0 ? 1 : -1));
            arena.Preload!.SetClock(ahead);
            await Task.Delay(random.Next(1500, 3000), ct);
            var seen = await arena.ClockAhead(ct);
            arena.Preload!.Heal();
            return Math.Abs((seen - ahead).TotalSeconds) < 5 ? null : $"the clock was {seen} ahead instead of {ahead}";
        }

        /// <summary>How long after the fault is over the next acknowledgement comes; null when none came.</summary>
        private async Task<TimeSpan?> Recovery(CancellationToken ct)
        {
            var watch = Stopwatch.StartNew();
            return await log.Hears(1, ct) ? watch.Elapsed : null;
        }
    }
}
