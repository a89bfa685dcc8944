using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common.Seals;

/// <summary>The key that signs checkpoints: in the key directory, never in the database, so that who can write the database cannot sign.
/// 签名密钥</summary>
public sealed class SealKey : IDisposable
{
    private const string Name = "seal.key";
    private const string Succession = "seal.past";
    private readonly ECDsa _key;

    private SealKey(ECDsa key, IReadOnlyList<KeySuccession> past) =>
        (_key, PublicKey, Past) = (key, key.ExportSubjectPublicKeyInfo(), past);

    /// <summary>What anyone may know: the public half (SPKI).</summary>
    public byte[] PublicKey { get; }

    /// <summary>How the keys before this one were replaced, the oldest first.</summary>
    public IReadOnlyList<KeySuccession> Past { get; }

    public string KeyId => CheckpointText.KeyIdOf(PublicKey);

    /// <summary>Every public key this house has signed with, the oldest first.</summary>
    public IReadOnlyList<byte[]> All => [.. Past.Select(p => p.Old), PublicKey];

    /// <summary>The key of a data directory; made on first use.</summary>
    public static SealKey Open(string keyDirectory)
    {
        var path = Path.Combine(keyDirectory, Name);
        if (!File.Exists(path)) Make(keyDirectory, path);
        var key = Read(path);
        return new(key, PastOf(keyDirectory, key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Puts a new key in the place of the old one, which signs that it is so and then signs nothing more. What it signed stays
    /// verifiable. 轮换</summary>
    public static void Rotate(string keyDirectory)
    {
        using var before = Open(keyDirectory);
        using var held = KeyFile.Lock(keyDirectory);
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Path.Combine(keyDirectory, Name);
        Place(path + ".new", Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));

        // The statement first: without the key it names it says nothing, and the key without it would be a stranger's.
        var statements = before.Past.Append(KeySuccession.Of(before, made.ExportSubjectPublicKeyInfo())).Select(s => s.ToLine());
        var past = Path.Combine(keyDirectory, Succession);
        Place(past + ".new", Encoding.ASCII.GetBytes(string.Concat(statements)));
        File.Move(past + ".new", past, overwrite: true);
        File.Move(path + ".new", path, overwrite: true);
    }

    public byte[] Sign(string text) => _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();

    private static void Make(string directory, string path)
    {
        using var held = KeyFile.Lock(directory);
        if (File.Exists(path)) return;
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Place(path + ".new", Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
        File.Move(path + ".new", path);
    }

    private static void Place(string path, byte[] bytes)
    {
        File.Delete(path);
        KeyFile.Place(path, bytes);
    }

    private static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    /// <summary>The statements that lead to this key; one for a key that never came into its place is left out.</summary>
    /// <exception cref="InvalidDataException">The statements do not lead from one key to the next.</exception>
    private static IReadOnlyList<KeySuccession> PastOf(string directory, byte[] current)
    {
        var path = Path.Combine(directory, Succession);
        if (!File.Exists(path)) return [];
        var past = File.ReadLines(path).Select(KeySuccession.Read).ToList();
        if (past is [.., var last] && last.Old.AsSpan().SequenceEqual(current)) past.RemoveAt(past.Count - 1);
        var leads = past.Count == 0 ? [] : past.Skip(1).Select(p => p.Old).Append(current);
        return past.All(p => p.IsSigned()) && past.Zip(leads).All(p => p.First.New.AsSpan().SequenceEqual(p.Second))
            ? past : throw new InvalidDataException($"{path} does not lead to the key beside it.");
    }
}
