using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Application.Common.Seals;

/// <summary>That one signing key takes the place of another, signed by the old one: whoever trusts the old key may trust the new one.
/// 密钥交接</summary>
/// <param name="Old">The public half (SPKI) of the key that was replaced.</param>
/// <param name="New">That of the key that replaced it.</param>
public sealed record KeySuccession(byte[] Old, byte[] New, byte[] Signature)
{
    /// <summary>Whether the old key signed it.</summary>
    public bool IsSigned()
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Old, out _);
        return key.VerifyData(Encoding.UTF8.GetBytes(TextOf(New)), Signature, HashAlgorithmName.SHA256);
    }

    /// <summary>The keys that somebody may trust who once trusted a key, by the statements shown: that key, and each that the one before
    /// it vouched for; the one in use last.</summary>
    /// <param name="key">The key that was kept.</param>
    /// <param name="shown">The oldest first.</param>
    public static IReadOnlyList<byte[]> Trail(byte[] key, IEnumerable<KeySuccession> shown)
    {
        List<byte[]> trail = [key];
        foreach (var step in shown.Where(s => s.IsSigned()))
        {
            if (step.Old.AsSpan().SequenceEqual(trail[^1])) trail.Add(step.New);
        }

        return trail;
    }

    internal static KeySuccession Of(SealKey old, byte[] made) => new(old.PublicKey, made, old.Sign(TextOf(made)));

    internal string ToLine() => $"{Convert.ToBase64String(Old)} {Convert.ToBase64String(New)} {Convert.ToBase64String(Signature)}\n";

    /// <exception cref="InvalidDataException">The line says no such thing.</exception>
    internal static KeySuccession Read(string line) => line.Split(' ') is [var old, var made, var signature]
        ? new(Convert.FromBase64String(old), Convert.FromBase64String(made), Convert.FromBase64String(signature))
        : throw new InvalidDataException("A line does not say which key replaced which.");

    private static string TextOf(byte[] made) => $"shouwang-key-1\n{Convert.ToBase64String(made)}\n";
}
