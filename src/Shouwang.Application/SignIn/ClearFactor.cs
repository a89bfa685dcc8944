using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Takes the second factor off the account of a person who stands before the cadre and has lost their phone; the account's
/// sessions end. 解除动态码</summary>
public sealed class ClearFactor(Workspace work, IssueSlip slips)
{
    public sealed record Command(Guid CommandId, Guid Account) : ICommand;

    public sealed record Receipt(Guid Account);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Clear(unit, command, ct), ct);

    private async Task<Result<Receipt>> Clear(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var account = await unit.Db.SignInAccounts.SingleOrDefaultAsync(a => a.Id == command.Account, ct);
        if (account is null) return CommonRefusals.NotFound;
        if (!unit.Actor.May(Permission.ResetPasswords, account.Area)) return CommonRefusals.MayNot(unit.Actor, account.Area);
        var isOwn = account.Person == unit.Actor.Person;
        if (isOwn || !await slips.MayReset(unit.Db, account, unit.Actor, ct)) return SignInRefusals.NotGrantable;

        var taken = await unit.Db.SignInTokens.Where(t => t.UserId == account.Id && t.Name == FactorDesk.TokenName).ExecuteDeleteAsync(ct);
        if (taken == 0) return SignInRefusals.NoFactor;
        await unit.Db.SignInSessions.Where(s => s.Account == account.Id && s.Revoked == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Revoked, unit.Now), ct);
        return new Receipt(account.Id);
    }
}
