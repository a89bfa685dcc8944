using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Ledger;

/// <summary>The newest signed checkpoint, for everyone: how long the sealed log is and what its root is. No names. 最新检查点</summary>
public sealed class ShowCheckpoint(Workspace work, SealKey key)
{
    /// <param name="Text">What was signed, to the byte.</param>
    /// <param name="Root">Base64, as in the text.</param>
    public sealed record View(
        string Origin, long Number, long Size, string Root, DateTimeOffset At, string Algorithm, string KeyId, string Signature,
        string PublicKey, string Text)
    {
        /// <summary>How the keys before were replaced, each line signed by the one before: old key, new key, signature; the oldest
        /// first.</summary>
        public IReadOnlyList<KeySuccession> Succession { get; init; } = [];

        /// <summary>The words of it, for who checks them.</summary>
        public CheckpointText Read() => new(Origin, Size, Convert.FromBase64String(Root), Number, At);
    }

    public Task<Result<View>> Run(CancellationToken ct) =>
        work.ReadWhole(Actor.System(AreaCode.Nation), db => Newest(SealSql.On(db), key, ct), ct);

    internal static async Task<Result<View>> Newest(SealSql sql, SealKey key, CancellationToken ct)
    {
        if (await sql.Checkpoint("1 = 1", ct) is not { } found) return LedgerRefusals.NoCheckpoint;
        var signer = key.All.FirstOrDefault(k => CheckpointText.KeyIdOf(k) == found.KeyId) ?? key.PublicKey;
        return new View(
            found.Origin, found.Number, found.Size, Convert.ToBase64String(found.Root), found.At, "ecdsa-p256-sha256", found.KeyId,
            Convert.ToBase64String(found.Signature), Convert.ToBase64String(signer), CheckpointText.Of(found).ToString())
        {
            Succession = key.Past,
        };
    }
}
