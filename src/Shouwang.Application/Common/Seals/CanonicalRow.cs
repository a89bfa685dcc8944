using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common.Seals;

/// <summary>One record as bytes that are the same on both databases and in twenty years: numbers big-endian, texts after their length,
/// moments in whole microseconds. 规范字节</summary>
internal sealed class CanonicalRow
{
    private byte[] _bytes = new byte[512];
    private int _length;

    /// <summary>Made once something is hashed; one that is kept takes less time than one for every row.</summary>
    private IncrementalHash? _sha;

    /// <summary>Starts anew with the name of the form, so that no two kinds of record can ever have the same bytes.</summary>
    public CanonicalRow Begin(string form)
    {
        _length = 0;
        return Add(form);
    }

    public CanonicalRow Add(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Room(8), value);
        return this;
    }

    public CanonicalRow Add(Guid value)
    {
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
        return this;
    }

    public CanonicalRow Add(Guid? value) => value is { } given ? Add(1).Add(given) : Add(0);

    public CanonicalRow Add(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Add(bytes).Room(bytes));
        return this;
    }

    public CanonicalRow Add(DateTime at) => Add(Micros(at));

    public CanonicalRow Add(ReadOnlySpan<byte> hash)
    {
        hash.CopyTo(Room(hash.Length));
        return this;
    }

    public byte[] Sha256()
    {
        _sha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _sha.AppendData(_bytes.AsSpan(0, _length));
        return _sha.GetHashAndReset();
    }

    /// <summary>A digest that nobody can make without the house's keys.</summary>
    public byte[] Keyed(KeyRing keys, string purpose) => keys.Hmac(purpose, _bytes.AsSpan(0, _length));

    /// <summary>A mark that nobody can make without the house's keys; says which key made it.</summary>
    public byte[] Marked(KeyRing keys, string purpose) => keys.Mark(purpose, _bytes.AsSpan(0, _length));

    /// <summary>Whether this house made the mark for this very record.</summary>
    public bool IsMarked(MarkCheck marks, ReadOnlySpan<byte> mark) => marks.Holds(_bytes.AsSpan(0, _length), mark);

    /// <summary>Microseconds since 1970: what both databases keep of a moment.</summary>
    public static long Micros(DateTime at) => (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private Span<byte> Room(int bytes)
    {
        if (_length + bytes > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        _length += bytes;
        return _bytes.AsSpan(_length - bytes, bytes);
    }
}
