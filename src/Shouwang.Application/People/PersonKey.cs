using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>A person's data key for the time of one act: unwrapped once, and ready for every field and fact of theirs. 个人数据密钥</summary>
internal sealed class PersonKey : IDisposable
{
    /// <summary>Stands where a wrapped key would, on whoever is only looked at and never stored.</summary>
    private static readonly byte[] s_noKey = [0];

    private readonly AesGcm? _ready;
    private readonly uint _id;

    /// <param name="wrapped">The key as it is stored.</param>
    public PersonKey(Id<Person> person, byte[] wrapped, byte[] plain)
    {
        (Person, Wrapped, _ready) = (person, wrapped, SecretBox.Ready(plain));
        _id = BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(plain, "shouwang data key"u8));
    }

    private PersonKey(Id<Person> person) => (Person, Wrapped) = (person, s_noKey);

    /// <summary>Whose it is.</summary>
    public Id<Person> Person { get; }

    public byte[] Wrapped { get; }

    /// <summary>No key at all, for somebody who is shown as they would be and then forgotten: what is sealed with it stays as it is. Only a
    /// reading that saves nothing may use it.</summary>
    public static PersonKey Unsealed(Id<Person> person) => new(person);

    /// <summary>Whether somebody has no key but that.</summary>
    public static bool IsUnsealed(byte[] wrapped) => ReferenceEquals(wrapped, s_noKey);

    public byte[] Seal(SealedPlace place, ReadOnlySpan<byte> plain) =>
        _ready is null ? plain.ToArray() : SecretBox.Seal(_ready, _id, place, plain);

    public byte[] Seal(SealedPlace place, string text) => Seal(place, Encoding.UTF8.GetBytes(text));

    /// <exception cref="CryptographicException">The value was changed, moved, or sealed under another key.</exception>
    public byte[] Open(SealedPlace place, ReadOnlySpan<byte> box)
    {
        if (_ready is null) return box.ToArray();
        return SecretBox.KeyIdOf(box) == _id
            ? SecretBox.Open(_ready, place, box) : throw new CryptographicException("A sealed value belongs to another data key.");
    }

    public void Dispose() => _ready?.Dispose();
}
