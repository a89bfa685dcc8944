namespace Shouwang.Application.Ledger;

/// <summary>What one whole verification of the books showed, and when. Append-only. 核对记录</summary>
public sealed class BookCheck
{
    /// <summary>The command that asked for it.</summary>
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public long Millis { get; init; }
    public long Transactions { get; init; }

    /// <summary>Entries of the sealed log.</summary>
    public long Sealed { get; init; }
    public int Findings { get; init; }

    /// <summary>The first findings, one a line.</summary>
    public string First { get; init; } = "";
}
