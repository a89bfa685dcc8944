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
            "SELECT \"Id\", \"Book\", \"Kind\", \"Holder\", \"Area\", \"Floor\", \"Ceiling\", \"Balance\" FROM ledger_account ORDER BY \"Id\"")
            .ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            _ = Enum.TryParse<Book>(reader.GetString(1), out var book);
            _ = Enum.TryParse<AccountKind>(reader.GetString(2), out var kind);
            accounts.Add(new()
            {
                Id = reader.GetGuid(0), Book = book, Kind = kind, Holder = reader.GetGuid(3), Area = new(reader.GetInt64(4)),
                Floor = reader.GetInt64(5), Ceiling = await reader.IsDBNullAsync(6, ct) ? null : reader.GetInt64(6),
                Balance = reader.GetInt64(7),
            });
        }

        return accounts;
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
