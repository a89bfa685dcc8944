using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>Credits a volunteer with the hours of a verified visit. 核验后存入时间</summary>
internal sealed class OnVisitVerified(Workspace work, Rulebook rulebook) : Reaction<VisitVerified>
{
    public sealed record Command(Guid CommandId, VisitVerified Happened) : ICommand;

    public sealed record Receipt(Id<Visit> Visit, int Credited, int Uncredited);

    public override async Task<Refusal?> Run(VisitVerified happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Credit(unit, happened, ct), ct)).Refusal;

    private async Task<Result<Receipt>> Credit(UnitOfWork unit, VisitVerified happened, CancellationToken ct)
    {
        await CreditReturn.OneAtATime(unit, happened.Visit, ct);
        var visit = await AllVisits.In(unit.Db).AsNoTracking().SingleAsync(v => v.Id == happened.Visit, ct);
        if (visit.State == VisitState.Corrected) return new Receipt(happened.Visit, 0, 0);
        var goesOn = await Successor.Of(unit.Db, happened.Volunteer, ct);
        var volunteer = await unit.Db.People.AsNoTracking().SingleAsync(p => p.Id == goesOn, ct);
        var rules = rulebook.At(visit.Area, happened.Day);
        if (!Earns(volunteer, rules)) return new Receipt(happened.Visit, 0, 0);

        var (bank, own) = (AccountKey.OfOutside(Book.Hours, visit.Area), AccountKey.OfPerson(Book.Hours, volunteer.Id, volunteer.Area));
        var accounts = await unit.Books.Take(ct, bank, own);
        var already = await unit.Db.Credits.Where(c => c.Volunteer == volunteer.Id && c.Day == happened.Day && c.TakenBackAt == null)
            .SumAsync(c => c.Credited, ct);
        var credit = VisitCredit.Of(
            visit.Area,
            new(happened.Visit.Value, volunteer.Id, happened.Day, happened.Minutes),
            Coefficients.Of(happened.Items, rules.Table("timebank.coefficients")),
            new(rules.Minutes("timebank.daily-credit-cap"), already, rules.Minutes("timebank.balance-cap"), accounts[own].Balance),
            rules.Stamp,
            unit.Now);
        unit.Db.Add(credit);
        if (credit.Credited > 0)
        {
            var slip = new Slip(new(DerivedId.Of(credit.Visit, Reasons.VisitCredited)), credit.Area, Reasons.VisitCredited, unit.Now);
            _ = (await unit.Post(slip, accounts[bank], accounts[own], credit.Credited, ct)).Value;
        }

        return new Receipt(happened.Visit, credit.Credited, credit.Uncredited);
    }

    /// <summary>Volunteers earn; an hour that is paid for does not, unless the rules say so.</summary>
    internal static bool Earns(Person helper, RulesInForce rules) => helper.Is(PersonRoles.CareWorker)
        ? rules.Bool("timebank.paid-work-earns")
        : helper.Is(PersonRoles.Volunteer);
}

/// <summary>Why hours move. 记账事由</summary>
public static class Reasons
{
    public const string VisitCredited = "timebank.visit-credited";
    public const string VisitCorrected = "timebank.visit-corrected";
    public const string Transferred = "timebank.transferred";
    public const string Reserved = "timebank.reserved";
    public const string Granted = "timebank.granted";
    public const string PoolFilled = "timebank.pool-filled";
}
