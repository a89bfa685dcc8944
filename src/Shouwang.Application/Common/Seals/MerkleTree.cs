using System.Numerics;
using System.Security.Cryptography;

namespace Shouwang.Application.Common.Seals;

/// <summary>The hashes of a Merkle log as RFC 6962 defines them: leaves and inner nodes are told apart by their first byte.
/// 默克尔树</summary>
public static class MerkleTree
{
    /// <summary>Bytes in a hash.</summary>
    public const int HashBytes = 32;

    /// <summary>The root of a log without entries.</summary>
    public static byte[] EmptyRoot { get; } = SHA256.HashData([]);

    /// <summary>The hash of one entry.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> text = stackalloc byte[1 + HashBytes];
        if (entry.Length != HashBytes) throw new ArgumentException("Entries of this log are hashes themselves.", nameof(entry));
        text[0] = 0;
        entry.CopyTo(text[1..]);
        return SHA256.HashData(text);
    }

    /// <summary>The hash of two neighbours.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> text = stackalloc byte[1 + (2 * HashBytes)];
        text[0] = 1;
        left.CopyTo(text[1..]);
        right.CopyTo(text[(1 + HashBytes)..]);
        return SHA256.HashData(text);
    }

    /// <summary>The root over leaf hashes in memory.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.IsEmpty) return EmptyRoot;
        if (leaves.Length == 1) return leaves[0];
        var left = (int)LeftOf(leaves.Length);
        return Node(Root(leaves[..left]), Root(leaves[left..]));
    }

    /// <summary>How many of several leaves stand under the left branch: the largest power of two below their number.</summary>
    public static long LeftOf(long leaves) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(leaves - 1)));

    /// <summary>The ranges of leaves whose hashes prove that an entry is in a log of this size, from the leaf up.</summary>
    public static IReadOnlyList<LeafRange> InclusionPath(long index, long size)
    {
        if (index < 0 || index >= size) throw new ArgumentOutOfRangeException(nameof(index));
        var path = new List<LeafRange>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + LeftOf(to - from);
            path.Add(index < middle ? new(middle, to) : new(from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The ranges whose hashes prove that a log of one size is the beginning of a log of another, from the leaves up.</summary>
    public static IReadOnlyList<LeafRange> ConsistencyPath(long earlier, long later)
    {
        if (earlier < 0 || earlier > later) throw new ArgumentOutOfRangeException(nameof(earlier));
        if (earlier == 0 || earlier == later) return [];
        var path = new List<LeafRange>();
        var (from, to) = (0L, later);
        while (to != earlier)
        {
            var middle = from + LeftOf(to - from);
            path.Add(earlier <= middle ? new(middle, to) : new(from, middle));
            (from, to) = earlier <= middle ? (from, middle) : (middle, to);
        }

        if (from > 0) path.Add(new(from, to));
        path.Reverse();
        return path;
    }
}

/// <summary>Entries of the log from one to before another. 叶区间</summary>
public readonly record struct LeafRange(long From, long To)
{
    public long Count => To - From;
}
