namespace Shouwang.Application.Common.Seals;

/// <summary>Holds the rows of one kind against their links, both in the order of the rows' numbers, without keeping either.
/// 逐行核对</summary>
internal sealed class RowCheck(SealSql sql, Findings found, DateTimeOffset now)
{
    /// <summary>A row that was committed so long ago and is not sealed was not written by the house.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1);

    public long Rows { get; private set; }

    public long Unsealed { get; private set; }

    /// <summary>Goes through all of them.</summary>
    /// <param name="seen">Is shown every row, sealed or not.</param>
    public async Task Run(RowSource source, Action<StoredRow>? seen, CancellationToken ct)
    {
        await using var rows = sql.AllRows(source, ct).GetAsyncEnumerator(ct);
        await using var links = sql.LinksOf(source.Kind, ct).GetAsyncEnumerator(ct);
        var (row, link) = (await Next(rows), await Next(links));
        while (row is not null || link is not null)
        {
            var order = row is null ? 1 : link is null ? -1 : row.Seq.CompareTo(link.Seq);
            if (order == 0) Compare(source.Kind, row!, link!);
            else if (order < 0) NotSealed(source.Kind, row!, link);
            else found.Add("row-gone", NameOf(source.Kind, link!.Seq, link.Subject));

            if (order <= 0) (row, Rows) = (await Shown(rows, row!, seen), Rows + 1);
            if (order >= 0) link = await Next(links);
        }
    }

    private static async Task<StoredRow?> Shown(IAsyncEnumerator<StoredRow> rows, StoredRow row, Action<StoredRow>? seen)
    {
        seen?.Invoke(row);
        return await Next(rows);
    }

    private void Compare(SealKind kind, StoredRow row, SealLink link)
    {
        var same = row.IsTrue && row.Subject == link.Subject && row.County == link.County && row.Hash.AsSpan().SequenceEqual(link.RowHash);
        if (!same) found.Add("row-changed", NameOf(kind, row.Seq, link.Subject));
    }

    /// <summary>The newest rows may wait for the sealer; a row among old links, or an old row, may not.</summary>
    private void NotSealed(SealKind kind, StoredRow row, SealLink? next)
    {
        var old = now - s_grace;
        if (!row.IsTrue) found.Add("row-changed", NameOf(kind, row.Seq, row.Subject));
        else if (next is not null && next.At < old) found.Add("slipped-in", NameOf(kind, row.Seq, row.Subject));
        else if (row.At < old.UtcDateTime) found.Add("unsealed", NameOf(kind, row.Seq, row.Subject));
        else Unsealed++;
    }

    private static string NameOf(SealKind kind, long seq, Guid subject) => $"{kind} {seq} {subject}";

    private static async Task<T?> Next<T>(IAsyncEnumerator<T> all) where T : class => await all.MoveNextAsync() ? all.Current : null;
}
