using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Rules;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>Takes back what the visits of a call earned when the call is put right: each credit by its mirror image. 更正冲回</summary>
/// <remarks>In the same transaction as the correction: both are there, or neither. What the volunteer has spent meanwhile is not taken
/// back, and then the correction is refused too.</remarks>
internal sealed class CreditReturn(UnitOfWork unit, Rulebook rulebook)
{
    /// <summary>A visit's credit and its taking back follow one another, so that no credit on its way arrives after the
    /// correction.</summary>
    public static Task OneAtATime(UnitOfWork unit, Id<Visit> visit, CancellationToken ct) =>
        unit.Books.OneAtATime(DerivedId.Of(visit.Value, "timebank.credit-turn"), ct);

    public async Task<Refusal?> Of(IEnumerable<Visit> wrong, CancellationToken ct)
    {
        var credits = await CreditsOf([.. wrong.Select(v => v.Id)], ct);
        var standing = new List<VisitCredit>();
        foreach (var credit in credits.Where(c => c.Credited > 0))
        {
            if (!await unit.Books.IsReversed(EntryOf(credit), ct)) standing.Add(credit);
        }

        if (standing.Count > 0 && NeedsTwo(standing) is { } tooMuch) return tooMuch;
        foreach (var credit in standing)
        {
            if (await Mirrored(credit, ct) is { } refusal) return refusal;
        }

        foreach (var credit in credits) credit.TakeBack(unit.Now);
        return null;
    }

    /// <summary>Also those whose volunteer whoever corrects does not see: their own hours stay hidden, and are still put right.</summary>
    private async Task<List<VisitCredit>> CreditsOf(List<Id<Visit>> visits, CancellationToken ct)
    {
        foreach (var visit in visits.OrderBy(v => v.Value)) await OneAtATime(unit, visit, ct);
        var ids = visits.Select(v => v.Value).ToArray();
        return await unit.Db.Credits.IgnoreQueryFilters(["reach"]).Where(c => ids.Contains(c.Visit) && c.TakenBackAt == null)
            .OrderBy(c => c.Visit).ToListAsync(ct);
    }

    /// <summary>The limit of the reversals holds here as well, for all that one correction moves.</summary>
    private Refusal? NeedsTwo(List<VisitCredit> standing)
    {
        var alone = rulebook.At(standing[0].Area, Days.Of(unit.Now)).Minutes("ledger.reversal-alone");
        var minutes = standing.Sum(c => (long)c.Credited);
        return Reversal.NeedsTwo(minutes, alone) ? CreditRefusals.ReverseFirst.With("minutes", minutes).With("alone", alone) : null;
    }

    private async Task<Refusal?> Mirrored(VisitCredit credit, CancellationToken ct)
    {
        if (!(await Mirror.Following(unit, EntryOf(credit), ct)).IsOk(out var mirror, out var refusal)) return refusal;
        var id = new Id<Transaction>(DerivedId.Of(credit.Visit, Reasons.VisitCorrected));
        return await mirror.Post(id, EntryOf(credit), Reasons.VisitCorrected, ct);
    }

    private static Id<Transaction> EntryOf(VisitCredit credit) => new(DerivedId.Of(credit.Visit, Reasons.VisitCredited));
}
