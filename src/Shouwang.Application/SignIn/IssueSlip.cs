using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Prints a slip for a person who stands before the cadre and has lost their password: once, for a day. 打印重置条</summary>
public sealed class IssueSlip(Workspace work, SignInVault vault, SignInRules rules)
{
    internal const string TokenName = "slip";
    internal const string Provider = "shouwang";

    public sealed record Command(Guid CommandId, Guid Account) : ICommand;

    public sealed record Receipt(Guid Account, DateTimeOffset Until);

    /// <summary>What is printed; only the receipt is ever stored.</summary>
    public sealed record Slip(string Name, string Code, DateTimeOffset Until);

    public async Task<Result<Slip>> Run(Command command, Actor actor, CancellationToken ct)
    {
        SignInAccount? account = null;
        var issued = await work.Write<Receipt>(
            command,
            actor,
            async unit =>
            {
                account = await unit.Db.SignInAccounts.SingleOrDefaultAsync(a => a.Id == command.Account, ct);
                if (account is null) return CommonRefusals.NotFound;
                if (!actor.May(Permission.ResetPasswords, account.Area)) return CommonRefusals.Forbidden;
                if (!await MayReset(unit.Db, account, actor, ct)) return SignInRefusals.NotGrantable;
                return await Store(unit, account, command.CommandId, ct);
            },
            ct);
        if (!issued.IsOk(out var receipt, out var refusal)) return refusal;

        account ??= await work.Read(actor, db => db.SignInAccounts.SingleAsync(a => a.Id == receipt.Account, ct));
        return new Slip(SignInVault.Printed(vault.OpenName(account)), SignInVault.Printed(vault.SlipOf(command.CommandId)), receipt.Until);
    }

    /// <summary>Stores a new slip in the place of an earlier one.</summary>
    internal async Task<Receipt> Store(UnitOfWork unit, SignInAccount account, Guid command, CancellationToken ct)
    {
        var until = unit.Now + rules.SlipLife;
        await unit.Db.SignInTokens.Where(t => t.UserId == account.Id && t.Name == TokenName).ExecuteDeleteAsync(ct);
        unit.Db.Add(new SignInToken
        {
            UserId = account.Id, LoginProvider = Provider, Name = TokenName,
                Value = vault.SealSlip(account.Id, vault.SlipOf(command), until),
        });
        return new(account.Id, until);
    }

    /// <summary>Nobody takes over the account of someone above them: every post of the account must be one they could give.
    /// A security administrator resets all but those of the system itself.</summary>
    internal async Task<bool> MayReset(ShouwangDb db, SignInAccount account, Actor actor, CancellationToken ct)
    {
        var held = await PostsHeld.By(db, account.Person, work.Today, ct);
        return actor.Role == Role.SecurityAdministrator
            ? held.All(p => p.Role != Role.Auditor)
            : held.All(p => Roles.MayGrant(actor.Role, p.Role));
    }
}
