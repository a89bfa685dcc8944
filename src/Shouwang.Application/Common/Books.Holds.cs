using System.Data.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

// Holds: entries that are pending. A hold and its end are rows of their own, so that a balance stays the sum of its postings; how much of
// an account is held the database counts itself, from those rows.
public abstract partial class Books
{
    private const string HoldColumns =
        """
        h."Id", h."Area", h."Reason", h."At", h."Until", h."From", h."To", h."Amount", e."Outcome", e."Amount", e."At"
        FROM ledger_hold h LEFT JOIN ledger_hold_end e ON e."HoldId" = h."Id"
        """;

    /// <summary>Stores a hold.</summary>
    public Task Write(Hold hold, Book book, CancellationToken ct)
    {
        SettleForHold();
        var row = new HoldRow
        {
            Id = hold.Id.Value, Book = book, Area = hold.Slip.Area, Reason = hold.Slip.Reason, From = hold.From.Value, To = hold.To.Value,
            Amount = hold.Amount, At = hold.Slip.At, Until = hold.Slip.Until,
        };
        return Execute(
            """
            INSERT INTO ledger_hold ("Id", "Book", "Area", "Reason", "From", "To", "Amount", "At", "Until", "Mark")
            VALUES (@id, @book, @area, @reason, @from, @to, @amount, @at, @until, @mark)
            """,
            ct,
            ("id", row.Id), ("book", book.ToString()), ("area", row.Area.Value), ("reason", row.Reason), ("from", row.From),
            ("to", row.To), ("amount", row.Amount), ("at", row.At.UtcDateTime), ("until", row.Until.UtcDateTime),
            ("mark", LedgerForm.Of(_canonical, row).Marked(keys.Value, LedgerForm.HoldMark)));
    }

    /// <summary>Stores how a hold ended. Before the transaction that pays it: what is set aside must be free to be moved.</summary>
    public Task Write(HoldEnd end, Id<Transaction>? paidBy, CancellationToken ct)
    {
        SettleForHold();
        var row = new HoldEndRow
        {
            HoldId = end.Hold.Value, Outcome = end.Outcome, Amount = end.Amount, At = end.At, PaidBy = paidBy?.Value,
        };
        return Execute(
            """
            INSERT INTO ledger_hold_end ("HoldId", "Outcome", "Amount", "At", "PaidBy", "Mark")
            VALUES (@id, @outcome, @amount, @at, @paid, @mark)
            """,
            ct,
            ("id", row.HoldId), ("outcome", row.Outcome.ToString()), ("amount", row.Amount), ("at", row.At.UtcDateTime),
            ("paid", (object?)row.PaidBy ?? DBNull.Value),
            ("mark", LedgerForm.Of(_canonical, row).Marked(keys.Value, LedgerForm.HoldEndMark)));
    }

    /// <summary>A stored hold; ask again after its accounts are taken, since only then nobody else can end it.</summary>
    public async Task<Hold?> FindHold(Id<Hold> id, CancellationToken ct)
    {
        var command = With($"SELECT {HoldColumns} WHERE h.\"Id\" = @id", ("id", id.Value));
        return (await Holds(command, ct)).SingleOrDefault();
    }

    /// <summary>What is set aside from an account or for it, and not over; ask after it is taken, since only then nobody can set more
    /// aside.</summary>
    public async Task<long> SetAside(Id<Account> account, CancellationToken ct)
    {
        var command = With(
            $"SELECT {HoldColumns} WHERE (h.\"From\" = @from OR h.\"To\" = @to) AND h.\"Until\" > @now AND e.\"HoldId\" IS NULL",
            ("from", account.Value), ("to", account.Value), ("now", Now.UtcDateTime));
        return (await Holds(command, ct)).Sum(h => h.Amount);
    }

    /// <summary>What is over counts no more: an account that is taken gives free what its expired holds kept.</summary>
    private async Task ReleaseExpired(Account account, CancellationToken ct)
    {
        var command = With(
            $"SELECT {HoldColumns} WHERE h.\"From\" = @from AND h.\"Until\" <= @now AND e.\"HoldId\" IS NULL",
            ("from", account.Id.Value), ("now", Now.UtcDateTime));
        foreach (var hold in await Holds(command, ct))
        {
            if (hold.Expire(account, Now) is { } end) await Write(end, null, ct);
        }
    }

    private static async Task<IReadOnlyList<Hold>> Holds(DbCommand command, CancellationToken ct)
    {
        var holds = new List<Hold>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var id = new Id<Hold>(reader.GetGuid(0));
            var slip = new HoldSlip(id, new(reader.GetInt64(1)), reader.GetString(2), Moment(reader, 3), Moment(reader, 4));
            var end = await reader.IsDBNullAsync(8, ct) ? null
                : new HoldEnd(id, Enum.Parse<HoldOutcome>(reader.GetString(8)), reader.GetInt64(9), Moment(reader, 10));
            holds.Add(new(slip, (new(reader.GetGuid(5)), new(reader.GetGuid(6))), reader.GetInt64(7), end));
        }

        return holds;
    }

    private static DateTimeOffset Moment(DbDataReader reader, int column) =>
        new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));
}
