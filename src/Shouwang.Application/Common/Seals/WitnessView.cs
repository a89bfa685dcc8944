namespace Shouwang.Application.Common.Seals;

/// <summary>What somebody who keeps checkpoints outside the house says to a new one. 见证判断</summary>
public static class WitnessView
{
    /// <summary>What is wrong with a checkpoint beside the last one kept: "other-house", "rolled-back", "rewritten"; null when it simply
    /// goes on.</summary>
    /// <param name="kept">The last one kept.</param>
    /// <param name="fresh">What the house shows now; its signature was checked already.</param>
    /// <param name="proof">That the log of then is the beginning of the log of now.</param>
    public static string? Complaint(CheckpointText kept, CheckpointText fresh, IReadOnlyList<byte[]> proof)
    {
        if (fresh.Origin != kept.Origin) return "other-house";
        if (fresh.Number < kept.Number || fresh.Size < kept.Size) return "rolled-back";
        if (fresh.Number == kept.Number) return fresh.ToString() == kept.ToString() ? null : "rewritten";
        return MerkleProof.Continues(new(kept.Size, kept.Root), new(fresh.Size, fresh.Root), proof) ? null : "rewritten";
    }
}
