using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>Where the sealed log ends: the edge of its Merkle tree and the last hash of every chain, and the links that are about to be
/// added. 日志末端</summary>
internal sealed class SealTip(MerkleFrontier frontier, Dictionary<AreaCode, byte[]> chains)
{
    /// <summary>Rows of one INSERT.</summary>
    private const int AtOnce = 50;

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
        foreach (var some in _links.Chunk(AtOnce)) await books.Execute(InsertLinks(some.Length), ct, [.. some.SelectMany(ValuesOf)]);
        foreach (var tile in _tiles)
        {
            await books.Execute(
                "INSERT INTO seal_tile (\"Step\", \"Number\", \"Hash\") VALUES (@step, @number, @hash)", ct,
                ("step", tile.Step), ("number", tile.Index), ("hash", tile.Hash));
        }

        _links.Clear();
        _tiles.Clear();
    }

    /// <summary>Microseconds: what both databases keep.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static string InsertLinks(int count) =>
        "INSERT INTO seal_link (\"Position\", \"Kind\", \"Seq\", \"Subject\", \"County\", \"At\", \"Algorithm\", \"RowHash\", \"Chain\") VALUES "
        + string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@p{i}, @k{i}, @s{i}, @i{i}, @c{i}, @t{i}, @a{i}, @r{i}, @h{i})"));

    private static IEnumerable<(string, object)> ValuesOf(SealLink link, int i) =>
    [
        ($"p{i}", link.Position), ($"k{i}", link.Kind.ToString()), ($"s{i}", link.Seq), ($"i{i}", link.Subject),
        ($"c{i}", link.County.Value), ($"t{i}", link.At.UtcDateTime), ($"a{i}", link.Algorithm),
        ($"r{i}", link.RowHash), ($"h{i}", link.Chain),
    ];
}
