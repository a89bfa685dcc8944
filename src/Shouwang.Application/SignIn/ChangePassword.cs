using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Gives oneself another password; every other session of the account ends. 修改密码</summary>
public sealed class ChangePassword(Workspace work, SignInDesk desk, SignInVault vault, PasswordDesk passwords)
{
    public sealed record Command(
        Guid CommandId, Guid Session, [property: JsonIgnore] string Password, [property: JsonIgnore] string NewPassword) : ICommand;

    public sealed record Receipt(Guid Account);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        var account = await work.Read(Actor.System(AreaCode.Nation), db =>
            db.SignInAccounts.SingleOrDefaultAsync(a => a.Person == actor.Person, ct));
        if (account is null) return CommonRefusals.NotFound;
        var name = vault.OpenName(account);
        if (passwords.Objection(command.NewPassword, name) is { } objection) return objection;
        if ((await desk.CheckPassword(name, command.Password, AuditRows.NameOf(command), ct)).Refusal is { } wrong) return wrong;

        var hash = await passwords.Hash(command.NewPassword, ct);
        return await work.Write<Receipt>(command, actor, unit => NewPassword.Set(unit, account.Id, hash, command.Session, ct), ct);
    }
}

/// <summary>Setting a password, however it came about.</summary>
internal static class NewPassword
{
    /// <summary>Stores the hash, spends the slip and ends the account's sessions but for one.</summary>
    public static async Task<Result<ChangePassword.Receipt>> Set(
        UnitOfWork unit, Guid account, string hash, Guid? except, CancellationToken ct)
    {
        await unit.Db.SignInAccounts.IgnoreQueryFilters(["area", "reach"]).Where(a => a.Id == account)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, hash), ct);
        await unit.Db.SignInTokens.Where(t => t.UserId == account && t.Name == IssueSlip.TokenName).ExecuteDeleteAsync(ct);
        await unit.Db.SignInSessions.Where(s => s.Account == account && s.Revoked == null && s.Id != except)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Revoked, unit.Now), ct);
        return new ChangePassword.Receipt(account);
    }
}
