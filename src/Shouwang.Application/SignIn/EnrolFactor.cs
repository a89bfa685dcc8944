using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Ties an authenticator program to one's own account: shown a secret, one types the code it makes. 绑定动态码</summary>
public sealed class EnrolFactor(Workspace work, FactorDesk factors)
{
    /// <param name="Code">What the program shows for the secret of this command.</param>
    public sealed record Command(Guid CommandId, [property: JsonIgnore] string? Code) : ICommand;

    public sealed record Receipt(Guid Account);

    /// <summary>What the page shows: whether there is one already, and the secret of a new one.</summary>
    public sealed record View(bool IsEnrolled, string Key, string Address);

    public async Task<View> Look(Guid command, Guid account, CancellationToken ct)
    {
        var secret = factors.SecretOf(command);
        var enrolled = await work.Read(Actor.System(AreaCode.Nation), db => FactorDesk.Has(db, account, ct));
        return new(enrolled, OneTimeCode.Written(secret), OneTimeCode.Address(secret));
    }

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Enrol(unit, command, ct), ct);

    private async Task<Result<Receipt>> Enrol(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var me = unit.Actor.Person;
        var account = await unit.Db.SignInAccounts.IgnoreQueryFilters(["area", "reach"]).SingleOrDefaultAsync(a => a.Person == me, ct);
        if (account is null) return CommonRefusals.NotFound;
        if (await FactorDesk.Has(unit.Db, account.Id, ct)) return SignInRefusals.FactorHeld;
        var secret = factors.SecretOf(command.CommandId);
        if (OneTimeCode.Match(secret, command.Code, unit.Now, 0) is not { } step) return SignInRefusals.CodeWrong;

        unit.Db.Add(factors.Token(account.Id, secret, step));
        return new Receipt(account.Id);
    }
}
