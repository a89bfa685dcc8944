using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.TimeBank;

/// <summary>A person's hours: the balance and every movement with its reason; why a visit earned what it earned. 时间存折</summary>
public sealed class HoursOf(Workspace work)
{
    /// <summary>Lines shown at most; older ones are in the printed passbook of their year.</summary>
    private const int Most = 200;

    /// <param name="Minutes">Positive came in, negative went out.</param>
    /// <param name="Served">Minutes of service behind a credit, before coefficient and cap.</param>
    public sealed record Line(DateTimeOffset At, string Reason, long Minutes, int? Served, int? Weighted, DateOnly? Day);

    public sealed record View(Id<Person> Person, string Name, long Balance, IReadOnlyList<Line> Lines);

    public async Task<Result<View>> Run(Id<Person> person, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewHours, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, person, ct));
    }

    private static async Task<Result<View>> Show(ShouwangDb db, Id<Person> person, CancellationToken ct)
    {
        var holder = await db.People.SingleOrDefaultAsync(p => p.Id == person, ct);
        if (holder is null) return PeopleRefusals.NotFound;
        var account =
            await db.Accounts.SingleOrDefaultAsync(a =>
                a.Book == Book.Hours && a.Kind == AccountKind.Person && a.Holder == person.Value, ct);
        if (account is null) return new View(person, holder.Name, 0, []);

        var lines = await (
            from posting in db.Postings
            where posting.From == account.Id || posting.To == account.Id
            join t in db.Transactions on posting.TransactionId equals t.Id
            orderby t.At descending, t.Id, posting.Line
            select new { t.Id, t.At, t.Reason, posting.To, posting.Amount }).Take(Most).ToListAsync(ct);
        var credits = (await db.Credits.Where(c => c.Volunteer == person).ToListAsync(ct))
            .ToDictionary(c => DerivedId.Of(c.Visit, Reasons.VisitCredited));

        return new View(person, holder.Name, account.Balance, [.. lines.Select(l =>
        {
            var credit = credits.GetValueOrDefault(l.Id);
            return new Line(l.At, l.Reason, l.To == account.Id ? l.Amount : -l.Amount, credit?.Minutes, credit?.Weighted, credit?.Day);
        })]);
    }
}
