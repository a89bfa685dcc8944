using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Ledger;

/// <summary>The proof that one transaction is in the sealed book, since when, and under which checkpoint; for who holds its id, as on a
/// passbook. Says nothing of people. 入账证明</summary>
public sealed class ProveEntry(Workspace work, KeyRing keys, SealKey key)
{
    /// <param name="Before">The hash of what stood before it in its county's chain.</param>
    /// <param name="Hash">The hash of its own link, which is the entry in the log.</param>
    /// <param name="Proof">Base64, from the leaf up; empty until a checkpoint covers the entry.</param>
    /// <param name="Holds">Whether the entry is unchanged and the proof leads to the checkpoint's root.</param>
    public sealed record View(
        Id<Transaction> Entry, long Position, long Seq, AreaCode County, DateTimeOffset SealedAt, string RowHash, string Before,
        string Hash)
    {
        public IReadOnlyList<string> Proof { get; init; } = [];

        public bool Holds { get; init; }

        /// <summary>The newest checkpoint; none when it does not cover the entry yet.</summary>
        public ShowCheckpoint.View? Checkpoint { get; init; }
    }

    public Task<Result<View>> Run(Id<Transaction> entry, CancellationToken ct) =>
        work.ReadWhole(Actor.System(AreaCode.Nation), db => Prove(SealSql.On(db), entry, ct), ct);

    /// <summary>Whether the entry, as it stands in the ledger now, is the one that was sealed.</summary>
    private async Task<bool> IsUnchanged(SealSql sql, SealLink link, CancellationToken ct)
    {
        var rows = await sql.Rows(new TransactionSource(keys), "x.\"Seq\" = @seq", ct, ("seq", link.Seq), ("most", 1));
        return rows is [var row] && row.Subject == link.Subject && row.Hash.AsSpan().SequenceEqual(link.RowHash);
    }

    private async Task<Result<View>> Prove(SealSql sql, Id<Transaction> entry, CancellationToken ct)
    {
        if (await sql.LinkOf(SealKind.Transaction, entry.Value, ct) is not { } link) return LedgerRefusals.NotSealed;
        var before = (await sql.Before(link.County, link.Position, ct))?.Chain ?? LinkHash.Beginning;
        var view = new View(
            entry, link.Position, link.Seq, link.County, link.At, Convert.ToHexStringLower(link.RowHash),
            Convert.ToHexStringLower(before), Convert.ToHexStringLower(link.Chain));
        if (!(await ShowCheckpoint.Newest(sql, key, ct)).IsOk(out var checkpoint, out _) || checkpoint.Size <= link.Position) return view;

        var proof = await new SealLog(sql).Proof(MerkleTree.InclusionPath(link.Position, checkpoint.Size), ct);
        var root = Convert.FromBase64String(checkpoint.Root);
        return view with
        {
            Checkpoint = checkpoint, Proof = [.. proof.Select(Convert.ToBase64String)],
            Holds = await IsUnchanged(sql, link, ct) && LinkHash.Of(new(), link, before).AsSpan().SequenceEqual(link.Chain)
                && MerkleProof.Includes(MerkleTree.Leaf(link.Chain), link.Position, checkpoint.Size, proof, root),
        };
    }
}
