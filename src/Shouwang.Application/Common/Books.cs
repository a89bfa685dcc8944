using System.Data.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

/// <summary>Ledger, audit log, outbox and repeats, written by prepared SQL outside EF Core's tracking, inside the transaction of one
/// command.</summary>
/// <remarks>What differs between the two databases stands in Books.Sqlite.cs and Books.Postgres.cs; holds, pools and the outbox have files
/// of their own.</remarks>
public abstract partial class Books(Lazy<KeyRing> keys)
{
    private const string AccountColumns = "\"Id\", \"Floor\", \"Ceiling\", \"Balance\", \"Held\", \"Version\"";

    private readonly CanonicalRow _canonical = new();

    /// <summary>When the command runs; the unit of work says it.</summary>
    internal DateTimeOffset Now { get; set; }

    /// <summary>A command for this text, prepared where the database allows it.</summary>
    protected abstract DbCommand Command(string sql);

    /// <summary>What makes a second writer of the same row wait.</summary>
    protected abstract string LockRow { get; }

    /// <summary>Runs statements one after another. Where the database is far away they wait for the next journey there, at the latest for
    /// the commit.</summary>
    /// <param name="statements">Each is run before the next is made, where there is no journey: its text may be prepared only once.</param>
    protected abstract Task ExecuteAll(IEnumerable<DbCommand> statements, CancellationToken ct);

    /// <summary>Makes other bearers of the same command id wait until this one is decided.</summary>
    public abstract Task OneAtATime(Guid commandId, CancellationToken ct);

    /// <summary>Waits until other bearers of the same command id are decided, then says what it was answered before.</summary>
    internal abstract Task<Repeat?> Meet(Guid commandId, CancellationToken ct);

    /// <summary>Before what was stored earlier is acknowledged again: says whether a commit must show first that it is everywhere it has to
    /// be, and if so prepares it.</summary>
    internal abstract bool Reassure();

    /// <summary>Takes accounts for writing: creates what is missing, locks in id order, reads.</summary>
    public async Task<IReadOnlyDictionary<AccountKey, Account>> Take(CancellationToken ct, params AccountKey[] keys)
    {
        var taken = new Dictionary<AccountKey, Account>();
        foreach (var (key, id) in keys.Distinct().Select(k => (k, DerivedId.Of(k))).OrderBy(k => k.Item2.Value))
        {
            taken[key] = await TakeOne(key, id, ct) ?? await Open(key, id, ct);
        }

        return taken;
    }

    /// <summary>Takes the accounts that these holders already have in a book, locked in id order. Someone without one is simply
    /// missing.</summary>
    public async Task<IReadOnlyList<Account>> TakeOf(Book book, CancellationToken ct, params Guid[] holders)
    {
        var taken = new List<Account>();
        await using (var reader = await OfHolders(book, holders).ExecuteReaderAsync(ct)) await Read(reader, book, taken, ct);
        return await Released(taken, ct);
    }

    /// <summary>Takes them, and says whether a question finds anything; where the database is far away, in one journey.</summary>
    /// <param name="question">A statement that changes nothing; asked before they are locked.</param>
    internal async Task<(IReadOnlyList<Account> Taken, bool Found)> TakeOf(
        Book book, DbCommand question, CancellationToken ct, params Guid[] holders)
    {
        var taken = new List<Account>();
        var found = await AskAndRead(question, OfHolders(book, holders), rows => Read(rows, book, taken, ct), ct);
        return (await Released(taken, ct), found);
    }

    /// <summary>Says whether one statement finds anything, and lets somebody read what another one finds.</summary>
    private protected virtual async Task<bool> AskAndRead(
        DbCommand question, DbCommand rows, Func<DbDataReader, Task> read, CancellationToken ct)
    {
        var found = await question.ExecuteScalarAsync(ct) is not null;
        await using var reader = await rows.ExecuteReaderAsync(ct);
        await read(reader);
        return found;
    }

    private DbCommand OfHolders(Book book, Guid[] holders)
    {
        Settle();
        var distinct = holders.Distinct().ToList();
        return With(
            $"""
            SELECT {AccountColumns}, "Holder", "Area" FROM ledger_account WHERE "Book" = @book AND "Kind" = @kind
            AND "Holder" IN ({string.Join(", ", distinct.Select((_, i) => $"@holder{i}"))}) ORDER BY "Id"{LockRow}
            """,
            [("book", book.ToString()), ("kind", nameof(AccountKind.Person)), .. distinct.Select((h, i) => ($"holder{i}", (object)h))]);
    }

    private static async Task Read(DbDataReader reader, Book book, List<Account> taken, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            taken.Add(await AccountAt(reader, new(book, AccountKind.Person, reader.GetGuid(6), new(reader.GetInt64(7))), ct));
    }

    private async Task<IReadOnlyList<Account>> Released(List<Account> taken, CancellationToken ct)
    {
        foreach (var account in taken.Where(a => a.Held > 0)) await ReleaseExpired(account, ct);
        return taken;
    }

    /// <summary>Stores a transaction, its postings and the new balances.</summary>
    public async Task Write(Transaction written, IReadOnlyCollection<Account> accounts, CancellationToken ct)
    {
        await ExecuteAll(
            Enumerable.Repeat(written, 1).Select(HeadOf).Concat(written.Postings.Select(p => LineOf(written, p)))
                .Concat(Stored(accounts)),
            ct);
        foreach (var account in accounts) account.CountEntry();
    }

    private DbCommand HeadOf(Transaction written) => Statement(
            """
            INSERT INTO ledger_transaction ("Id", "Book", "Area", "Reason", "At", "Reverses", "LinkedTo", "Mark")
            VALUES (@id, @book, @area, @reason, @at, @reverses, @linked, @mark)
            """,
            ("id", written.Id.Value), ("book", written.Book.ToString()), ("area", written.Area.Value), ("reason", written.Reason),
            ("at", written.At.UtcDateTime), ("reverses", (object?)written.Reverses?.Value ?? DBNull.Value),
            ("linked", (object?)written.LinkedTo?.Value ?? DBNull.Value),
            ("mark", LedgerForm.Of(_canonical, written).Marked(keys.Value, LedgerForm.TransactionMark)));

    private DbCommand LineOf(Transaction written, Posting posting) => Statement(
        """INSERT INTO ledger_posting ("TransactionId", "Line", "From", "To", "Amount") VALUES (@id, @line, @from, @to, @amount)""",
        ("id", written.Id.Value), ("line", posting.Line), ("from", posting.From.Value), ("to", posting.To.Value),
        ("amount", posting.Amount));

    private protected DbCommand BalanceOf(Account account) => Statement(
        """UPDATE ledger_account SET "Balance" = @balance, "Version" = "Version" + 1 WHERE "Id" = @id""",
        ("balance", account.Balance), ("id", account.Id.Value));

    /// <summary>What keeps the accounts' new balances.</summary>
    private protected virtual IEnumerable<DbCommand> Stored(IEnumerable<Account> accounts) => accounts.Select(BalanceOf);

    /// <summary>What this command id was answered before, if it was.</summary>
    public async Task<Repeat?> Earlier(Guid commandId, CancellationToken ct)
    {
        await using var reader = await RepeatOf(commandId).ExecuteReaderAsync(ct);
        return await RepeatAt(reader, ct);
    }

    private protected DbCommand RepeatOf(Guid commandId) =>
        Statement("""SELECT "Command", "Asked", "Answered", "Actor" FROM audit_entry WHERE "CommandId" = @id""", ("id", commandId));

    private protected static async Task<Repeat?> RepeatAt(DbDataReader reader, CancellationToken ct) => await reader.ReadAsync(ct)
        ? new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetGuid(3)) : null;

    /// <summary>Appends to the audit log: the last thing a command writes, so it may travel with the commit.</summary>
    public abstract Task Record(AuditEntry entry, CancellationToken ct);

    private protected DbCommand EntryOf(AuditEntry entry) => Statement(
        """
        INSERT INTO audit_entry ("CommandId", "Command", "Asked", "Answered", "Actor", "Role", "Area", "At", "Announced", "RowHash")
        VALUES (@id, @command, @asked, @answered, @actor, @role, @area, @at, @announced, @hash)
        """,
        ("id", entry.CommandId), ("command", entry.Command), ("asked", entry.Asked), ("answered", entry.Answered), ("actor", entry.Actor),
        ("role", entry.Role), ("area", entry.Area.Value), ("at", entry.At.UtcDateTime), ("announced", entry.Announced),
        ("hash", entry.RowHash));

    /// <summary>Appends to the security events, with the house's mark.</summary>
    public Task Report(SecurityEvent happened, CancellationToken ct) => Execute(
        """
        INSERT INTO audit_security_event ("Id", "Code", "Command", "Actor", "Role", "Area", "At", "Mark")
        VALUES (@id, @code, @command, @actor, @role, @area, @at, @mark)
        """,
        ct,
        ("id", happened.Id), ("code", happened.Code), ("command", happened.Command), ("actor", happened.Actor), ("role", happened.Role),
        ("area", happened.Area.Value), ("at", happened.At.UtcDateTime),
        ("mark", EventForm.Of(_canonical, happened).Marked(keys.Value, EventForm.EventMark)));

    private async Task<Account?> TakeOne(AccountKey key, Id<Account> id, CancellationToken ct)
    {
        var account = await Find(key, id, ct);
        if (account?.Held > 0) await ReleaseExpired(account, ct);
        return account;
    }

    /// <summary>Reads and locks an account.</summary>
    protected virtual async Task<Account?> Find(AccountKey key, Id<Account> id, CancellationToken ct)
    {
        var command = With($"SELECT {AccountColumns} FROM ledger_account WHERE \"Id\" = @id{LockRow}", ("id", id.Value));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? await AccountAt(reader, key, ct) : null;
    }

    private static async Task<Account> AccountAt(DbDataReader reader, AccountKey key, CancellationToken ct)
    {
        long? ceiling = await reader.IsDBNullAsync(2, ct) ? null : reader.GetInt64(2);
        return new(new(reader.GetGuid(0)), key, reader.GetInt64(1), ceiling, reader.GetInt64(3))
        {
            Held = reader.GetInt64(4), Version = reader.GetInt32(5),
        };
    }

    /// <summary>Brings to the tables what is still in memory, before somebody reads them.</summary>
    protected virtual void Settle()
    {
    }

    /// <summary>Brings everything to the tables before a hold changes there how much of an account is held, and knows nothing of it by
    /// heart afterwards.</summary>
    protected virtual void SettleForHold()
    {
    }

    /// <summary>From here on this command's entities are read beside the books, so nothing stays in memory alone.</summary>
    internal virtual void WriteThrough()
    {
    }

    /// <summary>First touch: the row is made before it is locked, so that two first writers meet at the same row.</summary>
    private async Task<Account> Open(AccountKey key, Id<Account> id, CancellationToken ct)
    {
        await Execute(
            """
            INSERT INTO ledger_account ("Id", "Book", "Kind", "Holder", "Area", "Stripe", "Floor", "Ceiling", "Balance", "Held", "Version")
            VALUES (@id, @book, @kind, @holder, @area, @stripe, @floor, NULL, 0, 0, 0) ON CONFLICT DO NOTHING
            """,
            ct,
            ("id", id.Value), ("book", key.Book.ToString()), ("kind", key.Kind.ToString()), ("holder", key.Holder),
            ("area", key.Area.Value), ("stripe", key.Stripe), ("floor", key.DefaultFloor));
        return await TakeOne(key, id, ct) ?? throw new InvalidOperationException("An account that was just opened is gone.");
    }

    /// <summary>Appends rows given column by column, in as few journeys as the database allows; none is fine.</summary>
    internal abstract Task InsertAll(string table, IReadOnlyList<(string Column, Array Values)> columns, CancellationToken ct);

    /// <summary>Runs one statement inside this command's transaction.</summary>
    internal async Task Execute(string sql, CancellationToken ct, params (string Name, object Value)[] values) =>
        await With(sql, values).ExecuteNonQueryAsync(ct);

    /// <summary>A statement with its values, inside this command's transaction; it finds whatever this command has written.</summary>
    internal DbCommand With(string sql, params (string Name, object Value)[] values)
    {
        Deliver();
        return Statement(sql, values);
    }

    /// <summary>Brings to the database what was written and still waits for company.</summary>
    protected virtual void Deliver()
    {
    }

    /// <summary>A statement that need not find what this command has written.</summary>
    private protected DbCommand Statement(string sql, params (string Name, object Value)[] values)
    {
        var command = Command(sql);
        for (var i = 0; i < values.Length; i++) Bind(command, i, values[i].Name, values[i].Value);
        return command;
    }

    /// <summary>Gives a named parameter its value.</summary>
    /// <param name="at">Which of the statement's parameters it is; the same at every call.</param>
    protected abstract void Bind(DbCommand command, int at, string name, object value);
}

/// <summary>What a command id was asked and answered before. 重复请求</summary>
/// <param name="Command">The use case: "Ledger.ReverseTransaction".</param>
public sealed record Repeat(string Command, string Asked, string Answered, Guid Actor);
