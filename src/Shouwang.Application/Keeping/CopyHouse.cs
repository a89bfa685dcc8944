using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Keeping;

/// <summary>Copies everything the house holds into another, empty database, and compares the two table by table. The keys stay where they
/// are and are used by both. 迁移数据库</summary>
public sealed class CopyHouse(Store store)
{
    public sealed record Receipt(string From, string To, IReadOnlyList<TableSum> Tables);

    /// <param name="target">The other database; its tables are made here.</param>
    public async Task<Result<Receipt>> Run(Store target, CancellationToken ct)
    {
        await target.Prepare(ct);
        await using var source = store.Read();
        await using var filled = target.Read();
        var (from, to) = (StoredTables.Of(source), StoredTables.Of(filled));
        if (!from.Select(BackUpHouse.ShapeOf).SequenceEqual(to.Select(BackUpHouse.ShapeOf))) return KeepingRefusals.OtherVersion;

        await using var reading = await TableRows.Snapshot(source, ct);
        await using var writing = await TableRows.Filling(filled, ct);
        if (await RestoreHouse.FirstFilled(writing, to, ct) is { } table) return KeepingRefusals.NotEmpty.With("table", table);
        var sums = await Copy(reading, writing, from, ct);
        await writing.Commit(ct);

        var found = await new HouseSums(target).Take(ct);
        var differs = sums.Except(found).FirstOrDefault();
        return differs is null ? new Receipt(store.Kind, target.Kind, found) : KeepingRefusals.Differs.With("table", differs.Table);
    }

    private static async Task<List<TableSum>> Copy(TableRows from, TableRows to, IReadOnlyList<StoredTable> tables, CancellationToken ct)
    {
        var sums = new List<TableSum>();
        foreach (var table in tables)
        {
            var digest = new TableDigest(table);
            await to.Insert(table, Counted(from.Of(table, null, [], ct), digest), ct);
            await to.GoOnCounting(table, ct);
            sums.Add(digest.Sum);
        }

        return sums;
    }

    private static async IAsyncEnumerable<object?[]> Counted(IAsyncEnumerable<object?[]> rows, TableDigest digest)
    {
        await foreach (var row in rows)
        {
            digest.Add(row);
            yield return row;
        }
    }
}
