using System.Security.Cryptography;

namespace Shouwang.Application.Common.Crypto;

/// <summary>Looks at the marks of one purpose, row after row: a hash that keeps its key takes half as long as one that is given it for
/// every row. Not for two threads at once. 行标记核对</summary>
internal sealed class MarkCheck(KeyRing keys, string purpose)
{
    private readonly Dictionary<uint, IncrementalHash> _hashes = [];

    /// <summary>Whether a mark was made on this ring for this very row, under whichever of its masters.</summary>
    public bool Holds(ReadOnlySpan<byte> row, ReadOnlySpan<byte> mark)
    {
        if (keys.MasterOf(mark) is not { } master) return false;
        if (!_hashes.TryGetValue(master, out var hash)) hash = _hashes[master] = keys.Marking(purpose, master);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.AppendData(row);
        hash.GetHashAndReset(expected);
        return CryptographicOperations.FixedTimeEquals(expected, mark[KeyRing.MarkHeader..]);
    }
}
