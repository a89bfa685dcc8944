using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>Answers an objection to hours. 答复时长异议</summary>
public sealed class SettleDispute(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<HoursDispute> Dispute, DisputeOutcome Outcome) : ICommand;

    public sealed record Receipt(Id<HoursDispute> Dispute, DisputeOutcome Outcome);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Settle(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Settle(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var dispute = await unit.Db.HoursDisputes.SingleOrDefaultAsync(d => d.Id == command.Dispute, ct);
        if (dispute is null) return DisputeRefusals.NotFound;
        if (!unit.Actor.May(Permission.SettleDisputes, dispute.Area)) return CommonRefusals.Forbidden;
        if (!dispute.Settle(command.Outcome, unit.Actor.Person, unit.Now).IsOk(out _, out var refusal)) return refusal;
        return new Receipt(dispute.Id, command.Outcome);
    }
}
