using System.Security.Cryptography;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;

namespace Shouwang.Cli.Witness;

/// <summary>A checkpoint taken apart, so that nothing in it is left that cannot be read. 出示的检查点</summary>
/// <param name="Text">What was signed.</param>
/// <param name="Key">The public key that is said to have signed it.</param>
internal sealed record ShownCheckpoint(ShowCheckpoint.View View, CheckpointText Text, byte[] Key, byte[] Signature)
{
    /// <summary>Whether the key signed it.</summary>
    public bool IsSigned => Text.IsSignedBy(Key, SealCheckpoint.EcdsaP256, Signature);

    /// <summary>Takes apart what a house, or a line of a file, says; null when any of it cannot be read.</summary>
    public static ShownCheckpoint? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ShowCheckpoint.View>(text, HouseJson.Options) is { } view ? Of(view) : null;
        }
        catch (Exception spoilt) when (spoilt is JsonException or FormatException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A public key, ready to check signatures.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static ECDsa Import(byte[] key)
    {
        var imported = ECDsa.Create();
        imported.ImportSubjectPublicKeyInfo(key, out _);
        return imported;
    }

    private static ShownCheckpoint Of(ShowCheckpoint.View view)
    {
        ArgumentNullException.ThrowIfNull(view.Origin);
        ArgumentNullException.ThrowIfNull(view.Succession);
        foreach (var step in view.Succession)
        {
            ArgumentNullException.ThrowIfNull(step);
            Import(step.Old).Dispose();
            Import(step.New).Dispose();
            ArgumentNullException.ThrowIfNull(step.Signature);
        }

        var shown = new ShownCheckpoint(
            view, view.Read(), Convert.FromBase64String(view.PublicKey), Convert.FromBase64String(view.Signature));
        Import(shown.Key).Dispose();
        return shown;
    }
}
