using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

/// <summary>Ids that follow from other ids, so that doing a thing again means the same thing: version-8 UUIDs, the first 128 bits of a
/// SHA-256. 派生标识</summary>
public static class DerivedId
{
    /// <summary>The id of what follows from one record for one purpose ("timebank.on-visit-verified").</summary>
    public static Guid Of(Guid source, string purpose)
    {
        Span<byte> text = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(purpose.Length)];
        source.TryWriteBytes(text, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(purpose, text[16..]);
        return FromHash(SHA256.HashData(text[..length]));
    }

    /// <summary>The id of the account with this key.</summary>
    public static Id<Account> Of(AccountKey key)
    {
        Span<byte> text = stackalloc byte[27];
        text[0] = (byte)key.Book;
        text[1] = (byte)key.Kind;
        key.Holder.TryWriteBytes(text[2..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(text[18..], key.Area.Value);
        text[26] = (byte)key.Stripe;
        return new(FromHash(SHA256.HashData(key.Stripe == 0 ? text[..26] : text)));
    }

    private static Guid FromHash(ReadOnlySpan<byte> hash)
    {
        Span<byte> id = stackalloc byte[16];
        hash[..16].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id, bigEndian: true);
    }
}
