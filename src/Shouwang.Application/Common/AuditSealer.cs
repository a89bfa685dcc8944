using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Seals every committed row of ledger and audit log within seconds: a link in its county's chain, an entry in the Merkle log,
/// and a signed checkpoint a minute, so that what is changed, removed or slipped in later is noticed. A row that the house did not write
/// gets no seal. 封存</summary>
/// <remarks>The order is made here, after the commits: sealing apart from the commands keeps a chain from making the whole county one hot
/// row, and a row that commits late simply stands later.</remarks>
public sealed class AuditSealer(Store store, KeyRing keys, SealKey key) : IDisposable
{
    /// <summary>Rows of one kind in one commit. On SQLite every command waits for it: a longer one is what their slowest hundredth
    /// waited for.</summary>
    private readonly int _batch = store.Kind == "sqlite" ? 400 : 2000;
    private static readonly TimeSpan s_checkpointEvery = TimeSpan.FromMinutes(1);
    private static readonly Guid s_lock = new("00000000-0000-8000-8000-00000000005e");

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly SealHorizon _horizon = new(store.Kind == "postgres");
    private readonly IReadOnlyList<RowSource> _sources = RowSource.All(keys);
    private SealTip? _tip;

    /// <summary>How long the log is by the last checkpoint; unknown after a start.</summary>
    private long? _signed;

    /// <summary>Rows that this house never wrote and that are not sealed; each is told of once.</summary>
    private readonly HashSet<(SealKind Kind, long Seq)> _forged = [];

    /// <summary>What one commit of the sealer did. 封存批次</summary>
    /// <param name="Forged">Told of in it, and not before it is committed.</param>
    private readonly record struct Batch(int Rows, bool IsMore, SealTip? Tip, IReadOnlyCollection<(SealKind, long)> Forged);

    /// <summary>What the event of a row that somebody else wrote is called.</summary>
    public const string ForgedRow = "books.forged-row";

    /// <summary>How many rows were refused a seal since the start, because the house never wrote them.</summary>
    public int Refused => _forged.Count;

    /// <summary>What checkpoints name as the house they speak of.</summary>
    public string Origin { get; } = $"shouwang/{keys.Fingerprint}";

    /// <summary>Seals everything committed so far, and signs a checkpoint when one is due. Returns how many rows were sealed.</summary>
    public async Task<int> Seal(CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            var total = 0;
            while (await Open(ct) is { Count: > 0 } open)
            {
                var done = await store.Writer.Run<Batch>(unit => SealBatch(unit, open, ct), ct);
                (total, _tip) = (total + done.Rows, done.Tip);
                _forged.UnionWith(done.Forged);
                if (!done.IsMore) break;
            }

            if (_tip is null || _tip.Size != _signed) await SignIfDue(s_checkpointEvery, ct);
            return total;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Signs a checkpoint over everything sealed so far, unless the last one already covers it.</summary>
    public Task Checkpoint(CancellationToken ct) => SignIfDue(TimeSpan.Zero, ct);

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Looks without disturbing the writer, and moves the horizon on.</summary>
    private async Task<IReadOnlyList<RowSource>> Open(CancellationToken ct)
    {
        await using var db = store.Read();
        await db.Database.OpenConnectionAsync(ct);
        return await _horizon.Look(SealSql.On(db), _sources, ct);
    }

    /// <summary>Seals what is there of each kind, up to a batch of it.</summary>
    private async Task<Verdict<Batch>> SealBatch(UnitOfWork unit, IReadOnlyList<RowSource> sources, CancellationToken ct)
    {
        unit.Look(Actor.System(AreaCode.Nation));
        await unit.Books.OneAtATime(s_lock, ct);
        var (sql, isMore, rows) = (new SealSql(unit.Books.With), false, new List<(SealKind Kind, StoredRow Row)>());
        var told = new List<(SealKind, long)>();
        foreach (var source in sources)
        {
            var (open, refused) = await TrueRows(unit, sql, source, ct);
            told.AddRange(refused.Select(seq => (source.Kind, seq)));
            isMore |= open.Count == _batch;
            rows.AddRange(open.Select(r => (source.Kind, r)));
        }

        if (rows.Count == 0) return new(told.Count > 0, new(0, false, _tip, told));
        var size = await sql.Size(ct);
        var tip = _tip?.Size == size ? _tip.Copy() : new SealTip(await new SealLog(sql).Frontier(size, ct), []);
        foreach (var (kind, row) in rows) await tip.Append(sql, kind, row, unit.Now, ct);
        await tip.Store(unit.Books, ct);
        return new(true, new(rows.Count, isMore, tip, told));
    }

    /// <summary>Up to a batch of rows that the house wrote and nobody has sealed, past all that it never wrote; and which of these were
    /// told of.</summary>
    private async Task<(List<StoredRow> Rows, List<long> Told)> TrueRows(
        UnitOfWork unit, SealSql sql, RowSource source, CancellationToken ct)
    {
        var (rows, told, after, asked) = (new List<StoredRow>(), new List<long>(), _horizon.After(source.Kind), 0);
        List<StoredRow> open;
        do
        {
            asked = _batch - rows.Count;
            open = await sql.Rows(
                source, SealHorizon.Open, ct, ("after", after), ("kind", source.Kind.ToString()), ("most", asked));
            told.AddRange(await Refuse(unit, source, [.. open.Where(r => !r.IsTrue)], ct));
            rows.AddRange(open.Where(r => r.IsTrue));
            if (open.Count > 0) after = open[^1].Seq;
        }
        while (open.Count == asked && rows.Count < _batch);

        return (rows, told);
    }

    /// <summary>What carries no mark of this house gets no seal, and the alarm goes off. Answers which rows it went off for.</summary>
    private async Task<List<long>> Refuse(UnitOfWork unit, RowSource source, IReadOnlyList<StoredRow> forged, CancellationToken ct)
    {
        var fresh = forged.Where(r => !_forged.Contains((source.Kind, r.Seq))).ToList();
        foreach (var row in fresh)
        {
            var which = $"{source.Kind} {row.Seq}";
            var happened = new SecurityEvent
            {
                Id = DerivedId.Of(s_lock, $"{ForgedRow}/{which}/{unit.Now.UtcTicks}"), Code = ForgedRow, Command = which,
                Role = nameof(Role.System), Area = row.Area, At = unit.Now,
            };
            await unit.Books.Report(happened, ct);
        }

        return [.. fresh.Select(r => r.Seq)];
    }

    private async Task SignIfDue(TimeSpan every, CancellationToken ct) => await store.Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Actor.System(AreaCode.Nation));
            await unit.Books.OneAtATime(s_lock, ct);
            var sql = new SealSql(unit.Books.With);
            var (size, last) = (await sql.Size(ct), await sql.Checkpoint("1 = 1", ct));
            _signed = last?.Size ?? 0;
            if (size == (last?.Size ?? 0) || IsFresh(last, unit.Now, every)) return new(false, false);

            var root = _tip?.Size == size ? _tip.Frontier.Root() : await new SealLog(sql).Root(size, ct);
            var text = new CheckpointText(Origin, size, root, (last?.Number ?? 0) + 1, SealTip.Whole(unit.Now));
            await Store(unit.Books, text, ct);
            return new(true, true);
        },
        ct);

    /// <summary>Whether the last checkpoint is younger than the time between two. One dated ahead was signed while the clock was wrong, and
    /// says nothing of how long ago that was.</summary>
    private static bool IsFresh(SealCheckpoint? last, DateTimeOffset now, TimeSpan every) =>
        last is not null && last.At <= now && now < last.At + every;

    private Task Store(Books books, CheckpointText text, CancellationToken ct) => books.Execute(
        """
        INSERT INTO seal_checkpoint ("Number", "Origin", "Size", "Root", "At", "Algorithm", "KeyId", "Signature")
        VALUES (@number, @origin, @size, @root, @at, @algorithm, @key, @signature)
        """,
        ct,
        ("number", text.Number), ("origin", text.Origin), ("size", text.Size), ("root", text.Root), ("at", text.At.UtcDateTime),
        ("algorithm", SealCheckpoint.EcdsaP256), ("key", key.KeyId), ("signature", key.Sign(text.ToString())));
}
