using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Common.Seals;

/// <summary>The key that signs checkpoints: in the key directory, never in the database, so that who can write the database cannot sign.
/// 签名密钥</summary>
public sealed class SealKey : IDisposable
{
    private const string Name = "seal.key";
    private readonly ECDsa _key;

    private SealKey(ECDsa key) => (_key, PublicKey) = (key, key.ExportSubjectPublicKeyInfo());

    /// <summary>What anyone may know: the public half (SPKI).</summary>
    public byte[] PublicKey { get; }

    public string KeyId => CheckpointText.KeyIdOf(PublicKey);

    /// <summary>The key of a data directory; made on first use.</summary>
    public static SealKey Open(string keyDirectory)
    {
        var path = Path.Combine(keyDirectory, Name);
        if (!File.Exists(path)) Make(keyDirectory, path);
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new(key);
    }

    public byte[] Sign(string text) => _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();

    private static void Make(string directory, string path)
    {
        using var held = KeyFile.Lock(directory);
        if (File.Exists(path)) return;
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.Delete(path + ".new");
        KeyFile.Place(path + ".new", Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
        File.Move(path + ".new", path);
    }
}
