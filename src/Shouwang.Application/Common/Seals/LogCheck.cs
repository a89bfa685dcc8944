using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>Recomputes every chain and the Merkle log from the links, and holds tiles and signed checkpoints against them. 封存日志核对</summary>
internal sealed class LogCheck(SealSql sql, IReadOnlyList<byte[]> publicKeys, Findings found)
{
    private readonly Dictionary<AreaCode, byte[]> _chains = [];
    private readonly CanonicalRow _canonical = new();
    private readonly MerkleFrontier _tree = new();
    private readonly List<MerkleTile> _tiles = [];
    private SealCheckpoint? _last;
    private SealCheckpoint? _next;
    private int _key;

    public long Size => _tree.Size;

    public long Checkpoints { get; private set; }

    /// <summary>How much of the log the last checkpoint covers.</summary>
    public long CheckedSize => _last?.Size ?? 0;

    public async Task Run(CancellationToken ct)
    {
        await Turn(ct);
        await foreach (var link in sql.Links(ct)) await Take(link, ct);
        while (_next is not null)
        {
            found.Add("log-shorter-than-checkpoint", $"checkpoint {_next.Number}");
            await Turn(ct);
        }

        await CountRest(ct);
    }

    private async Task Take(SealLink link, CancellationToken ct)
    {
        if (link.Position != Size) found.Add("order-broken", $"position {link.Position}");
        var hash = LinkHash.Of(_canonical, link, _chains.GetValueOrDefault(link.County, LinkHash.Beginning));
        if (!hash.AsSpan().SequenceEqual(link.Chain) || link.Algorithm != SealLink.Sha256)
            found.Add("chain-broken", $"position {link.Position}");

        // What is stored goes on, so that one changed link is one finding and not all that follow.
        _chains[link.County] = link.Chain;
        _tree.Append(MerkleTree.Leaf(link.Chain.Length == MerkleTree.HashBytes ? link.Chain : hash), _tiles.Add);
        foreach (var tile in _tiles) await Compare(tile, ct);
        _tiles.Clear();
        while (_next?.Size <= Size) await Check(_next, ct);
    }

    private async Task Compare(MerkleTile tile, CancellationToken ct)
    {
        var stored = await sql.Hashes(tile.Step, new(tile.Index, tile.Index + 1), ct);
        if (stored is not [var hash] || !hash.AsSpan().SequenceEqual(tile.Hash))
            found.Add("tile-changed", $"tile {tile.Step} {tile.Index}");
    }

    private async Task Check(SealCheckpoint checkpoint, CancellationToken ct)
    {
        var where = $"checkpoint {checkpoint.Number}";
        if (checkpoint.Size != Size || !checkpoint.Root.AsSpan().SequenceEqual(_tree.Root())) found.Add("root-changed", where);
        if (!IsSigned(checkpoint)) found.Add("checkpoint-not-signed", where);
        if (checkpoint.Number != Checkpoints + 1) found.Add("checkpoint-gone", $"checkpoint {Checkpoints + 1}");
        (_last, Checkpoints) = (checkpoint, checkpoint.Number);
        await Turn(ct);
    }

    /// <summary>By one of the house's keys, and not by one that was replaced before another had signed.</summary>
    private bool IsSigned(SealCheckpoint checkpoint)
    {
        while (_key < publicKeys.Count - 1 && checkpoint.KeyId != CheckpointText.KeyIdOf(publicKeys[_key])) _key++;
        return checkpoint.KeyId == CheckpointText.KeyIdOf(publicKeys[_key])
            && CheckpointText.Of(checkpoint).IsSignedBy(publicKeys[_key], checkpoint.Algorithm, checkpoint.Signature);
    }

    /// <summary>On to the next checkpoint.</summary>
    private async Task Turn(CancellationToken ct)
    {
        var after = _next?.Number ?? long.MinValue;
        _next = await sql.Checkpoint(
            "\"Number\" = (SELECT min(\"Number\") FROM seal_checkpoint WHERE \"Number\" > @after)", ct, ("after", after));
    }

    private async Task CountRest(CancellationToken ct)
    {
        long expected = 0;
        for (var some = Size >> MerkleFrontier.TileHeight; some > 0; some >>= MerkleFrontier.TileHeight) expected += some;
        if (await sql.Number("SELECT count(*) FROM seal_tile", ct) != expected) found.Add("tiles-miscounted", $"{expected} expected");
    }
}
