using System.Diagnostics;
using Npgsql;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>R16: another client of the database server takes every connection there is, those of the house included, and lets them go
/// after a while.</summary>
internal static class NoConnections
{
    private const string Greedy = "greedy";

    /// <summary>Connections that are asked for at once.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes them all for a time. Returns what was odd about it, if anything was.</summary>
    public static async Task<string?> Hold(Arena arena, OperationLog log, TimeSpan time, CancellationToken ct)
    {
        var settings = arena.AtLeader();
        (settings.ApplicationName, settings.Pooling) = (Greedy, false);
        var (taken, refused) = (new Stack<NpgsqlConnection>(), log.Unavailable);
        try
        {
            taken.Push(await Take(settings.ToString(), ct) ?? throw new InvalidOperationException("There is no connection to begin with."));
            var first = taken.Peek();
            while (await TurnOthersOut(first, ct) + await TakeAll(settings.ToString(), taken, ct) > 0) ;
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; await Task.Delay(s_again, ct))
                await TakeAll(settings.ToString(), taken, ct);

            return log.Unavailable > refused ? null : "nobody was told that there is no connection";
        }
        finally
        {
            while (taken.TryPop(out var one)) await one.DisposeAsync();
        }
    }

    /// <summary>Takes what there is; says how many those were.</summary>
    private static async Task<int> TakeAll(string settings, Stack<NpgsqlConnection> taken, CancellationToken ct)
    {
        var before = taken.Count;
        while (await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Take(settings, ct))) is var some && some.Any(c => c is not null))
        {
            foreach (var one in some.OfType<NpgsqlConnection>()) taken.Push(one);
        }

        return taken.Count - before;
    }

    /// <summary>One more connection; none when there is none left.</summary>
    private static async Task<NpgsqlConnection?> Take(string settings, CancellationToken ct)
    {
        var one = new NpgsqlConnection(settings);
        try
        {
            await one.OpenAsync(ct);
            return one;
        }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await one.DisposeAsync();
            return null;
        }
    }

    /// <summary>The house keeps its connections, so that only one who has lost them notices that there are no others.</summary>
    private static async Task<int> TurnOthersOut(NpgsqlConnection own, CancellationToken ct)
    {
        await using var command = own.CreateCommand();
        command.CommandText =
            $"""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name <> '{Greedy}' AND backend_type = 'client backend'
            """;
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    }
}
