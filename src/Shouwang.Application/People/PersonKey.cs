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
    private readonly AesGcm _ready;
    private readonly uint _id;

    /// <param name="wrapped">The key as it is stored.</param>
    public PersonKey(Id<Person> person, byte[] wrapped, byte[] plain)
    {
        (Person, Wrapped, _ready) = (person, wrapped, SecretBox.Ready(plain));
        _id = BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(plain, "shouwang data key"u8));
    }

    /// <summary>Whose it is.</summary>
    public Id<Person> Person { get; }

    public byte[] Wrapped { get; }

    public byte[] Seal(SealedPlace place, ReadOnlySpan<byte> plain) => SecretBox.Seal(_ready, _id, place, plain);

    public byte[] Seal(SealedPlace place, string text) => Seal(place, Encoding.UTF8.GetBytes(text));

    /// <exception cref="CryptographicException">The value was changed, moved, or sealed under another key.</exception>
    public byte[] Open(SealedPlace place, ReadOnlySpan<byte> box) => SecretBox.KeyIdOf(box) == _id
        ? SecretBox.Open(_ready, place, box) : throw new CryptographicException("A sealed value belongs to another data key.");

    public void Dispose() => _ready.Dispose();
}
