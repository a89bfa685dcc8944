using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Ends a session: one's own (signing out, a lost phone), or another's by whoever may manage the account. 注销会话</summary>
public sealed class RevokeSession(Workspace work)
{
    public sealed record Command(Guid Session) : ICommand
    {
        public Guid CommandId => DerivedId.Of(Session, "signin.revoke-session");
    }

    public sealed record Receipt(Guid Session);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Revoke(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Revoke(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var session = await unit.Db.SignInSessions.SingleOrDefaultAsync(s => s.Id == command.Session, ct);
        if (session is null) return CommonRefusals.NotFound;
        if (session.Person != unit.Actor.Person)
        {
            var account = await unit.Db.SignInAccounts.SingleOrDefaultAsync(a => a.Id == session.Account, ct);
            if (account is null || !unit.Actor.May(Permission.ResetPasswords, account.Area)) return CommonRefusals.NotFound;
        }

        session.Revoke(unit.Now);
        return new Receipt(session.Id);
    }
}
