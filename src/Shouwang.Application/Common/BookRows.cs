using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

// The tables that Books writes by prepared SQL. EF Core knows them for migrations and for reading, never for writing.

/// <summary>A stored account. 账户</summary>
public sealed class AccountRow : IInArea
{
    public Guid Id { get; init; }
    public Book Book { get; init; }
    public AccountKind Kind { get; init; }
    public Guid Holder { get; init; }
    public AreaCode Area { get; init; }

    /// <summary>Which stripe of a pool; 0 for an account that has none.</summary>
    public int Stripe { get; init; }
    public long Floor { get; init; }
    public long? Ceiling { get; init; }
    public long Balance { get; init; }

    /// <summary>The sum of its open holds; kept by the database itself, from the rows of the holds.</summary>
    public long Held { get; init; }
    public int Version { get; init; }
}

/// <summary>A stored transaction. 凭证</summary>
public sealed class TransactionRow : IInArea
{
    /// <summary>In the order of writing; what the seals go by.</summary>
    public long Seq { get; init; }
    public Guid Id { get; init; }
    public Book Book { get; init; }
    public AreaCode Area { get; init; }
    public string Reason { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public Guid? Reverses { get; init; }

    /// <summary>The first of those that stand or fall together with it.</summary>
    public Guid? LinkedTo { get; init; }

    /// <summary>Made by the house for this very row; who can write the database but has not the keys cannot make one.</summary>
    public byte[]? Mark { get; init; }
}

/// <summary>A stored hold: an entry that is pending and moves nothing. 预留</summary>
public sealed class HoldRow : IInArea
{
    /// <summary>In the order of writing; what the seals go by.</summary>
    public long Seq { get; init; }
    public Guid Id { get; init; }
    public Book Book { get; init; }
    public AreaCode Area { get; init; }
    public string Reason { get; init; } = "";
    public Guid From { get; init; }
    public Guid To { get; init; }
    public long Amount { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset Until { get; init; }

    /// <summary>Made by the house for this very row; who can write the database but has not the keys cannot make one.</summary>
    public byte[]? Mark { get; init; }
}

/// <summary>How a stored hold ended. 预留终结</summary>
public sealed class HoldEndRow
{
    /// <summary>In the order of writing; what the seals go by.</summary>
    public long Seq { get; init; }
    public Guid HoldId { get; init; }
    public HoldOutcome Outcome { get; init; }
    public long Amount { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The transaction that paid it.</summary>
    public Guid? PaidBy { get; init; }

    /// <summary>Made by the house for this very row; who can write the database but has not the keys cannot make one.</summary>
    public byte[]? Mark { get; init; }
}

/// <summary>A stored posting. 分录</summary>
public sealed class PostingRow
{
    public Guid TransactionId { get; init; }
    public int Line { get; init; }
    public Guid From { get; init; }
    public Guid To { get; init; }
    public long Amount { get; init; }
}

/// <summary>One change: who asked for what, where, when, and what they were told. Append-only; its key is the command's id,
/// so it is also what makes asking twice safe. 操作日志</summary>
public sealed class AuditEntry : IInArea
{
    public long Seq { get; init; }
    public Guid CommandId { get; init; }

    /// <summary>The use case: "care.RecordVisit".</summary>
    public string Command { get; init; } = "";

    /// <summary>Keyed hash of what was asked; never the content.</summary>
    public string Asked { get; init; } = "";

    /// <summary>The receipt: ids and numbers only.</summary>
    public string Answered { get; init; } = "";
    public Guid Actor { get; init; }
    public string Role { get; init; } = "";
    public AreaCode Area { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>How many events it put in the outbox.</summary>
    public int Announced { get; init; }

    /// <summary>Keyed SHA-256 over the columns above, but for the sequence.</summary>
    public string RowHash { get; init; } = "";
}

/// <summary>A refused, forbidden or failed attempt; append-only, apart from the audit log. 安全事件</summary>
public sealed class SecurityEvent : IInArea
{
    public long Seq { get; init; }

    /// <summary>Its own: so that a copy of it cannot pass for another.</summary>
    public Guid Id { get; init; }

    /// <summary>"common.forbidden", "signin.failed", "signin.locked" …</summary>
    public string Code { get; init; } = "";
    public string Command { get; init; } = "";
    public Guid Actor { get; init; }
    public string Role { get; init; } = "";
    public AreaCode Area { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Made by the house for this very row; who can write the database but has not the keys cannot make one.</summary>
    public byte[]? Mark { get; init; }
}

/// <summary>An event waiting to be told to the rest of the house. 待发消息</summary>
public sealed class OutboxMessage : IInArea
{
    public long Seq { get; init; }
    public Guid Id { get; init; }
    public Guid Stream { get; init; }
    public string Event { get; init; } = "";
    public string Body { get; init; } = "";
    public AreaCode Area { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>What announced it; nothing for what was stored past the use cases.</summary>
    public Guid? CommandId { get; init; }

    /// <summary>Made by the house for this very row; who can write the database but has not the keys cannot make one.</summary>
    public byte[]? Mark { get; init; }
}

/// <summary>One event for one reader: how often tried, when next, what went wrong. 投递</summary>
public sealed class OutboxDelivery : IInArea
{
    public Guid MessageId { get; init; }
    public string Reader { get; init; } = "";
    public long Seq { get; init; }
    public Guid Stream { get; init; }
    public AreaCode Area { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset NextTry { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? GaveUpAt { get; init; }
}
