using Shouwang.Application.Common.Seals;
using Shouwang.Chaos.Harness;
using Shouwang.Domain.Kernel;

namespace Shouwang.Chaos.Trials;

/// <summary>The thorough forger: changes one transaction, puts balances right, and hashes everything after it anew, as the house itself
/// would have. Without the signing key they can only drop the checkpoints that would contradict them.</summary>
internal static class Rewriting
{
    public static async Task<bool> Rewrite(Tamperer t)
    {
        var id = await t.PickId("ledger_transaction", "Id");
        await Tampering.Settle(t, id, -1);
        await t.Do("UPDATE ledger_posting SET \"Amount\" = \"Amount\" + 7 WHERE \"TransactionId\" = @0 AND \"Line\" = 1", id);
        await Tampering.Settle(t, id, 1);

        var forged = (await t.View.AllRows(new TransactionSource(), default).ToListAsync()).Single(r => r.Subject == id);
        var links = await t.View.Links(default).ToListAsync();
        var first = links.FindIndex(l => l.Subject == id && l.Kind == SealKind.Transaction);
        await t.Do("UPDATE seal_link SET \"RowHash\" = @1 WHERE \"Position\" = @0", (long)first, forged.Hash);
        await Chain(t, links, first, forged.Hash);
        return await t.Do("DELETE FROM seal_checkpoint WHERE \"Size\" > @0", (long)first) > 0;
    }

    public static async Task<IReadOnlyList<Guid>> TransactionsFrom(Tamperer t, long position) =>
    [
        .. (await t.View.Links(default).ToListAsync()).Where(l => l.Position >= position && l.Kind == SealKind.Transaction)
            .Select(l => l.Subject),
    ];

    private static async Task Chain(Tamperer t, List<SealLink> links, int first, byte[] forged)
    {
        var (chains, canonical, tree) = (new Dictionary<AreaCode, byte[]>(), new CanonicalRow(), new MerkleFrontier());
        var tiles = new List<MerkleTile>();
        foreach (var link in links)
        {
            var row = link.Position == first ? link.WithRow(forged) : link;
            var before = chains.GetValueOrDefault(link.County, LinkHash.Beginning);
            var hash = link.Position < first ? link.Chain : LinkHash.Of(canonical, row, before);
            chains[link.County] = hash;
            tree.Append(MerkleTree.Leaf(hash), tiles.Add);
            if (!hash.AsSpan().SequenceEqual(link.Chain))
                await t.Do("UPDATE seal_link SET \"Chain\" = @1 WHERE \"Position\" = @0", link.Position, hash);
        }

        foreach (var tile in tiles)
            await t.Do("UPDATE seal_tile SET \"Hash\" = @2 WHERE \"Step\" = @0 AND \"Number\" = @1", tile.Step, tile.Index, tile.Hash);
    }

    private static SealLink WithRow(this SealLink link, byte[] hash) => new()
    {
        Position = link.Position, Kind = link.Kind, Seq = link.Seq, Subject = link.Subject, County = link.County, At = link.At,
        Algorithm = link.Algorithm, RowHash = hash,
    };
}
