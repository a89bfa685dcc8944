using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>Where the sealed log ends: the edge of its Merkle tree and the last hash of every chain, and the links that are about to be
/// added. 日志末端</summary>
internal sealed class SealTip(MerkleFrontier frontier, Dictionary<AreaCode, byte[]> chains)
{
    private readonly CanonicalRow _canonical = new();
    private readonly List<SealLink> _links = [];
    private readonly List<MerkleTile> _tiles = [];

    public MerkleFrontier Frontier { get; } = frontier;

    public long Size => Frontier.Size;

    /// <summary>The same end, to try a batch on: should the database not keep it, this one is still true.</summary>
    public SealTip Copy() => new(Frontier.Copy(), new(chains));

    /// <summary>Puts a row at the end.</summary>
    public async Task Append(SealSql sql, SealKind kind, StoredRow row, DateTimeOffset now, CancellationToken ct)
    {
        if (!chains.TryGetValue(row.County, out var before))
            before = (await sql.Before(row.County, Size, ct))?.Chain ?? LinkHash.Beginning;
        var link = new SealLink
        {
            Position = Size, Kind = kind, Seq = row.Seq, Subject = row.Subject, County = row.County, At = Whole(now),
            Algorithm = SealLink.Sha256, RowHash = row.Hash,
        };
        var hash = LinkHash.Of(_canonical, link, before);
        chains[row.County] = hash;
        _links.Add(link.With(hash));
        Frontier.Append(MerkleTree.Leaf(hash), _tiles.Add);
    }

    /// <summary>Writes what was put at the end.</summary>
    public async Task Store(Books books, CancellationToken ct)
    {
        await books.InsertAll(
            "seal_link",
            [
                ("Position", Of(l => l.Position)), ("Kind", Of(l => l.Kind.ToString())), ("Seq", Of(l => l.Seq)),
                ("Subject", Of(l => l.Subject)), ("County", Of(l => l.County.Value)), ("At", Of(l => l.At.UtcDateTime)),
                ("Algorithm", Of(l => l.Algorithm)), ("RowHash", Of(l => l.RowHash)), ("Chain", Of(l => l.Chain)),
            ],
            ct);
        await books.InsertAll(
            "seal_tile",
            [
                ("Step", _tiles.Select(t => t.Step).ToArray()), ("Number", _tiles.Select(t => t.Index).ToArray()),
                ("Hash", _tiles.Select(t => t.Hash).ToArray()),
            ],
            ct);
        _links.Clear();
        _tiles.Clear();
    }

    /// <summary>Microseconds: what both databases keep.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private T[] Of<T>(Func<SealLink, T> column) => [.. _links.Select(column)];
}
