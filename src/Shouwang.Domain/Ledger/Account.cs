using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Ledger;

/// <summary>What a book counts: minutes of service, or fen. Accounts of different books never meet in one transaction. 账簿</summary>
public enum Book { Hours = 1, Money = 2 }

/// <summary>What an account stands for. 账户种类</summary>
public enum AccountKind
{
    /// <summary>One person's own hours or money.</summary>
    Person = 1,

    /// <summary>Value enters and leaves a book through it; its balance mirrors everything inside. One a book and area.</summary>
    Outside = 2,
}

/// <summary>A running total in one book. Moved only by <see cref="Transaction.Post"/>. 账户</summary>
/// <remarks>Loaded, locked and stored by the books, not by EF Core.</remarks>
public sealed class Account(Id<Account> id, AccountKey key, long floor, long? ceiling, long balance)
{
    /// <summary>The floor of an account that may go as low as it must.</summary>
    public const long NoFloor = long.MinValue / 4;

    public Id<Account> Id { get; } = id;

    public AccountKey Key { get; } = key;

    /// <summary>In the book's smallest unit: minutes or fen.</summary>
    public long Balance { get; private set; } = balance;

    /// <summary>The balance may not go below this. 下限</summary>
    public long Floor { get; } = floor;

    /// <summary>The balance may not go above this, where there is a limit. 上限</summary>
    public long? Ceiling { get; } = ceiling;

    internal void Move(long change) => Balance += change;
}

/// <summary>Which account is meant: one a book, kind, holder and area. 账户键</summary>
/// <param name="Holder">The person or place that holds it; empty for the outside account.</param>
public readonly record struct AccountKey(Book Book, AccountKind Kind, Guid Holder, AreaCode Area)
{
    public static AccountKey OfPerson<TPerson>(Book book, Id<TPerson> person, AreaCode area) =>
        new(book, AccountKind.Person, person.Value, area);

    public static AccountKey OfOutside(Book book, AreaCode area) => new(book, AccountKind.Outside, Guid.Empty, area);

    /// <summary>The floor a new account of this kind starts with.</summary>
    public long DefaultFloor => Kind == AccountKind.Outside ? Account.NoFloor : 0;
}
