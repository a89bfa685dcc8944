using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Application.Common.Seals;

/// <summary>What a checkpoint says, line by line as it is signed: origin, size, root, number, time. 检查点正文</summary>
public sealed record CheckpointText(string Origin, long Size, byte[] Root, long Number, DateTimeOffset At)
{
    /// <summary>The text that is signed; its first three lines are those of a transparency log's checkpoint.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Origin}
        {Size}
        {Convert.ToBase64String(Root)}
        number {Number}
        time {At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff}Z

        """).ReplaceLineEndings("\n");

    /// <summary>What a stored checkpoint says.</summary>
    public static CheckpointText Of(SealCheckpoint stored) => new(stored.Origin, stored.Size, stored.Root, stored.Number, stored.At);

    /// <summary>Whether the holder of this key's private half signed it, in a way this version knows.</summary>
    public bool IsSignedBy(byte[] publicKey, int algorithm, byte[] signature)
    {
        if (algorithm != SealCheckpoint.EcdsaP256) return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(Encoding.UTF8.GetBytes(ToString()), signature, HashAlgorithmName.SHA256);
    }

    /// <summary>A short name of a public key.</summary>
    public static string KeyIdOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16];
}
