namespace Shouwang.Application.Common.Seals;

/// <summary>Holds the rows of one kind against their links, both in the order of the rows' numbers, without keeping either.
/// 逐行核对</summary>
/// <param name="until">The moment of the check, or when the house last stirred before it: a house that was stopped or killed could not seal
/// its last rows, however long ago that was.</param>
internal sealed class RowCheck(SealSql sql, Findings found, DateTimeOffset until)
{
    /// <summary>A row that was committed so long before, and is not sealed, was passed over by the sealer.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1);

    /// <summary>The moment up to which rows have to be sealed, but for the grace.</summary>
    public static async Task<DateTimeOffset> Until(SealSql sql, DateTimeOffset now, CancellationToken ct) =>
        await sql.LastStir(ct) is var last && last < now ? last : now;

    public long Rows { get; private set; }

    public long Unsealed { get; private set; }

    /// <summary>Goes through all of them.</summary>
    /// <param name="seen">Is shown every row, sealed or not.</param>
    public async Task Run(RowSource source, Action<StoredRow>? seen, CancellationToken ct)
    {
        var rows = new Pages<StoredRow>(after => sql.RowsAfter(source, after, ct), r => r.Seq);
        var links = new Pages<SealedRow>(after => sql.SealedAfter(source.Kind, after, ct), l => l.Seq);
        await rows.Begin();
        await links.Begin();
        while (rows.Current is not null || links.Current is not null)
        {
            var (row, link) = (rows.Current, links.Current);
            var order = row is null ? 1 : link is null ? -1 : row.Seq.CompareTo(link.Seq);
            if (order == 0) Compare(source.Kind, row!, link!);
            else if (order < 0) await NotSealed(source.Kind, row!, link, ct);
            else found.Add("row-gone", NameOf(source.Kind, link!.Seq, link.Subject));

            if (order >= 0) await links.Next();
            if (order > 0) continue;
            seen?.Invoke(row!);
            Rows++;
            await rows.Next();
        }
    }

    private void Compare(SealKind kind, StoredRow row, SealedRow link)
    {
        var same = row.IsTrue && row.Subject == link.Subject && row.County == link.County && row.Hash.AsSpan().SequenceEqual(link.Hash);
        if (!same) found.Add("row-changed", NameOf(kind, row.Seq, link.Subject));
    }

    /// <summary>The newest rows may wait for the sealer; a row among old links, or an old row, may not.</summary>
    private async Task NotSealed(SealKind kind, StoredRow row, SealedRow? next, CancellationToken ct)
    {
        var old = (until - s_grace).UtcDateTime;
        var what = !row.IsTrue ? "row-changed"
            : next is not null && await sql.SealedAt(next.Position, ct) < old ? "slipped-in"
            : row.At < old ? "unsealed" : null;
        if (what is null) Unsealed++;
        else found.Add(what, NameOf(kind, row.Seq, row.Subject));
    }

    private static string NameOf(SealKind kind, long seq, Guid subject) => $"{kind} {seq} {subject}";
}
