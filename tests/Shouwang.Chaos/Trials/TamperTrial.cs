using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Chaos.Harness;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.Chaos.Trials;

/// <summary>S5: one falsification at a time, behind the house's back; verification, or the witness, must name each, and must not complain
/// of books that nobody touched.</summary>
internal static class TamperTrial
{
    /// <summary>After so many falsifications the untouched books are verified again.</summary>
    private const int CleanEvery = 10;

    /// <summary>How often a way is tried until it can be done: the dice may choose the same row twice where two are needed.</summary>
    private const int Tries = 10;

    internal sealed record Plan(string Db, int Mutations, int Seed);

    /// <param name="Missed">Falsifications that nothing was said of, or not where they were done.</param>
    /// <param name="FalseAlarms">Findings in books that nobody touched.</param>
    /// <param name="ByWitness">Falsifications that only a checkpoint kept outside could show.</param>
    internal sealed record Result(string Db, int Seed, int Mutations, int Missed, int FalseAlarms, int ByWitness)
    {
        /// <summary>In how many of the ways there are.</summary>
        public int Kinds { get; init; }

        public int Ways { get; } = Tampering.All.Count;

        public int CleanChecks { get; init; }

        public long Entries { get; init; }

        public long Ms { get; init; }

        /// <summary>The first that were missed.</summary>
        public IReadOnlyList<string> Unseen { get; init; } = [];

        // Nobody gives here and nothing is killed; whoever reads the figures of all trials finds the same names in each.
        public int Acked { get; }

        public int Present { get; }

        public int Lost { get; }

        public int Doubled { get; }

        public int Unbalanced { get; }

        public int BadSums { get; }

        public long SlowestRecoveryMs { get; }

        public bool IsSound => Mutations > 0 && Missed == 0 && FalseAlarms == 0;

        public string ToJson() => JsonSerializer.Serialize(this, s_json);

        public string ToSentence() =>
            $"""
            tamper on {Db}, seed {Seed}: {Mutations} falsifications in {Kinds} of {Ways} ways in a book of {Entries} sealed entries, {Ms} ms
            missed {Missed}, false alarms {FalseAlarms} in {CleanChecks} untouched books; {ByWitness} seen by the witness alone
            {string.Concat(Unseen.Select(u => $"! {u}\n"))}{(IsSound ? "sound" : "NOT SOUND")}
            """;

        private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    }

    public static async Task<Result> Run(Plan plan, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("shouwang-tamper-");
        await using var cluster = plan.Db == "postgres" ? await PostgresCluster.Start(durable: false, ct) : null;
        var site = new HouseSite(folder.FullName, cluster?.ConnectionTo(await cluster.CreateDatabase(null, ct)));
        try
        {
            await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddHouse(site, TimeProvider.System)
                .BuildServiceProvider();
            await RealBook.Write(services, ct);
            await using DbConnection connection = site.Connection is { } server
                ? new NpgsqlConnection(server) : new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "shouwang.db")}");
            await connection.OpenAsync(ct);
            await using var tamperer = new Tamperer(connection, new Random(plan.Seed));
            return await new Attack(services, tamperer, plan).Run(ct);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private sealed class Attack(ServiceProvider services, Tamperer tamperer, Plan plan)
    {
        private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow().AddHours(1);
        private readonly VerifyLedger _ledger = services.GetRequiredService<VerifyLedger>();
        private readonly VerifyAudit _audit = services.GetRequiredService<VerifyAudit>();
        private readonly List<string> _unseen = [];
        private readonly HashSet<string> _kinds = [];
        private CheckpointText? _kept;
        private int _missed;
        private int _alarms;
        private int _byWitness;

        public async Task<Result> Run(CancellationToken ct)
        {
            await tamperer.Unguard();
            _kept = CheckpointText.Of((await tamperer.View.Checkpoint("1 = 1", ct))!);
            var (watch, done, clean) = (Stopwatch.StartNew(), 0, 0);
            var first = new Queue<Tampering>(Tampering.All.SelectMany(t => Enumerable.Repeat(t, Tries)));
            while (done < plan.Mutations)
            {
                if (done % CleanEvery == 0 && clean <= done / CleanEvery) clean += await Untouched(ct);
                done += await Once(Next(first), ct) ? 1 : 0;
            }

            return new(plan.Db, plan.Seed, done, _missed, _alarms, _byWitness)
            {
                Kinds = _kinds.Count, CleanChecks = clean, Entries = _kept.Size, Ms = watch.ElapsedMilliseconds, Unseen = _unseen,
            };
        }

        /// <summary>Every way once, as far as the number of falsifications allows; then whichever the dice say, every second time any bit.
        /// </summary>
        private Tampering Next(Queue<Tampering> first)
        {
            while (first.TryDequeue(out var next))
            {
                if (!_kinds.Contains(next.Name)) return next;
            }

            var ways = tamperer.Random.Next(2) == 0 ? AnyBit.All : Tampering.All;
            return ways[tamperer.Random.Next(ways.Count)];
        }

        private async Task<int> Untouched(CancellationToken ct)
        {
            await tamperer.Begin();
            var found = await Verify(ct);
            _alarms += found.Count + (await Witness(ct) is null ? 0 : 1);
            await tamperer.Undo();
            if (found.Count > 0 && _unseen.Count < 20) _unseen.Add($"untouched: {found[0]}");
            return 1;
        }

        private async Task<bool> Once(Tampering tampering, CancellationToken ct)
        {
            await tamperer.Begin();
            tamperer.Turned = "";
            try
            {
                if (await tampering.Do(tamperer) is not { } target) return false;
                _kinds.Add(tampering.Name);
                var found = await Verify(ct);
                if (found.Exists(f => target == Tampering.Anything || Names(f, target))) return true;
                if (tampering.NeedsWitness && await Witness(ct) is not null) _byWitness++;
                else Miss(tampering, target, found);
                return true;
            }
            catch (DbException)
            {
                // The database itself would not have it: a key that is taken, for one.
                return false;
            }
            finally
            {
                await tamperer.Undo();
            }
        }

        private static bool Names(Finding found, string target) =>
            $" {found.What} {found.Where} ".Contains($" {target} ", StringComparison.Ordinal);

        private void Miss(Tampering tampering, string target, List<Finding> found)
        {
            _missed++;
            if (_unseen.Count < 20) _unseen.Add($"{tampering.Name} ({tamperer.Turned}{target}): {string.Join("; ", found.Take(3))}");
        }

        private async Task<List<Finding>> Verify(CancellationToken ct) =>
        [
            .. (await _ledger.Check(tamperer.View, _now, ct)).First, .. (await _audit.Check(tamperer.View, _now, ct)).First,
        ];

        /// <summary>What the witness, who kept the last checkpoint, says to the next one that the house would sign.</summary>
        private async Task<string?> Witness(CancellationToken ct)
        {
            var log = new SealLog(tamperer.View);
            var (size, last) = (await tamperer.View.Size(ct), await tamperer.View.Checkpoint("1 = 1", ct));
            if (last is null || last.Number < _kept!.Number || size < _kept.Size) return "rolled-back";
            var fresh = new CheckpointText(_kept.Origin, size, await log.Root(size, ct), _kept.Number + 1, _now);
            return WitnessView.Complaint(_kept, fresh, await log.Proof(MerkleTree.ConsistencyPath(_kept.Size, size), ct));
        }
    }
}
