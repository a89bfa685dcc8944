using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.Duties;

/// <summary>Puts an objection to hours into the hands of the village's cadre; where there is none, of the township. 异议交村干部</summary>
internal sealed class OnHoursDisputed(Workspace work, Rulebook rulebook) : Reaction<HoursDisputed>
{
    public sealed record Command(Guid CommandId, HoursDisputed Happened) : ICommand;

    /// <param name="Duty">Nothing where nobody could be given it: the list of objections still shows it.</param>
    public sealed record Receipt(Id<Duty>? Duty);

    public override async Task<Refusal?> Run(HoursDisputed happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Open(unit, happened, area, ct), ct))
            .Refusal;

    internal static Id<Duty> IdOf(Id<HoursDispute> dispute) => new(DerivedId.Of(dispute.Value, "duties.hours-dispute"));

    private async Task<Result<Receipt>> Open(UnitOfWork unit, HoursDisputed happened, AreaCode area, CancellationToken ct)
    {
        var today = Days.Of(unit.Now);
        var holders = new PostHolders(unit.Db, today);
        foreach (var rung in new[] { DutyRung.Village, DutyRung.Township })
        {
            if (await holders.On(rung, area, ct) is not { } holder || holder == happened.Volunteer) continue;
            var minutes = rulebook.At(area, today).Table("timebank.dispute-climb-after").For(rung);
            var duty = Duty.Open(
                IdOf(happened.Dispute), area, new(DutyKind.HoursDispute, happened.Volunteer, happened.Dispute.Value),
                new(rung, holder, unit.Now.AddMinutes(minutes), await DutyBook.ActingFor(unit.Db, holder, today, ct)), unit.Now);
            unit.Db.Add(duty);
            return new Receipt(duty.Id);
        }

        return new Receipt(null);
    }
}

/// <summary>Ends the duty when the objection is answered. 异议办结</summary>
internal sealed class OnHoursAnswered(Workspace work) : Reaction<HoursAnswered>
{
    public sealed record Command(Guid CommandId, HoursAnswered Happened) : ICommand;

    public sealed record Receipt(int Ended);

    public override async Task<Refusal?> Run(HoursAnswered happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => End(unit, happened, ct), ct)).Refusal;

    private static async Task<Result<Receipt>> End(UnitOfWork unit, HoursAnswered happened, CancellationToken ct)
    {
        var id = OnHoursDisputed.IdOf(happened.Dispute);
        if (await unit.Db.Duties.SingleOrDefaultAsync(d => d.Id == id && d.State == DutyState.Open, ct) is not { } duty)
            return new Receipt(0);
        return duty.Finish(happened.By, unit.Now).IsOk(out _, out var refusal) ? new Receipt(1) : refusal;
    }
}
