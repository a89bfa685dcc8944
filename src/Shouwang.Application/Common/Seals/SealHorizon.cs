namespace Shouwang.Application.Common.Seals;

/// <summary>How far back rows may still be unsealed. Numbers are given when a row is written, not when it is committed, so where many
/// write at once a row may appear below rows that are sealed already. 封存界线</summary>
/// <remarks>The horizon moves to the highest number seen once every transaction that was open at that moment has ended: whatever has a
/// lower number is then there, or never will be.</remarks>
internal sealed class SealHorizon(bool manyWriters)
{
    /// <summary>After a start nothing is known of open transactions; none is this many rows behind.</summary>
    private const long AtStart = 200_000;

    private readonly Dictionary<SealKind, long> _safe = [];
    private readonly Dictionary<SealKind, (long Seq, HashSet<string> Open)> _waiting = [];

    /// <summary>The condition for rows that are not sealed yet.</summary>
    public const string Open =
        "x.\"Seq\" > @after AND NOT EXISTS (SELECT 1 FROM seal_link s WHERE s.\"Kind\" = @kind AND s.\"Seq\" = x.\"Seq\")";

    /// <summary>Every row up to this number is sealed or will never be there.</summary>
    public async Task<long> After(SealSql sql, RowSource source, CancellationToken ct)
    {
        if (manyWriters && _safe.TryGetValue(source.Kind, out var safe)) return safe;
        var last = await LastSealed(sql, source, ct);
        return manyWriters ? last - AtStart : last;
    }

    /// <summary>Whether there is a row to seal.</summary>
    public async Task<bool> IsSomethingOpen(SealSql sql, RowSource source, CancellationToken ct)
    {
        if (manyWriters) await Move(sql, source, ct);
        return await IsOpenUpTo(long.MaxValue, sql, source, ct);
    }

    private async Task Move(SealSql sql, RowSource source, CancellationToken ct)
    {
        if (_waiting.TryGetValue(source.Kind, out var waiting))
        {
            if (waiting.Open.Overlaps(await sql.OpenTransactions(ct)) || await IsOpenUpTo(waiting.Seq, sql, source, ct)) return;
            _safe[source.Kind] = waiting.Seq;
        }

        // The number first: a transaction that took a lower one is then either over or among those that are open.
        var last = await LastSealed(sql, source, ct);
        _waiting[source.Kind] = (last, await sql.OpenTransactions(ct));
    }

    private async Task<bool> IsOpenUpTo(long seq, SealSql sql, RowSource source, CancellationToken ct) => await sql.Number(
        $"SELECT 1 FROM {source.Table} x WHERE x.\"Seq\" <= @upto AND {Open} LIMIT 1", ct,
        ("upto", seq), ("after", await After(sql, source, ct)), ("kind", source.Kind.ToString())) is not null;

    private static async Task<long> LastSealed(SealSql sql, RowSource source, CancellationToken ct) =>
        await sql.Number("SELECT max(\"Seq\") FROM seal_link WHERE \"Kind\" = @kind", ct, ("kind", source.Kind.ToString())) ?? 0;
}
