using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Cli.Bench;

/// <summary>`shouwang bench verify`: how many entries a second are sealed and verified, on a made-up book in a place of its own.</summary>
internal static class VerifyBench
{
    /// <summary>Entries written in one piece.</summary>
    private const int Piece = 10_000;

    private static readonly AreaCode s_village = new(990101_100_204);

    public static Command Create(TimeProvider clock)
    {
        var entries = new Option<int>("--entries") { Description = "How many postings to make.", DefaultValueFactory = _ => 1_000_000 };
        var people = new Option<int>("--people") { Description = "How many accounts take part.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("verify", "Entries sealed and verified per second; fills an empty database.") { entries, people };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var site = data.Site(parsed);
            if (site.Connection is null) site = new(Path.Combine(site.DataDirectory, $"bench-{clock.GetUtcNow().UtcTicks}"));
            var measured = await Measure(site, new(parsed.GetValue(entries), parsed.GetValue(people), clock), ct);
            if (site.Connection is null) Directory.Delete(site.DataDirectory, recursive: true);
            if (parsed.GetValue(data.Json)) Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(measured, HouseJson.Options));
            else Console.Out.WriteLine(measured);
            return measured.Sound ? 0 : 1;
        });
        return command;
    }

    private sealed record Size(int Entries, int People, TimeProvider Clock);

    /// <param name="SealedPerSecond">Rows sealed.</param>
    /// <param name="LedgerPerSecond">Postings through `ledger verify`.</param>
    /// <param name="LogPerSecond">Links through `audit verify`.</param>
    /// <param name="LedgerPerCoreSecond">Postings for a second of processor time, of all threads together.</param>
    /// <param name="MemoryMb">What the program held at most while it verified.</param>
    private sealed record Measured(
        string Db, int Entries, double SealedPerSecond, double LedgerPerSecond, double LedgerPerCoreSecond, double LogPerSecond,
        double LogPerCoreSecond, long MemoryMb, bool Sound);

    private static async Task<Measured> Measure(HouseSite site, Size size, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddHouse(site, size.Clock)
            .BuildServiceProvider();
        var store = services.GetRequiredService<Store>();
        await store.Prepare(ct);
        await Fill(store, services.GetRequiredService<KeyRing>(), size, ct);

        var sealer = services.GetRequiredService<AuditSealer>();
        var (sealing, _) = await Timed(async () => await sealer.Seal(ct));
        await sealer.Checkpoint(ct);
        var house = Actor.System(AreaCode.Nation);
        var (sound, checkedRows) = (true, 0L);
        var (ledger, ledgerCpu) = await Timed(async () =>
        {
            var view = (await services.GetRequiredService<VerifyLedger>().Run(house, ct)).Value;
            (sound, checkedRows) = (view.IsSound, view.Postings);
        });
        var (log, logCpu) = await Timed(async () =>
            sound &= (await services.GetRequiredService<VerifyAudit>().Run(house, ct)).Value.IsSound && checkedRows == size.Entries);
        using var self = Process.GetCurrentProcess();
        return new(
            store.Kind, size.Entries, Rate(sealing), Rate(ledger), Rate(ledgerCpu), Rate(log), Rate(logCpu),
            self.PeakWorkingSet64 >> 20, sound);

        double Rate(TimeSpan time) => Math.Round(size.Entries / time.TotalSeconds);
    }

    private static async Task<(TimeSpan Wall, TimeSpan Processor)> Timed(Func<Task> work)
    {
        using var self = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), self.TotalProcessorTime);
        await work();
        self.Refresh();
        return (watch.Elapsed, self.TotalProcessorTime - before);
    }

    /// <summary>Writes transactions in a ring past the use cases: everybody gives a minute to the next, the village first.</summary>
    private static async Task Fill(Store store, KeyRing keys, Size size, CancellationToken ct)
    {
        var accounts = Enumerable.Range(1, size.People - 1)
            .Select(_ => AccountKey.OfPerson(Book.Hours, Id<Account>.New(size.Clock), s_village))
            .Prepend(AccountKey.OfOutside(Book.Hours, s_village)).ToList();
        await using var db = store.Read();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (moved, times, canonical) = (new long[size.People], new int[size.People], new CanonicalRow());
        foreach (var piece in Enumerable.Range(0, size.Entries).Chunk(Piece))
        {
            var at = SealTip.Whole(size.Clock.GetUtcNow()).UtcDateTime;
            var ids = piece.Select(_ => Id<Transaction>.New(size.Clock).Value).ToList();
            await Insert(db, "ledger_transaction (\"Id\", \"Book\", \"Area\", \"Reason\", \"At\", \"Mark\")", piece.Select((n, i) =>
            {
                var head = new LedgerForm.Head(ids[i], "Hours", s_village.Value, "bench.given", at, null, null);
                var (from, to) = (DerivedId.Of(accounts[n % size.People]), DerivedId.Of(accounts[(n + 1) % size.People]));
                var row = LedgerForm.Add(LedgerForm.Begin(canonical, head), 1, from.Value, to.Value, 1);
                return new object[] { ids[i], "Hours", s_village.Value, "bench.given", at, row.Marked(keys, LedgerForm.TransactionMark) };
            }), ct);
            await Insert(db, "ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\")", piece.Select((n, i) =>
            {
                var (from, to) = (n % size.People, (n + 1) % size.People);
                (moved[from], moved[to]) = (moved[from] - 1, moved[to] + 1);
                (times[from], times[to]) = (times[from] + 1, times[to] + 1);
                return new object[] { ids[i], 1, DerivedId.Of(accounts[from]).Value, DerivedId.Of(accounts[to]).Value, 1L };
            }), ct);
        }

        await Insert(
            db,
            """ledger_account ("Id", "Book", "Kind", "Holder", "Area", "Floor", "Balance", "Held", "Version", "Stripe")""",
            accounts.Select((a, i) => new object[]
                { DerivedId.Of(a).Value, "Hours", $"{a.Kind}", a.Holder, a.Area.Value, a.DefaultFloor, moved[i], 0L, times[i], 0 }), ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task Insert(ShouwangDb db, string into, IEnumerable<object[]> rows, CancellationToken ct)
    {
        foreach (var some in rows.Chunk(100))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            var values = some.Select((row, i) => $"({string.Join(", ", row.Select((value, j) => Bind(command, $"v{i}_{j}", value)))})");
#pragma warning disable CA2100 // Names stand in the code; values are parameters.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {into} VALUES {string.Join(", ", values)}");
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static string Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
        return "@" + name;
    }
}
