namespace Shouwang.Application.Common.Seals;

/// <summary>The right edge of a growing log: the complete subtrees that its root is made of. Grows by one leaf at a time without the
/// rest. 生长边</summary>
internal sealed class MerkleFrontier
{
    /// <summary>Subtrees of 256 leaves, of 256 of those, … are kept, so that a proof reads little. Eight levels make one step.</summary>
    public const int TileHeight = 8;

    private readonly List<(int Level, byte[] Hash)> _subtrees;

    public MerkleFrontier() => _subtrees = [];

    /// <param name="size">How many leaves stand to the left.</param>
    /// <param name="subtrees">Their complete subtrees, the largest first.</param>
    public MerkleFrontier(long size, IEnumerable<(int Level, byte[] Hash)> subtrees) => (Size, _subtrees) = (size, [.. subtrees]);

    public long Size { get; private set; }

    public MerkleFrontier Copy() => new(Size, _subtrees);

    /// <summary>Adds a leaf; tells of every tile it completes.</summary>
    public void Append(byte[] leaf, Action<MerkleTile> completed)
    {
        var (level, hash) = (0, leaf);
        while (_subtrees.Count > 0 && _subtrees[^1].Level == level)
        {
            hash = MerkleTree.Node(_subtrees[^1].Hash, hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
            level++;
            if (level % TileHeight == 0) completed(new(level / TileHeight, Size >> level, hash));
        }

        _subtrees.Add((level, hash));
        Size++;
    }

    /// <summary>The root over everything so far.</summary>
    public byte[] Root()
    {
        if (_subtrees.Count == 0) return MerkleTree.EmptyRoot;
        var root = _subtrees[^1].Hash;
        for (var i = _subtrees.Count - 2; i >= 0; i--) root = MerkleTree.Node(_subtrees[i].Hash, root);
        return root;
    }
}

/// <summary>A complete subtree that is kept: which step up, which from the left, its hash. 瓦片</summary>
internal readonly record struct MerkleTile(int Step, long Index, byte[] Hash);
