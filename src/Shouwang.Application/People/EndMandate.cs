using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Ends a mandate from today on. 终止代办授权</summary>
public sealed class EndMandate(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Mandate> Mandate) : ICommand;

    public sealed record Receipt(Id<Mandate> Mandate);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => End(unit, command, ct), ct);

    private static async Task<Result<Receipt>> End(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var mandate = await unit.Db.Mandates.SingleOrDefaultAsync(m => m.Id == command.Mandate, ct);
        if (mandate is null) return ConsentRefusals.MandateNotFound;
        if (!unit.Actor.May(Permission.KeepRegister, mandate.Area)) return CommonRefusals.Forbidden;
        return mandate.End(Days.Of(unit.Now)).IsOk(out _, out var refusal) ? new Receipt(mandate.Id) : refusal;
    }
}
