using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>The proof that the sealed log of then is the beginning of the log of now, for who kept a checkpoint. 一致性证明</summary>
public sealed class ProveConsistency(Workspace work)
{
    /// <param name="Hashes">Base64, from the leaves up (RFC 9162).</param>
    public sealed record View(long From, long To, IReadOnlyList<string> Hashes);

    /// <param name="from">The size of the log then.</param>
    /// <param name="to">The size of the log now; what is sealed so far when not given.</param>
    public Task<Result<View>> Run(long from, long? to, CancellationToken ct) =>
        work.ReadWhole(Actor.System(AreaCode.Nation), db => Prove(SealSql.On(db), from, to, ct), ct);

    private static async Task<Result<View>> Prove(SealSql sql, long from, long? until, CancellationToken ct)
    {
        var size = await sql.Size(ct);
        var to = until ?? size;
        if (to < 0 || to > size) return CommonRefusals.BadInput.On("to");
        if (from < 0 || from > to) return CommonRefusals.BadInput.On("from");
        var proof = await new SealLog(sql).Proof(MerkleTree.ConsistencyPath(from, to), ct);
        return new View(from, to, [.. proof.Select(Convert.ToBase64String)]);
    }
}
