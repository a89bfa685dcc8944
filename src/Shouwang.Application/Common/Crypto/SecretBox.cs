using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Application.Common.Crypto;

/// <summary>Where a sealed value stands. A value moved to another table, column or row no longer opens. 密文位置</summary>
public readonly record struct SealedPlace(string Table, string Column, Guid Row)
{
    internal byte[] Bytes() => Encoding.UTF8.GetBytes($"{Table}\n{Column}\n{Row:D}");
}

/// <summary>Seals single values with AES-256-GCM, bound to the place where they are stored. 加密封装</summary>
/// <remarks>A sealed value is: algorithm id (1 byte), key id (4, big-endian), nonce (12, random), tag (16), ciphertext. Algorithm and key
/// id are authenticated together with the place.</remarks>
internal static class SecretBox
{
    public const int KeyBytes = 32;
    private const byte Aes256Gcm = 1;
    private const int HeaderBytes = 5;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = HeaderBytes + NonceBytes + TagBytes;

    /// <summary>Which key a sealed value needs.</summary>
    /// <exception cref="CryptographicException">It was not sealed here, or with an algorithm this version does not know.</exception>
    public static uint KeyIdOf(ReadOnlySpan<byte> box)
    {
        if (box.Length < Overhead) throw new CryptographicException("A sealed value is cut short.");
        if (box[0] != Aes256Gcm) throw new CryptographicException($"A sealed value names the unknown algorithm {box[0]}.");
        return BinaryPrimitives.ReadUInt32BigEndian(box[1..]);
    }

    /// <summary>A key made ready for whoever seals or opens several values under it.</summary>
    public static AesGcm Ready(ReadOnlySpan<byte> key) => new(key, TagBytes);

    public static byte[] Seal(ReadOnlySpan<byte> key, uint keyId, SealedPlace place, ReadOnlySpan<byte> plain)
    {
        using var aes = Ready(key);
        return Seal(aes, keyId, place, plain);
    }

    public static byte[] Seal(AesGcm key, uint keyId, SealedPlace place, ReadOnlySpan<byte> plain)
    {
        var box = new byte[Overhead + plain.Length];
        box[0] = Aes256Gcm;
        BinaryPrimitives.WriteUInt32BigEndian(box.AsSpan(1), keyId);
        var nonce = box.AsSpan(HeaderBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        key.Encrypt(nonce, plain, box.AsSpan(Overhead), box.AsSpan(HeaderBytes + NonceBytes, TagBytes), Bound(box, place));
        return box;
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or sealed under another key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, SealedPlace place, ReadOnlySpan<byte> box)
    {
        using var aes = Ready(key);
        return Open(aes, place, box);
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or sealed under another key.</exception>
    public static byte[] Open(AesGcm key, SealedPlace place, ReadOnlySpan<byte> box)
    {
        _ = KeyIdOf(box);
        var plain = new byte[box.Length - Overhead];
        key.Decrypt(
            box.Slice(HeaderBytes, NonceBytes), box[Overhead..], box.Slice(HeaderBytes + NonceBytes, TagBytes), plain, Bound(box, place));
        return plain;
    }

    private static byte[] Bound(ReadOnlySpan<byte> box, SealedPlace place) => [.. box[..HeaderBytes], .. place.Bytes()];
}
