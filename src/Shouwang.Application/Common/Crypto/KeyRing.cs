using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Application.Common.Crypto;

/// <summary>The keys of one deployment, held outside its database: masters that wrap each person's data key, and a separate root from
/// which every keyed digest (search indexes, the audit's "asked") is derived. 密钥环</summary>
public sealed class KeyRing
{
    /// <summary>The environment variable that names another key directory than the one beside the data.</summary>
    public const string Variable = "SHOUWANG_KEYS";

    private const byte HmacSha256 = 1;

    /// <summary>Bytes of a mark before its hash.</summary>
    internal const int MarkHeader = 5;

    /// <summary>Bytes of a mark.</summary>
    internal const int MarkBytes = MarkHeader + HMACSHA256.HashSizeInBytes;

    private readonly IReadOnlyDictionary<uint, byte[]> _masters;
    private readonly byte[] _digest;
    private readonly uint _current;
    private readonly ConcurrentDictionary<string, byte[]> _purposes = new();
    private readonly ConcurrentDictionary<(string Purpose, uint Master), byte[]> _marks = new();

    private KeyRing(KeyFile.Keys keys) => (_masters, _digest, _current) = (keys.Masters, keys.Digest, keys.Masters.Keys.Max());

    /// <summary>Tells key rings apart without giving a key away; stored in the database, so that a wrong ring is noticed at the
    /// start.</summary>
    public string Fingerprint => Index("keyring.fingerprint", "")[..16];

    /// <summary>The number of the master that wraps and marks now.</summary>
    public int Newest => (int)_current;

    /// <summary>The keys of a data directory: DIR/keys, or the directory that SHOUWANG_KEYS names; made on first use.</summary>
    public static KeyRing Open(string dataDirectory) => OpenAt(DirectoryOf(dataDirectory));

    /// <summary>Where the keys of a data directory are.</summary>
    public static string DirectoryOf(string dataDirectory) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.Combine(dataDirectory, "keys");

    /// <summary>The keys in this very directory; made on first use.</summary>
    /// <exception cref="InvalidOperationException">Others than the owner may read the file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static KeyRing OpenAt(string keyDirectory) => new(KeyFile.ReadOrCreate(keyDirectory));

    /// <summary>A ring of given keys, for known answers.</summary>
    internal static KeyRing Of(IReadOnlyDictionary<uint, byte[]> masters, byte[] digest) => new(new(masters, digest));

    /// <summary>Adds a master key to the directory. It wraps what is sealed after the next opening; older values still open.</summary>
    public static void AddMaster(string keyDirectory) => KeyFile.AddMaster(keyDirectory);

    /// <summary>A keyed digest (HMAC-SHA-256, 32 bytes) under a key of its own for each purpose (HKDF, RFC 5869).</summary>
    public byte[] Hmac(string purpose, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(KeyFor(purpose), bytes);

    /// <summary>The same of a text, as 43 URL-safe characters: equal texts give equal indexes, and nothing can be guessed without the
    /// key. 盲索引</summary>
    public string Index(string purpose, string text) => Base64Url.EncodeToString(Hmac(purpose, Encoding.UTF8.GetBytes(text)));

    /// <summary>A mark for a stored row that nobody can make who has the database but not the keys: the algorithm (1 byte), the number of
    /// the master (4, big-endian), and HMAC-SHA-256 under a key of the newest master. 行标记</summary>
    public byte[] Mark(string purpose, ReadOnlySpan<byte> row)
    {
        var mark = new byte[MarkBytes];
        mark[0] = HmacSha256;
        BinaryPrimitives.WriteUInt32BigEndian(mark.AsSpan(1), _current);
        HMACSHA256.HashData(MarkKey(purpose, _current), row, mark.AsSpan(MarkHeader));
        return mark;
    }

    /// <summary>Which of this ring's masters a mark names; null for what cannot be a mark of this ring.</summary>
    internal uint? MasterOf(ReadOnlySpan<byte> mark)
    {
        if (mark.Length != MarkBytes || mark[0] != HmacSha256) return null;
        var master = BinaryPrimitives.ReadUInt32BigEndian(mark[1..]);
        return _masters.ContainsKey(master) ? master : null;
    }

    /// <summary>What makes the hashes of marks under one master, one after another.</summary>
    internal IncrementalHash Marking(string purpose, uint master) =>
        IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, MarkKey(purpose, master));

    /// <summary>Seals a key, or another small secret, under the newest master, bound to its place.</summary>
    public byte[] Wrap(SealedPlace place, ReadOnlySpan<byte> dataKey) => SecretBox.Seal(_masters[_current], _current, place, dataKey);

    /// <summary>Opens what was wrapped, with the master it names.</summary>
    /// <exception cref="CryptographicException">The master is not on this ring, or the wrapped key was changed or moved.</exception>
    public byte[] Unwrap(SealedPlace place, ReadOnlySpan<byte> wrapped)
    {
        var id = SecretBox.KeyIdOf(wrapped);
        return _masters.TryGetValue(id, out var master)
            ? SecretBox.Open(master, place, wrapped)
            : throw new CryptographicException($"Master key {id} is not on this key ring.");
    }

    /// <summary>Whether a wrapped key should be wrapped anew, because a newer master is there.</summary>
    internal bool IsStale(ReadOnlySpan<byte> wrapped) => SecretBox.KeyIdOf(wrapped) != _current;

    private byte[] MarkKey(string purpose, uint master) => _marks.GetOrAdd(
        (purpose, master), m => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, _masters[m.Master], SecretBox.KeyBytes, info: Encoding.UTF8.GetBytes($"mark {m.Purpose}")));

    private byte[] KeyFor(string purpose) => _purposes.GetOrAdd(
        purpose, p => HKDF.Expand(HashAlgorithmName.SHA256, _digest, SecretBox.KeyBytes, Encoding.UTF8.GetBytes(p)));
}
