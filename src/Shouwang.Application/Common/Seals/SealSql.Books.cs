using System.Data.Common;
using System.Runtime.CompilerServices;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>What else the checks read: accounts, and what belongs to nothing. 账簿读取</summary>
internal sealed partial class SealSql
{
    /// <summary>Every account as it stands.</summary>
    public async Task<List<AccountRow>> Accounts(CancellationToken ct)
    {
        var accounts = new List<AccountRow>();
        await using var reader = await ask(
            """
            SELECT "Id", "Book", "Kind", "Holder", "Area", "Floor", "Ceiling", "Balance", "Stripe", "Held" FROM ledger_account ORDER BY "Id"
            """).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            _ = Enum.TryParse<Book>(reader.GetString(1), out var book);
            _ = Enum.TryParse<AccountKind>(reader.GetString(2), out var kind);
            accounts.Add(new()
            {
                Id = Column.Id(reader, 0), Book = book, Kind = kind, Holder = Column.Id(reader, 3), Area = new(Column.Number(reader, 4)),
                Floor = Column.Number(reader, 5), Ceiling = Column.IsNull(reader, 6) ? null : Column.Number(reader, 6),
                Balance = Column.Number(reader, 7), Stripe = (int)Column.Number(reader, 8), Held = Column.Number(reader, 9),
            });
        }

        return accounts;
    }

    /// <summary>What the holds that have not ended keep of each account.</summary>
    public async Task<Dictionary<Guid, long>> Held(CancellationToken ct)
    {
        var held = new Dictionary<Guid, long>();
        await using var reader = await ask(
            """
            SELECT h."From", CAST(SUM(h."Amount") AS bigint) FROM ledger_hold h
            WHERE NOT EXISTS (SELECT 1 FROM ledger_hold_end e WHERE e."HoldId" = h."Id") GROUP BY h."From"
            """).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) held[reader.GetGuid(0)] = reader.GetInt64(1);
        return held;
    }

    /// <summary>Transactions that postings name and that are not there; the first of them.</summary>
    public Task<List<Guid>> LostPostings(CancellationToken ct) => Ids(
        """
        SELECT DISTINCT p."TransactionId" FROM ledger_posting p
        WHERE NOT EXISTS (SELECT 1 FROM ledger_transaction t WHERE t."Id" = p."TransactionId") LIMIT 1000
        """, ct);

    /// <summary>Messages that deliveries name and that are not there; the first of them.</summary>
    public Task<List<Guid>> LostDeliveries(CancellationToken ct) => Ids(
        """
        SELECT DISTINCT d."MessageId" FROM outbox_delivery d
        WHERE NOT EXISTS (SELECT 1 FROM outbox_message m WHERE m."Id" = d."MessageId") LIMIT 1000
        """, ct);

    /// <summary>Commands that announced another number of events than there are of theirs; the first of them.</summary>
    public Task<List<Guid>> LostAnnouncements(CancellationToken ct) => Ids(
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
            SELECT m."Seq", d."Reader", m."Id", m."Stream", m."Event", m."Body", m."Area", m."At", m."CommandId", m."Mark"
            FROM (SELECT * FROM outbox_message WHERE "Seq" > @after ORDER BY "Seq" LIMIT @most) m
            LEFT JOIN outbox_delivery d ON d."MessageId" = m."Id" ORDER BY m."Seq"
            """,
            ("after", after), ("most", Page)).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var seq = reader.GetInt64(0);
            if (page.Count == 0 || page[^1].Seq != seq) page.Add(new(seq, MessageAt(reader), []));
            if (!Column.IsNull(reader, 1)) page[^1].Readers.Add(reader.GetString(1));
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

    private async Task<List<Guid>> Ids(string sql, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var reader = await ask(sql).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}

/// <summary>A message of the outbox as the checks read it. 待核对消息</summary>
/// <param name="Message">Nothing where it cannot be read.</param>
internal sealed record StoredMessage(long Seq, OutboxMessage? Message, List<string> Readers);
