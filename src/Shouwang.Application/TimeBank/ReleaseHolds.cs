using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Writes down that the holds of an account whose time is over have ended. They counted no more before that. 释放到期预留</summary>
public sealed class ReleaseHolds(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Account> Account) : ICommand;

    /// <param name="StillHeld">What open holds still keep of it.</param>
    public sealed record Receipt(Id<Account> Account, long StillHeld);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSystem) return CommonRefusals.Forbidden;
        return await work.Write<Receipt>(command, actor, async unit =>
        {
            // Whoever takes an account releases what is over.
            var taken = await unit.Books.TakeById([command.Account], ct);
            return new Receipt(command.Account, taken[command.Account].Held);
        }, ct);
    }
}
