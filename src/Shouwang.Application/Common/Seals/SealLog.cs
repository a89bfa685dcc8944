namespace Shouwang.Application.Common.Seals;

/// <summary>Works out hashes of parts of the log from what is stored: roots, proofs, the edge it grows at. 封存日志</summary>
internal sealed class SealLog(SealSql sql)
{
    private const int TileLeaves = 1 << MerkleFrontier.TileHeight;

    /// <summary>The hashes that prove a path.</summary>
    public async Task<IReadOnlyList<byte[]>> Proof(IReadOnlyList<LeafRange> path, CancellationToken ct)
    {
        var proof = new List<byte[]>(path.Count);
        foreach (var range in path) proof.Add(await Hash(range, ct));
        return proof;
    }

    /// <summary>The root of the log when it had this size.</summary>
    public Task<byte[]> Root(long size, CancellationToken ct) =>
        size == 0 ? Task.FromResult(MerkleTree.EmptyRoot) : Hash(new(0, size), ct);

    /// <summary>The edge at which the log grows on.</summary>
    public async Task<MerkleFrontier> Frontier(long size, CancellationToken ct)
    {
        var (from, subtrees) = (0L, new List<(int, byte[])>());
        for (var level = 62; level >= 0; level--)
        {
            if ((size >> level & 1) == 0) continue;
            subtrees.Add((level, await Hash(new(from, from + (1L << level)), ct)));
            from += 1L << level;
        }

        return new(size, subtrees);
    }

    /// <summary>The hash over a range that begins where a subtree of its size begins.</summary>
    private async Task<byte[]> Hash(LeafRange range, CancellationToken ct)
    {
        if (range.Count < TileLeaves) return MerkleTree.Root([.. (await Full(0, range, ct)).Select(h => MerkleTree.Leaf(h))]);
        if ((range.Count & (range.Count - 1)) != 0)
        {
            var middle = range.From + MerkleTree.LeftOf(range.Count);
            var (left, right) = (await Hash(new(range.From, middle), ct), await Hash(new(middle, range.To), ct));
            return MerkleTree.Node(left, right);
        }

        var step = (int)(long.Log2(range.Count) / MerkleFrontier.TileHeight);
        var shift = step * MerkleFrontier.TileHeight;
        return MerkleTree.Root([.. await Full(step, new(range.From >> shift, range.To >> shift), ct)]);
    }

    private async Task<List<byte[]>> Full(int step, LeafRange range, CancellationToken ct)
    {
        var hashes = await sql.Hashes(step, range, ct);
        return hashes.Count == range.Count ? hashes
            : throw new InvalidDataException($"The sealed log has a hole at step {step}, {range.From} to {range.To}.");
    }
}
