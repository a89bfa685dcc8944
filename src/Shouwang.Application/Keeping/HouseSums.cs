using Shouwang.Application.Common;

namespace Shouwang.Application.Keeping;

/// <summary>Counts and sums every table at one moment: two houses with equal sums hold the same. 数据汇总</summary>
public sealed class HouseSums(Store store)
{
    public async Task<IReadOnlyList<TableSum>> Take(CancellationToken ct)
    {
        await using var db = store.Read();
        await using var rows = await TableRows.Snapshot(db, ct);
        var sums = new List<TableSum>();
        foreach (var table in StoredTables.Of(db)) sums.Add(await Of(rows, table, ct));
        return sums;
    }

    private static async Task<TableSum> Of(TableRows rows, StoredTable table, CancellationToken ct)
    {
        var digest = new TableDigest(table);
        await foreach (var row in rows.Of(table, null, [], ct)) digest.Add(row);
        return digest.Sum;
    }
}
