using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>A person's hours: the balance and every movement with its reason; why a visit earned what it earned. 时间存折</summary>
/// <remarks>What stands in the account of an entry that was merged into this one is read along; what moved between the two is no movement
/// of the person's hours.</remarks>
public sealed class HoursOf(Workspace work, Rulebook rulebook)
{
    /// <param name="Minutes">Positive came in, negative went out.</param>
    /// <param name="Served">Minutes of service behind a credit, before coefficient and cap.</param>
    /// <param name="Visit">The visit behind a credit.</param>
    /// <param name="Transaction">The entry of the books.</param>
    public sealed record Line(
        DateTimeOffset At, string Reason, long Minutes, int? Served, int? Weighted, DateOnly? Day, Id<Visit>? Visit,
        Id<Transaction> Transaction)
    {
        public DateTimeOffset? SealedAt { get; init; }

        /// <summary>Which cap kept a part of the credit out.</summary>
        public CreditLimit Limit { get; init; }
    }

    /// <summary>A confirmed visit of which nothing entered the account, and so nothing moved.</summary>
    public sealed record Bare(Id<Visit> Visit, DateOnly Day, int Served, int Weighted, CreditLimit Limit);

    /// <param name="Uncredited">Minutes of verified visits that a cap kept out, since the beginning.</param>
    /// <param name="Certified">The minutes a certificate of today would state.</param>
    /// <param name="Redeemable">The minutes that could be redeemed today; what is set aside could not.</param>
    public sealed record View(
        Id<Person> Person, string Name, long Balance, long Uncredited, long Certified, long Redeemable, RedemptionTerms Terms,
        Paged<Line> Lines)
    {
        /// <summary>What of the balance is set aside for somebody and cannot be spent otherwise.</summary>
        public long Held { get; init; }

        /// <summary>What stood in the account before the oldest line shown.</summary>
        public long Opening => BalanceAfter - Lines.Sum(l => l.Minutes);

        /// <summary>What stood in the account after the newest line shown.</summary>
        public long BalanceAfter { get; init; }

        /// <summary>Visits of this month and the last that brought nothing, the newest first.</summary>
        public IReadOnlyList<Bare> Bare { get; init; } = [];

        /// <summary>The year in which the first movement was booked; none where there is none.</summary>
        public int? FirstYear { get; init; }

        /// <summary>Whether their visits are paid work, which brings no hours where the rules do not say so.</summary>
        public bool IsPaid { get; init; }
    }

    /// <summary>The newest movements, a page of them.</summary>
    public Task<Result<View>> Run(Id<Person> person, Actor actor, CancellationToken ct) => Part(person, 1, actor, ct);

    /// <summary>A part of the movements, the newest first.</summary>
    public Task<Result<View>> Part(Id<Person> person, Slice part, Actor actor, CancellationToken ct) =>
        Run(new Asked(person, part, null), actor, ct);

    /// <summary>Every movement booked in one year, for a passbook that leaves nothing out.</summary>
    public Task<Result<View>> OfYear(Id<Person> person, int year, Actor actor, CancellationToken ct) =>
        Run(new Asked(person, 1, year), actor, ct);

    private sealed record Asked(Id<Person> Person, Slice Part, int? Year);

    private async Task<Result<View>> Run(Asked asked, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewHours, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, asked, actor, ct));
    }

    private async Task<Result<View>> Show(ShouwangDb db, Asked asked, Actor actor, CancellationToken ct)
    {
        var person = asked.Person;
        person = await Successor.Of(db, person, ct);
        var holder = await db.People.SingleOrDefaultAsync(p => p.Id == person, ct);
        if (holder is null) return PeopleRefusals.NotFound;
        if (!MaySee(actor, person)) return TimeBankRefusals.NotShown;
        var every = await Successor.With(db, person, ct);
        var accounts = await Successor.HoursOf(db, every).ToListAsync(ct);
        var rules = rulebook.At(holder.Area, work.Today);
        var (terms, isPaid) = (RedemptionTerms.Of(rules), holder.Is(PersonRoles.CareWorker) && !OnVisitVerified.Earns(holder, rules));
        var all = await Successor.CreditsOf(db, every).ToListAsync(ct);
        var uncredited = all.Where(c => c.TakenBackAt is null).Sum(c => (long)c.Uncredited);
        if (accounts.Count == 0)
            return new View(person, holder.Name, 0, uncredited, 0, 0, terms, Paging.Whole<Line>([]))
            {
                Bare = BareOf(all), IsPaid = isPaid,
            };

        var own = accounts.Select(a => a.Id).ToArray();
        var book = new BookOf(db, own);
        var lines = asked.Year is { } of ? await book.OfYear(of, ct) : await book.Part(asked.Part, ct);
        var after = asked.Year is { } year ? await book.After(year, ct) : await book.After(asked.Part, ct);
        var balance = accounts.Sum(a => a.Balance);
        var held = await HeldOf(db, own, ct);
        var credits = all.ToDictionary(c => DerivedId.Of(c.Visit, Reasons.VisitCredited));
        var back = all.Where(c => c.TakenBackAt is not null).ToDictionary(c => DerivedId.Of(c.Visit, Reasons.VisitCorrected));
        return new View(
            person, holder.Name, balance, uncredited, terms.Certified(balance), terms.Redeemable(balance - held), terms,
            lines.With(InOrder(lines.Select(l => BackOf(LineOf(
                new(l.Id), (l.At, l.Reason, l.Minutes), credits.GetValueOrDefault(l.Id)), back) with { SealedAt = l.SealedAt }))))
        {
            Held = held, Bare = BareOf(all), FirstYear = await book.FirstYear(ct), BalanceAfter = balance - after,
            IsPaid = isPaid,
        };
    }

    /// <summary>The newest first; within a part, what was booked on one day, a month of signatures for example, by the day of service.
    /// </summary>
    private static IEnumerable<Line> InOrder(IEnumerable<Line> lines) =>
        lines.OrderByDescending(l => Days.Of(l.At)).ThenByDescending(l => l.Day ?? Days.Of(l.At)).ThenByDescending(l => l.At);

    private List<Bare> BareOf(IEnumerable<VisitCredit> credits)
    {
        var from = work.Today.AddMonths(-1).AddDays(1 - work.Today.AddMonths(-1).Day);
        return [.. credits.Where(c => c.Credited == 0 && c.TakenBackAt is null && c.Day >= from)
            .OrderByDescending(c => c.Day).ThenByDescending(c => c.CreditedAt)
            .Select(c => new Bare(new(c.Visit), c.Day, c.Minutes, c.Weighted, c.Limit))];
    }

    /// <summary>From the holds themselves: one whose time is over counts no more, whether anybody has looked or not.</summary>
    private Task<long> HeldOf(ShouwangDb db, Guid[] accounts, CancellationToken ct)
    {
        var now = work.Now;
        return db.Holds.Where(h => accounts.Contains(h.From) && h.Until > now && !db.HoldEnds.Any(e => e.HoldId == h.Id))
            .SumAsync(h => h.Amount, ct);
    }

    /// <summary>Accounts are seen by their owner and by whoever reaches the whole area. Whoever sees a person without their account is told
    /// so: an account out of sight is not an empty one.</summary>
    private static bool MaySee(Actor actor, Id<Person> person) => actor.Reach.Kind == ReachKind.Area || actor.Person == person;

    private static Line LineOf(Id<Transaction> id, (DateTimeOffset At, string Reason, long Minutes) what, VisitCredit? credit) => new(
        what.At, what.Reason, what.Minutes, credit?.Minutes, credit?.Weighted, credit?.Day,
        credit is null ? null : new Id<Visit>(credit.Visit), id)
    {
        Limit = credit?.Limit ?? CreditLimit.None,
    };

    /// <summary>What was taken back because a visit was put right stands on the day of the correction, and leads to the visit.</summary>
    private static Line BackOf(Line line, Dictionary<Guid, VisitCredit> back) =>
        back.TryGetValue(line.Transaction.Value, out var credit) ? line with { Visit = new Id<Visit>(credit.Visit) } : line;
}
