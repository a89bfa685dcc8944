namespace Shouwang.Application.Common.Seals;

/// <summary>How far back rows may still be unsealed. Numbers are given when a row is written, not when it is committed, so where many
/// write at once a row may appear below rows that are sealed already. 封存界线</summary>
/// <remarks>The horizon moves to the highest number seen once every transaction that was open afterwards has ended: whatever has a
/// lower number is then there, or never will be.</remarks>
internal sealed class SealHorizon(bool manyWriters)
{
    /// <summary>After a start nothing is known of open transactions; none is this many rows behind.</summary>
    private const long AtStart = 200_000;

    private readonly Dictionary<SealKind, long> _last = [];
    private readonly Dictionary<SealKind, long> _safe = [];
    private readonly Dictionary<SealKind, (long Seq, HashSet<string> Open)> _waiting = [];

    /// <summary>The condition for rows that are not sealed yet.</summary>
    public const string Open = $"x.\"Seq\" > @after AND {NoLink} s.\"Kind\" = @kind AND s.\"Seq\" = x.\"Seq\" {RowByRow}";

    /// <summary>The beginning of the question whether a row has a link.</summary>
    public const string NoLink = "NOT EXISTS (SELECT 1 FROM seal_link s WHERE";

    /// <summary>Its end: looks at the index once for each row. Free to choose, PostgreSQL joins instead, and the tables grow faster than
    /// it counts them: it has read every link, or compared each of some thousand rows with each link.</summary>
    public const string RowByRow = "LIMIT 1 OFFSET 0)";

    /// <summary>Every row up to this number is sealed or will never be there; ask after looking.</summary>
    public long After(SealKind kind) => _safe.TryGetValue(kind, out var safe) ? safe : _last[kind] - Back;

    /// <summary>Looks at all kinds at once, moves the horizon on, and says of which there are rows to seal.</summary>
    public async Task<IReadOnlyList<RowSource>> Look(SealSql sql, IReadOnlyList<RowSource> sources, CancellationToken ct)
    {
        // Before the rows: what was open earlier and is not now has committed whatever it wrote, and the rows show it.
        var open = manyWriters ? await sql.OpenTransactions(ct) : [];
        var stands = await sql.Stands(
            sources, k => (_safe.TryGetValue(k, out var safe) ? safe : null, _waiting.GetValueOrDefault(k, (-1, [])).Seq), Back, ct);
        foreach (var (source, stand) in sources.Zip(stands))
        {
            if (manyWriters) Move(source.Kind, stand, open);
            _last[source.Kind] = stand.Last;
        }

        return [.. sources.Zip(stands).Where(s => s.Second.IsOpen).Select(s => s.First)];
    }

    private long Back => manyWriters ? AtStart : 0;

    private void Move(SealKind kind, SealStand stand, HashSet<string> open)
    {
        if (_waiting.TryGetValue(kind, out var waiting))
        {
            if (waiting.Open.Overlaps(open) || stand.IsOpenBelow) return;
            _safe[kind] = waiting.Seq;
        }

        // The number was seen in an earlier look: a transaction that took a lower one is over, or among those that are open now.
        if (_last.TryGetValue(kind, out var last)) _waiting[kind] = (last, open);
    }
}

/// <summary>How the sealing of one kind of row stands. 封存进度</summary>
/// <param name="Last">The highest number that is sealed.</param>
/// <param name="IsOpenBelow">Whether a row is not sealed up to the number that was asked about.</param>
/// <param name="IsOpen">Whether any row is not sealed.</param>
internal readonly record struct SealStand(long Last, bool IsOpenBelow, bool IsOpen);
