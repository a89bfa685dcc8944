using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>Objects to what one's own visit earned; the village answers. 对时长提出异议</summary>
public sealed class DisputeHours(Workspace work)
{
    public sealed record Command(Id<HoursDispute> Id, Id<Visit> Visit, DisputeReason Reason) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<HoursDispute> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Dispute(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Dispute(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var credit = await unit.Db.Credits.AsNoTracking().SingleOrDefaultAsync(c => c.Visit == command.Visit.Value, ct);
        if (credit is not { TakenBackAt: null } || credit.Volunteer != unit.Actor.Person) return DisputeRefusals.CreditNotFound;
        if (!unit.Actor.May(Permission.DisputeHours, credit.Area)) return CommonRefusals.Forbidden;
        if (!Enum.IsDefined(command.Reason)) return DisputeRefusals.NoReason;
        if (await unit.Db.HoursDisputes.AnyAsync(d => d.Visit == credit.Visit && d.Outcome == null, ct)) return DisputeRefusals.AlreadyOpen;

        var dispute = new HoursDispute(command.Id, credit, command.Reason, unit.Now);
        unit.Db.Add(dispute);
        return new Receipt(dispute.Id);
    }
}
