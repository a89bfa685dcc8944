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

    /// <summary>Every event that was announced, with those it goes to.</summary>
    public async IAsyncEnumerable<(Guid Message, string Event, List<string> Readers)> Announced(
        [EnumeratorCancellation] CancellationToken ct)
    {
        var (after, page) = (long.MinValue, new List<(long Seq, Guid Id, string Event, List<string> Readers)>());
        do
        {
            page = await AnnouncedAfter(after, ct);
            foreach (var message in page) yield return (message.Id, message.Event, message.Readers);
            if (page.Count > 0) after = page[^1].Seq;
        }
        while (page.Count == Page);
    }

    private async Task<List<(long Seq, Guid Id, string Event, List<string> Readers)>> AnnouncedAfter(long after, CancellationToken ct)
    {
        var page = new List<(long Seq, Guid Id, string Event, List<string> Readers)>();
        await using var reader = await ask(
            """
            SELECT m."Seq", m."Id", m."Event", d."Reader"
            FROM (SELECT "Seq", "Id", "Event" FROM outbox_message WHERE "Seq" > @after ORDER BY "Seq" LIMIT @most) m
            LEFT JOIN outbox_delivery d ON d."MessageId" = m."Id" ORDER BY m."Seq"
            """,
            ("after", after), ("most", Page)).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var seq = reader.GetInt64(0);
            if (page.Count == 0 || page[^1].Seq != seq) page.Add((seq, reader.GetGuid(1), reader.GetString(2), []));
            if (!await reader.IsDBNullAsync(3, ct)) page[^1].Readers.Add(reader.GetString(3));
        }

        return page;
    }

    private async Task<List<Guid>> Ids(string sql, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var reader = await ask(sql).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
