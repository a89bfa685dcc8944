using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>What else the checks read: accounts, and what belongs to nothing. 账簿读取</summary>
internal sealed partial class SealSql
{
    /// <summary>Every account as it stands.</summary>
    /// <param name="garbled">Is told the id of one that cannot be read, as it stands there.</param>
    public async Task<List<AccountRow>> Accounts(Action<string> garbled, CancellationToken ct)
    {
        var accounts = new List<AccountRow>();
        await using var reader = await ask(
            """
            SELECT "Id", "Book", "Kind", "Holder", "Area", "Floor", "Ceiling", "Balance", "Stripe", "Held", "Version" FROM ledger_account
            ORDER BY "Id"
            """).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            try
            {
                accounts.Add(AccountAt(reader));
            }
            catch (Exception e) when (RowSource.IsGarbled(e))
            {
                garbled(Column.Raw(reader, 0));
            }
        }

        return accounts;
    }

    private static AccountRow AccountAt(DbDataReader reader) => new()
    {
        Id = Column.Id(reader, 0), Book = Column.Named<Book>(reader, 1), Kind = Column.Named<AccountKind>(reader, 2),
        Holder = Column.Id(reader, 3), Area = new(Column.Number(reader, 4)), Floor = Column.Number(reader, 5),
        Ceiling = Column.IsNull(reader, 6) ? null : Column.Number(reader, 6), Balance = Column.Number(reader, 7),
        Stripe = Column.Small(reader, 8), Held = Column.Number(reader, 9), Version = Column.Small(reader, 10),
    };

    /// <summary>What the holds that have not ended keep of each account. A hold that cannot be read keeps nothing: whoever checks the holds
    /// names it.</summary>
    public async Task<Dictionary<Guid, long>> Held(CancellationToken ct)
    {
        var held = new Dictionary<Guid, long>();
        await using var reader = await ask(
            """
            SELECT h."From", h."Amount" FROM ledger_hold h
            WHERE NOT EXISTS (SELECT 1 FROM ledger_hold_end e WHERE e."HoldId" = h."Id")
            """).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            try
            {
                var (from, amount) = (Column.Id(reader, 0), Column.Number(reader, 1));
                held[from] = unchecked(held.GetValueOrDefault(from) + amount);
            }
            catch (Exception e) when (RowSource.IsGarbled(e))
            {
                continue;
            }
        }

        return held;
    }

    /// <summary>Transactions that postings name and that are not there; the first of them.</summary>
    public Task<List<string>> LostPostings(CancellationToken ct) => Ids(
        """
        SELECT DISTINCT p."TransactionId" FROM ledger_posting p
        WHERE NOT EXISTS (SELECT 1 FROM ledger_transaction t WHERE t."Id" = p."TransactionId") LIMIT 1000
        """, ct);

    /// <summary>Messages that deliveries name and that are not there; the first of them.</summary>
    public Task<List<string>> LostDeliveries(CancellationToken ct) => Ids(
        """
        SELECT DISTINCT d."MessageId" FROM outbox_delivery d
        WHERE NOT EXISTS (SELECT 1 FROM outbox_message m WHERE m."Id" = d."MessageId") LIMIT 1000
        """, ct);

    /// <summary>Commands that announced another number of events than there are of theirs; the first of them.</summary>
    public Task<List<string>> LostAnnouncements(CancellationToken ct) => Ids(
        """
        SELECT a."CommandId" FROM audit_entry a LEFT JOIN
        (SELECT "CommandId", count(*) AS "There" FROM outbox_message WHERE "CommandId" IS NOT NULL GROUP BY "CommandId") m
        ON m."CommandId" = a."CommandId" WHERE a."Announced" <> coalesce(m."There", 0) LIMIT 1000
        """, ct);

    /// <summary>Every message of the outbox, with those it goes to.</summary>
    public async IAsyncEnumerable<StoredMessage> Messages([EnumeratorCancellation] CancellationToken ct)
    {
        var (after, page) = (long.MinValue, new List<StoredMessage>());
        do
        {
            page = await MessagesAfter(after, ct);
            foreach (var message in page) yield return message;
            if (page.Count > 0) after = page[^1].Seq;
        }
        while (page.Count == Page);
    }

    private async Task<List<StoredMessage>> MessagesAfter(long after, CancellationToken ct)
    {
        var page = new List<StoredMessage>();
        await using var reader = await ask(
            """
            SELECT m."Seq", d."Reader", m."Id", m."Stream", m."Event", m."Body", m."Area", m."At", m."CommandId", m."Mark", d."Seq"
            FROM (SELECT * FROM outbox_message WHERE "Seq" > @after ORDER BY "Seq" LIMIT @most) m
            LEFT JOIN outbox_delivery d ON d."MessageId" = m."Id" ORDER BY m."Seq"
            """,
            ("after", after), ("most", Page)).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var seq = Column.Number(reader, 0);
            if (page.Count == 0 || page[^1].Seq != seq) page.Add(new(seq, Column.Raw(reader, 2), MessageAt(reader), []));
            if (!Column.IsNull(reader, 1)) page[^1].Deliveries.Add((reader.GetString(1), reader.GetValue(10) is long order ? order : null));
        }

        return page;
    }

    /// <summary>The message in a row; nothing where someone put into it what no column can hold.</summary>
    private static OutboxMessage? MessageAt(DbDataReader reader)
    {
        try
        {
            return new()
            {
                Id = Column.Id(reader, 2), Stream = Column.Id(reader, 3), Event = reader.GetString(4), Body = reader.GetString(5),
                Area = new(Column.Number(reader, 6)), At = new(StoredMoment.At(reader, 7)), CommandId = Column.IdIfAny(reader, 8),
                Mark = Column.IsNull(reader, 9) ? null : Column.Hash(reader, 9),
            };
        }
        catch (Exception garbled) when (RowSource.IsGarbled(garbled))
        {
            return null;
        }
    }

    /// <summary>What earlier verifications wrote down, each with what the audit log has of it; either may be missing.</summary>
    public async IAsyncEnumerable<(string Id, string? Answered, BookCheck? Check)> Checks([EnumeratorCancellation] CancellationToken ct)
    {
        await using var reader = await ask(
            """
            SELECT "CommandId", "Answered", c."Id", c."At", "Millis", "Transactions", "Sealed", "Findings", "First"
            FROM audit_entry LEFT JOIN audit_check c ON c."Id" = "CommandId" WHERE "Command" = @command
            UNION ALL SELECT "Id", NULL, NULL, NULL, 0, 0, 0, 0, NULL FROM audit_check c
            WHERE NOT EXISTS (SELECT 1 FROM audit_entry WHERE "CommandId" = c."Id" AND "Command" = @command)
            """,
            ("command", AuditRows.NameOf<CheckBooks.Command>())).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return (Column.Raw(reader, 0), Column.IsNull(reader, 1) ? null : reader.GetString(1), CheckAt(reader));
    }

    /// <summary>What was written down; nothing where it is missing or cannot be read.</summary>
    private static BookCheck? CheckAt(DbDataReader reader)
    {
        try
        {
            if (Column.IsNull(reader, 2)) return null;
            return new()
            {
                Id = Column.Id(reader, 2), At = new(StoredMoment.At(reader, 3)), Millis = Column.Number(reader, 4),
                Transactions = Column.Number(reader, 5), Sealed = Column.Number(reader, 6), Findings = Column.Small(reader, 7),
                First = reader.GetString(8),
            };
        }
        catch (Exception garbled) when (RowSource.IsGarbled(garbled))
        {
            return null;
        }
    }

    /// <summary>What is wrong with the file, as SQLite says it: pages that are none, indexes that miss rows. Nothing where a server keeps
    /// its own files.</summary>
    public async Task<List<string>> Damages(CancellationToken ct)
    {
        var command = ask("PRAGMA integrity_check(20)");
        if (command is not SqliteCommand) return [];
        var said = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) said.Add(reader.GetString(0));
        return said is ["ok"] ? [] : said;
    }

    /// <summary>What SQLite says of a file that it cannot read on in; nothing for anything else.</summary>
    public static string? DamageIn(Exception? e) => e is SqliteException { SqliteErrorCode: 11 or 26 } damage ? damage.Message : null;

    private async Task<List<string>> Ids(string sql, CancellationToken ct)
    {
        var ids = new List<string>();
        await using var reader = await ask(sql).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ids.Add(Column.Raw(reader, 0));
        return ids;
    }
}

/// <summary>A message of the outbox as the checks read it. 待核对消息</summary>
/// <param name="Id">As it stands there, whether it is one or not.</param>
/// <param name="Message">Nothing where it cannot be read.</param>
/// <param name="Deliveries">To whom, and in which place of the order.</param>
internal sealed record StoredMessage(long Seq, string Id, OutboxMessage? Message, List<(string Reader, long? Order)> Deliveries);
