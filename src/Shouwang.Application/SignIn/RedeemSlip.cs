using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Sets a password with a printed slip: the first one, or one in the place of a lost one. 凭条设密码</summary>
public sealed class RedeemSlip(Workspace work, SignInDesk desk, PasswordDesk passwords)
{
    public sealed record Command(
        Guid CommandId, string Name, [property: JsonIgnore] string Slip, [property: JsonIgnore] string NewPassword) : ICommand;

    public async Task<Result<ChangePassword.Receipt>> Run(Command command, CancellationToken ct)
    {
        if (passwords.Objection(command.NewPassword, command.Name) is { } objection) return objection;
        var answer = await desk.CheckSlip(command.Name, command.Slip, AuditRows.NameOf(command), ct);
        if (!answer.IsOk(out var account, out var refusal)) return refusal.Code == SignInRefusals.NoMatch.Code ? SignInRefusals.SlipSpent
            : refusal;

        var hash = await passwords.Hash(command.NewPassword, ct);
        var bearer = Actor.System(account.Area) with { Person = account.Person };
        return await work.Write<ChangePassword.Receipt>(
            command,
            bearer,
            async unit =>
            {
                // Of two who come at once with the same slip, the second finds none.
                var spent = await unit.Db.SignInTokens.Where(t => t.UserId == account.Id && t.Name == IssueSlip.TokenName)
                    .ExecuteDeleteAsync(ct);
                return spent == 0 ? SignInRefusals.SlipSpent : await NewPassword.Set(unit, account.Id, hash, null, ct);
            },
            ct);
    }
}
