using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shouwang.Application.Common.Seals;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>How long what is committed waits for its seal while everybody gives: somebody looks again and again for the oldest row of
/// ledger and audit log that is committed and has none. Afterwards every row has one seal.</summary>
internal static class SealTrial
{
    /// <summary>Rows behind the newest sealed one that are looked through; a row that is further behind is found by the check at the
    /// end.</summary>
    private const int Behind = 20_000;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(50);

    internal sealed record Plan(string Db, int Seconds, int Seed, int Callers = 64)
    {
        /// <summary>The longest that a row may be seen without its seal; not asked for in the short form, whose machine may be
        /// busy.</summary>
        public int? WithinMs { get; init; }
    }

    public static async Task<Report> Run(Plan plan, CancellationToken ct)
    {
        await using var arena = await Arena.Open(new(plan.Db, People: 16), ct);
        var log = new OperationLog();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = new Crowd(arena, log, plan.Seed).Run(plan.Callers, stop.Token);
        var looking = Look(arena, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(plan.Seconds), ct);
        _ = await log.ShowsMoreThan(0, ct);
        await stop.CancelAsync();
        await load;
        var (looks, oldest) = await looking;
        List<string> also = [];
        if (looks == 0) also.Add("nobody looked");
        if (plan.WithinMs is { } within && oldest.TotalMilliseconds > within)
            also.Add($"a row was seen without its seal after {oldest.TotalMilliseconds:0} ms, {within} are allowed");
        var basis = new Report("seal", plan.Db, plan.Seed, 0, 0, 0, 0, 0, 0)
        {
            OldestUnsealedMs = (long)oldest.TotalMilliseconds, Looks = looks, Also = also,
        };
        return await new Checker(arena, log).Check(basis, ct);
    }

    /// <summary>The rows of a command bear the moment at which it began, so this is rather too long than too short.</summary>
    private static async Task<(int Looks, TimeSpan Oldest)> Look(Arena arena, CancellationToken stop)
    {
        await using DbConnection connection = arena.Site.Connection is { } server
            ? new NpgsqlConnection(server) : new SqliteConnection($"Data Source={arena.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(CancellationToken.None);
        var (looks, oldest) = (0, TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            foreach (var (kind, table) in new[] { ("Transaction", "ledger_transaction"), ("Audit", "audit_entry") })
            {
                var now = TimeProvider.System.GetUtcNow().UtcDateTime;
                if (await Oldest(connection, kind, table) is { } since && now - since > oldest) oldest = now - since;
                looks++;
            }

            await Task.Delay(s_between, CancellationToken.None);
        }

        return (looks, oldest);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The names stand in this file.")]
    private static async Task<DateTime?> Oldest(DbConnection connection, string kind, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT min(x."At") FROM {table} x
            WHERE x."Seq" > (SELECT coalesce(max("Seq"), 0) - {Behind} FROM seal_link WHERE "Kind" = '{kind}')
            AND NOT EXISTS (SELECT 1 FROM seal_link s WHERE s."Kind" = '{kind}' AND s."Seq" = x."Seq")
            """;
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        return await reader.IsDBNullAsync(0, CancellationToken.None) ? null : StoredMoment.At(reader, 0);
    }
}
