namespace Shouwang.Application.Common.Seals;

/// <summary>The hash of a link, which covers the row, its place and everything before it in its county's chain. 环节哈希</summary>
internal static class LinkHash
{
    /// <summary>What a county's chain begins with.</summary>
    public static byte[] Beginning { get; } = new byte[MerkleTree.HashBytes];

    public static byte[] Of(CanonicalRow row, SealLink link, byte[] before) => row.Begin("shouwang-link-1")
        .Add(link.Position).Add((int)link.Kind).Add(link.Seq).Add(link.Subject).Add(link.County.Value).Add(link.At.UtcDateTime)
        .Add(link.Algorithm).Add(link.RowHash).Add(before).Sha256();
}
