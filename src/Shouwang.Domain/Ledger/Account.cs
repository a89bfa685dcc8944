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

    /// <summary>What an area has to give away; kept in stripes, so that many can be paid from it at once.</summary>
    Pool = 3,
}

/// <summary>A running total in one book. Moved only by <see cref="Transaction.Post"/>. 账户</summary>
/// <remarks>Loaded, locked and stored by the books, not by EF Core.</remarks>
public sealed class Account(Id<Account> id, AccountKey key, long floor, long? ceiling, long balance)
{
    /// <summary>The floor of an account that may go as low as it must.</summary>
    public const long NoFloor = long.MinValue / 4;

    private long _held;
    private int _version;

    public Id<Account> Id { get; } = id;

    public AccountKey Key { get; } = key;

    /// <summary>In the book's smallest unit: minutes or fen.</summary>
    public long Balance { get; private set; } = balance;

    /// <summary>The part of the balance that open holds keep for others. 预留额</summary>
    public long Held
    {
        get => _held;
        init => _held = value;
    }

    /// <summary>How many entries have moved it: each makes it one more. 版本</summary>
    public int Version
    {
        get => _version;
        init => _version = value;
    }

    /// <summary>What can be spent now. 可用额</summary>
    public long Free => Balance - Held - Floor;

    /// <summary>The balance may not go below this. 下限</summary>
    public long Floor { get; } = floor;

    /// <summary>The balance may not go above this, where there is a limit. 上限</summary>
    public long? Ceiling { get; } = ceiling;

    /// <summary>The books have written down what an entry made of it.</summary>
    public void CountEntry() => _version++;

    internal void Move(long change) => Balance += change;

    internal void Hold(long change) => _held += change;
}

/// <summary>Which account is meant: one a book, kind, holder and area. 账户键</summary>
/// <param name="Holder">The person or place that holds it; empty for the outside account and a pool.</param>
public readonly record struct AccountKey(Book Book, AccountKind Kind, Guid Holder, AreaCode Area)
{
    /// <summary>Which stripe of a pool; 0 for an account that has none. 分条</summary>
    public int Stripe { get; init; }

    public static AccountKey OfPerson<TPerson>(Book book, Id<TPerson> person, AreaCode area) =>
        new(book, AccountKind.Person, person.Value, area);

    public static AccountKey OfOutside(Book book, AreaCode area) => new(book, AccountKind.Outside, Guid.Empty, area);

    public static AccountKey OfPool(Book book, AreaCode area, int stripe) =>
        new(book, AccountKind.Pool, Guid.Empty, area) { Stripe = stripe };

    /// <summary>The floor a new account of this kind starts with.</summary>
    public long DefaultFloor => Kind == AccountKind.Outside ? Account.NoFloor : 0;
}
