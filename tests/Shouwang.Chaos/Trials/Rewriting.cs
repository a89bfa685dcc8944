using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Chaos.Harness;
using Shouwang.Domain.Kernel;

namespace Shouwang.Chaos.Trials;

/// <summary>The thorough forger: changes one transaction, puts balances right, and hashes everything after it anew, as the house itself
/// would have. Without the signing key they can only drop the checkpoints that would contradict them.</summary>
internal static class Rewriting
{
    /// <summary>The forger's own keys; the house's are out of reach.</summary>
    private static readonly KeyRing s_strangers = KeyRing.Of(new Dictionary<uint, byte[]> { [1] = new byte[32] }, new byte[32]);

    public static async Task<Guid?> Rewrite(Tamperer t)
    {
        var id = await t.PickId("ledger_transaction", "Id");
        await Tampering.Settle(t, id, -1);
        await t.Do("UPDATE ledger_posting SET \"Amount\" = \"Amount\" + 7 WHERE \"TransactionId\" = @0 AND \"Line\" = 1", id);
        await Tampering.Settle(t, id, 1);

        var forged = (await t.View.RowsAfter(new TransactionSource(s_strangers), long.MinValue, default)).Single(r => r.Subject == id);
        var links = await t.View.Links(default).ToListAsync();
        var first = links.FindIndex(l => l.Subject == id && l.Kind == SealKind.Transaction);
        await t.Do("UPDATE seal_link SET \"RowHash\" = @1 WHERE \"Position\" = @0", (long)first, forged.Hash);
        await Chain(t, links, first, forged.Hash);
        return await t.Do("DELETE FROM seal_checkpoint WHERE \"Size\" > @0", (long)first) > 0 ? id : null;
    }

    /// <summary>Writes a transaction like another, puts the balances right, marks it with the forger's own key and seals it as a careless
    /// sealer would.</summary>
    public static async Task<Guid?> SlipIn(Tamperer t)
    {
        var (like, id) = (await t.PickId("ledger_transaction", "Id"), Guid.CreateVersion7());
        await t.Do(
            "INSERT INTO ledger_transaction (\"Id\", \"Book\", \"Area\", \"Reason\", \"At\", \"Mark\") "
            + "SELECT @1, \"Book\", \"Area\", \"Reason\", \"At\", @2 FROM ledger_transaction WHERE \"Id\" = @0",
            like, id, s_strangers.Mark(LedgerForm.TransactionMark, id.ToByteArray()));
        await t.Do(
            "INSERT INTO ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\") "
            + "SELECT @1, \"Line\", \"From\", \"To\", \"Amount\" FROM ledger_posting WHERE \"TransactionId\" = @0", like, id);
        await Tampering.Settle(t, id, 1);

        var forged = (await t.View.RowsAfter(new TransactionSource(s_strangers), long.MinValue, default)).Single(r => r.Subject == id);
        var links = await t.View.Links(default).ToListAsync();
        var before = links.LastOrDefault(l => l.County == forged.County)?.Chain ?? LinkHash.Beginning;
        var link = new SealLink
        {
            Position = links.Count, Kind = SealKind.Transaction, Seq = forged.Seq, Subject = id, County = forged.County, At = links[^1].At,
            Algorithm = SealLink.Sha256, RowHash = forged.Hash,
        };
        return await t.Do(
            "INSERT INTO seal_link (\"Position\", \"Kind\", \"Seq\", \"Subject\", \"County\", \"At\", \"Algorithm\", \"RowHash\", \"Chain\") "
            + "VALUES (@0, 'Transaction', @1, @2, @3, @4, @5, @6, @7)",
            link.Position, link.Seq, id, link.County.Value, link.At.UtcDateTime, link.Algorithm, link.RowHash,
            LinkHash.Of(new(), link, before)) == 1 ? id : null;
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
