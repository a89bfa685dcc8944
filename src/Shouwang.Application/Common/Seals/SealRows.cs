using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common.Seals;

/// <summary>What is sealed. 封存种类</summary>
public enum SealKind
{
    /// <summary>A row of the audit log.</summary>
    Audit = 1,

    /// <summary>A transaction of the ledger with its postings.</summary>
    Transaction = 2,

    /// <summary>A refused, forbidden or failed attempt.</summary>
    SecurityEvent = 3,

    /// <summary>A hold.</summary>
    Hold = 4,

    /// <summary>How a hold ended.</summary>
    HoldEnd = 5,
}

/// <summary>One link of a county's chain and one entry of the Merkle log: which row was sealed, its hash, and the hash of everything in the
/// chain up to it. Append-only. 封存环节</summary>
public sealed class SealLink
{
    /// <summary>SHA-256 for row, link and tree; another one would get another number.</summary>
    public const int Sha256 = 1;

    /// <summary>0, 1, 2 … through the whole log.</summary>
    public long Position { get; init; }
    public SealKind Kind { get; init; }

    /// <summary>The row's own number in its table.</summary>
    public long Seq { get; init; }

    /// <summary>The command's, the transaction's, the hold's or the event's id.</summary>
    public Guid Subject { get; init; }

    /// <summary>Whose chain: the county, or the larger area itself for what stands above counties.</summary>
    public AreaCode County { get; init; }

    /// <summary>When it was sealed.</summary>
    public DateTimeOffset At { get; init; }
    public int Algorithm { get; init; }
    public byte[] RowHash { get; init; } = [];
    public byte[] Chain { get; init; } = [];

    /// <summary>The same link with its hash.</summary>
    internal SealLink With(byte[] chain) => new()
    {
        Position = Position, Kind = Kind, Seq = Seq, Subject = Subject, County = County, At = At, Algorithm = Algorithm, RowHash = RowHash,
        Chain = chain,
    };
}

/// <summary>The hash over 256 neighbours of the Merkle log, so that proofs read little. Append-only. 瓦片</summary>
public sealed class SealTile
{
    /// <summary>1 for 256 entries, 2 for 65,536 …</summary>
    public int Step { get; init; }
    public long Number { get; init; }
    public byte[] Hash { get; init; } = [];
}

/// <summary>A signed statement of how long the log is and what its root is. Append-only. 检查点</summary>
public sealed class SealCheckpoint
{
    /// <summary>ECDSA over P-256 with SHA-256; another one would get another number.</summary>
    public const int EcdsaP256 = 1;

    /// <summary>1, 2, 3 …</summary>
    public long Number { get; init; }

    /// <summary>Which house.</summary>
    public string Origin { get; init; } = "";
    public long Size { get; init; }
    public byte[] Root { get; init; } = [];
    public DateTimeOffset At { get; init; }
    public int Algorithm { get; init; }
    public string KeyId { get; init; } = "";
    public byte[] Signature { get; init; } = [];
}
