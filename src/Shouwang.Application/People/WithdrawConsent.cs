using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Takes a consent back; the person may do so themselves. What rested on it hears of it. 撤回同意</summary>
public sealed class WithdrawConsent(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Consent> Consent) : ICommand;

    public sealed record Receipt(Id<Consent> Consent);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Withdraw(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Withdraw(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var consent = await unit.Db.Consents.SingleOrDefaultAsync(c => c.Id == command.Consent, ct);
        if (consent is null) return ConsentRefusals.NotFound;
        if (consent.Person != unit.Actor.Person && !unit.Actor.May(Permission.KeepRegister, consent.Area)) return ConsentRefusals.NotFound;
        return consent.Withdraw(unit.Now).IsOk(out _, out var refusal) ? new Receipt(consent.Id) : refusal;
    }
}
