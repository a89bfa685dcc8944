using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>Why a visit earned what it earned: minutes, items and their coefficients, caps, and the rules behind each. 为什么是这么多</summary>
public sealed class WhyCredited(Workspace work, Rulebook rulebook)
{
    /// <param name="Hundredths">The item's coefficient.</param>
    /// <param name="Minutes">The item's even share of the minutes, for reading; the sum is weighed as a whole.</param>
    public sealed record Item(ServiceItems What, int Hundredths, int Minutes);

    /// <summary>A rule behind the sum: its value, who issued it, and the document.</summary>
    public sealed record Ground(string Rule, long Value, AreaCode IssuedBy, string Source);

    /// <summary>How the village answered an objection, and when.</summary>
    public sealed record Answer(DisputeOutcome Outcome, DateTimeOffset At);

    /// <param name="Grounds">Empty where the rules of that time are not kept here any more.</param>
    public sealed record View(
        Id<Visit> Visit, string VolunteerName, string ElderName, DateOnly Day, int Minutes, IReadOnlyList<Item> Items, int Weighted,
        int CreditedBefore, int Credited, int Uncredited, CreditLimit Limit, string Rules, IReadOnlyList<Ground> Grounds,
        bool IsDisputed)
    {
        /// <summary>How the last objection was answered; none where none was.</summary>
        public Answer? Answered { get; init; }

        /// <summary>Whether these are the reader's own hours, to which they may object.</summary>
        public bool MayDispute { get; init; }

        /// <summary>When the visit was put right and the minutes were taken back.</summary>
        public DateTimeOffset? TakenBackAt { get; init; }
    }

    public async Task<Result<View>> Run(Id<Visit> visit, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewHours, actor.Scope) ? await work.Read(actor, db => Show(db, visit, ct)) : CommonRefusals.Forbidden;

    private async Task<Result<View>> Show(ShouwangDb db, Id<Visit> id, CancellationToken ct)
    {
        var credit = await db.Credits.SingleOrDefaultAsync(c => c.Visit == id.Value, ct);
        var visit = await AllVisits.In(db).SingleOrDefaultAsync(v => v.Id == id, ct);
        if (credit is null || visit is null) return DisputeRefusals.CreditNotFound;

        var names = await KnownNames.Of(db, [visit.Volunteer, visit.Elder], ct);
        var rules = rulebook.Knows(credit.Rules) ? rulebook.Under(credit.Rules, credit.Area, credit.Day) : null;
        var dispute = await db.HoursDisputes.Where(d => d.Visit == id.Value).OrderByDescending(d => d.RaisedAt).FirstOrDefaultAsync(ct);
        return new View(
            id, names[visit.Volunteer], names[visit.Elder], credit.Day, credit.Minutes, ItemsOf(visit, credit, rules), credit.Weighted,
            credit.CreditedBefore, credit.Credited, credit.Uncredited, credit.Limit, credit.Rules, GroundsOf(rules),
            dispute is { IsOpen: true })
        {
            TakenBackAt = credit.TakenBackAt,
            Answered = dispute is { Outcome: { } outcome, SettledAt: { } at } ? new(outcome, at) : null,
            MayDispute = credit.Volunteer == db.Looking.Person && db.Looking.May(Permission.DisputeHours, credit.Area),
        };
    }

    private static List<Item> ItemsOf(Visit visit, VisitCredit credit, RulesInForce? rules)
    {
        if (rules is null) return [];
        var items = Coefficients.ByItem(visit.Items, rules.Table("timebank.coefficients"));
        return [.. items.Select(i => new Item(i.Item, i.Hundredths, credit.Minutes / items.Count))];
    }

    private List<Ground> GroundsOf(RulesInForce? rules)
    {
        string[] asked = ["timebank.daily-credit-cap", "timebank.balance-cap"];
        return rules is null ? [] : [.. asked.Select(id =>
        {
            var rule = rules.Find(id);
            return new Ground(id, rules.Minutes(id), rule.IssuedBy, rulebook.Source(rule.Parameter.Source).Title);
        })];
    }
}
