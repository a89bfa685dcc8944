namespace Shouwang.Application.Common.Seals;

/// <summary>What anyone can check with a proof and a root in hand, without trusting whoever keeps the log. 默克尔证明</summary>
public static class MerkleProof
{
    /// <summary>Whether an entry's leaf hash stands at this place in the log of this size and root (RFC 9162, 2.1.3.2).</summary>
    public static bool Includes(byte[] leaf, long index, long size, IReadOnlyList<byte[]> proof, byte[] root)
    {
        if (index < 0 || index >= size) return false;
        var (place, last, hash) = (index, size - 1, leaf);
        foreach (var beside in proof)
        {
            if (last == 0 || beside.Length != MerkleTree.HashBytes) return false;
            if ((place & 1) == 1 || place == last)
            {
                hash = MerkleTree.Node(beside, hash);
                while ((place & 1) == 0 && place != 0) (place, last) = (place >> 1, last >> 1);
            }
            else
            {
                hash = MerkleTree.Node(hash, beside);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the earlier log is the beginning of the later one: nothing in it was changed, removed or put in between
    /// (RFC 9162, 2.1.4.2).</summary>
    public static bool Continues(LogHead earlier, LogHead later, IReadOnlyList<byte[]> proof)
    {
        if (earlier.Size > later.Size || earlier.Size < 0) return false;
        if (earlier.Size == later.Size) return proof.Count == 0 && earlier.Root.AsSpan().SequenceEqual(later.Root);
        if (earlier.Size == 0) return proof.Count == 0 && earlier.Root.AsSpan().SequenceEqual(MerkleTree.EmptyRoot);

        var rest = new Queue<byte[]>(proof);
        if ((earlier.Size & (earlier.Size - 1)) == 0) rest = new([earlier.Root, .. proof]);
        if (rest.Any(h => h.Length != MerkleTree.HashBytes) || !rest.TryDequeue(out var first)) return false;
        return Climb(earlier, later, rest, first);
    }

    private static bool Climb(LogHead earlier, LogHead later, Queue<byte[]> rest, byte[] first)
    {
        var (place, last, before, after) = (earlier.Size - 1, later.Size - 1, first, first);
        while ((place & 1) == 1) (place, last) = (place >> 1, last >> 1);
        foreach (var beside in rest)
        {
            if (last == 0) return false;
            if ((place & 1) == 1 || place == last)
            {
                (before, after) = (MerkleTree.Node(beside, before), MerkleTree.Node(beside, after));
                while ((place & 1) == 0 && place != 0) (place, last) = (place >> 1, last >> 1);
            }
            else
            {
                after = MerkleTree.Node(after, beside);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && before.AsSpan().SequenceEqual(earlier.Root) && after.AsSpan().SequenceEqual(later.Root);
    }
}

/// <summary>How long a log is and its root over everything in it. 日志头</summary>
public sealed record LogHead(long Size, byte[] Root);
