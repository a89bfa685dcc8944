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

    /// <summary>Every movement of one year, the newest first.</summary>
    public async Task<Paged<Movement>> OfYear(int year, CancellationToken ct)
    {
        var (first, next) = (Start(year), Start(year + 1));
        return Paging.Whole(await Lines(Ordered().Where(m => m.At >= first && m.At < next)).ToListAsync(ct));
    }

    /// <summary>A part of all movements, the newest first.</summary>
    public Task<Paged<Movement>> Part(Slice part, CancellationToken ct) => Lines(Ordered()).PageAt(part, ct);

    /// <summary>The sum of what was booked after a part.</summary>
    public Task<long> After(Slice part, CancellationToken ct) =>
        Ordered().Take((Math.Max(1, part.Number) - 1) * part.Rows).SumAsync(m => m.Minutes, ct);

    private IOrderedQueryable<Row> Ordered() => Moved().OrderByDescending(m => m.At).ThenBy(m => m.Id).ThenBy(m => m.Line);

    private IQueryable<Movement> Lines(IQueryable<Row> ordered) => ordered.Select(m => new Movement(
        m.Id, m.At, m.Reason, m.Minutes,
        db.SealLinks.Where(s => s.Kind == SealKind.Transaction && s.Seq == m.Seq).Select(s => (DateTimeOffset?)s.At).FirstOrDefault()));

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
