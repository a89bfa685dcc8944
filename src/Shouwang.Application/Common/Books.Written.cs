using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

// Transactions as they stand in the books, for whoever puts one right.
public abstract partial class Books
{
    /// <summary>A stored transaction with its postings; null when there is none.</summary>
    public async Task<Written?> Find(Id<Transaction> id, CancellationToken ct)
    {
        (Book Book, long Area, bool IsReversal, Id<Transaction>? LinkedTo) head;
        var command = With(
            """SELECT "Book", "Area", "Reverses", "LinkedTo" FROM ledger_transaction WHERE "Id" = @id""", ("id", id.Value));
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct)) return null;
            head = (Enum.Parse<Book>(reader.GetString(0)), reader.GetInt64(1), !await reader.IsDBNullAsync(2, ct),
                await reader.IsDBNullAsync(3, ct) ? null : new(reader.GetGuid(3)));
        }

        var postings = new List<Posting>();
        command = With(
            """SELECT p."Line", p."From", p."To", p."Amount" FROM ledger_posting p WHERE p."TransactionId" = @id ORDER BY p."Line" ASC""",
            ("id", id.Value));
        await using var lines = await command.ExecuteReaderAsync(ct);
        while (await lines.ReadAsync(ct))
            postings.Add(new(lines.GetInt32(0), new(lines.GetGuid(1)), new(lines.GetGuid(2)), lines.GetInt64(3)));
        return new(id, head.Book, new(head.Area), head.IsReversal, head.LinkedTo, postings);
    }

    /// <summary>A stored transaction and those that are linked with it, in the order in which they were written; itself alone when it is
    /// linked with none.</summary>
    public async Task<IReadOnlyList<Written>> WithLinked(Written one, CancellationToken ct)
    {
        if (one.LinkedTo is not { } first) return [one];
        var ids = new List<Id<Transaction>>();
        var command = With("""SELECT "Id" FROM ledger_transaction WHERE "LinkedTo" = @first ORDER BY "Seq" """, ("first", first.Value));
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) ids.Add(new(reader.GetGuid(0)));
        }

        var all = new List<Written>();
        foreach (var id in ids) all.Add((await Find(id, ct))!);
        return all;
    }

    /// <summary>Takes accounts that exist, locked in id order.</summary>
    public async Task<IReadOnlyDictionary<Id<Account>, Account>> TakeById(IEnumerable<Id<Account>> ids, CancellationToken ct) =>
        (await Take(ct, [.. await KeysOf(ids, ct)])).Values.ToDictionary(a => a.Id);

    private async Task<List<AccountKey>> KeysOf(IEnumerable<Id<Account>> ids, CancellationToken ct)
    {
        var keys = new List<AccountKey>();
        foreach (var id in ids.Distinct())
        {
            var command = With(
                """SELECT "Book", "Kind", "Holder", "Area", "Stripe" FROM ledger_account WHERE "Id" = @id""", ("id", id.Value));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                keys.Add(new(Enum.Parse<Book>(reader.GetString(0)), Enum.Parse<AccountKind>(reader.GetString(1)), reader.GetGuid(2),
                    new(reader.GetInt64(3))) { Stripe = reader.GetInt32(4) });
            }
        }

        return keys;
    }

    /// <summary>Whether a transaction was mirrored already; ask after its accounts are taken.</summary>
    public async Task<bool> IsReversed(Id<Transaction> id, CancellationToken ct) =>
        await With("""SELECT 1 FROM ledger_transaction WHERE "Reverses" = @id""", ("id", id.Value)).ExecuteScalarAsync(ct) is not null;
}

/// <summary>A transaction as it stands in the books. 已记凭证</summary>
/// <param name="LinkedTo">The first of those that stand or fall together with it; null when it stands alone.</param>
public sealed record Written(
    Id<Transaction> Id, Book Book, AreaCode Area, bool IsReversal, Id<Transaction>? LinkedTo, IReadOnlyList<Posting> Postings);
