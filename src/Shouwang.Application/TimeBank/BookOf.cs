using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.TimeBank;

/// <summary>What moved in and out of the accounts of one person; what moved between them is no movement. 存折明细</summary>
internal sealed class BookOf(ShouwangDb db, Guid[] own)
{
    /// <summary>One movement: positive came in, negative went out.</summary>
    public sealed record Movement(Guid Id, DateTimeOffset At, string Reason, long Minutes, DateTimeOffset? SealedAt);

    /// <summary>The newest first; of one year, or all.</summary>
    public async Task<List<Movement>> Lines(int? year, int? most, CancellationToken ct)
    {
        var moved = Moved();
        if (year is { } of)
        {
            var (first, next) = (Start(of), Start(of + 1));
            moved = moved.Where(m => m.At >= first && m.At < next);
        }

        var ordered = moved.OrderByDescending(m => m.At).ThenBy(m => m.Id).ThenBy(m => m.Line).Select(m => new
        {
            m.Id, m.At, m.Reason, m.Minutes,
            SealedAt = db.SealLinks.Where(s => s.Kind == SealKind.Transaction && s.Seq == m.Seq)
                .Select(s => (DateTimeOffset?)s.At).FirstOrDefault(),
        });
        var rows = await (most is { } limit ? ordered.Take(limit) : ordered).ToListAsync(ct);
        return rows.ConvertAll(r => new Movement(r.Id, r.At, r.Reason, r.Minutes, r.SealedAt));
    }

    /// <summary>The sum of what was booked after a year.</summary>
    public Task<long> After(int year, CancellationToken ct)
    {
        var next = Start(year + 1);
        return Moved().Where(m => m.At >= next).SumAsync(m => m.Minutes, ct);
    }

    /// <summary>The year of the first movement.</summary>
    public async Task<int?> FirstYear(CancellationToken ct) =>
        await Moved().OrderBy(m => m.At).Select(m => (DateTimeOffset?)m.At).FirstOrDefaultAsync(ct) is { } first
            ? Days.Of(first).Year : null;

    private IQueryable<Row> Moved() =>
        from posting in db.Postings
        where (own.Contains(posting.From) || own.Contains(posting.To)) && !(own.Contains(posting.From) && own.Contains(posting.To))
        join t in db.Transactions on posting.TransactionId equals t.Id
        select new Row
        {
            Id = t.Id, Line = posting.Line, Seq = t.Seq, At = t.At, Reason = t.Reason,
            Minutes = own.Contains(posting.To) ? posting.Amount : -posting.Amount,
        };

    private static DateTimeOffset Start(int year) => Days.Start(new(year, 1, 1)).ToUniversalTime();

    private sealed class Row
    {
        public Guid Id { get; init; }

        public int Line { get; init; }

        public long Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public string Reason { get; init; } = "";

        public long Minutes { get; init; }
    }
}
