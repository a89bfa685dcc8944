using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Decides whether someone is who they say: counts tries before it checks them, so that guessing in parallel gains nothing.
/// 登录核对</summary>
public sealed class SignInDesk(
    Store store, Workspace work, SignInVault vault, PasswordDesk passwords, FactorDesk factors, SignInRules rules)
{
    private static readonly Actor s_house = Actor.System(AreaCode.Nation);

    /// <summary>The account of this name, if the password is its own.</summary>
    /// <exception cref="HouseBusy">Too many others are signing in.</exception>
    public Task<Result<SignInAccount>> CheckPassword(string name, string password, string command, CancellationToken ct) =>
        Check(name, command, account => passwords.Matches(account?.PasswordHash, password, ct), ct);

    /// <summary>The account of this name, if the password is its own and, where it has a second factor, the code too.</summary>
    /// <exception cref="HouseBusy">Too many others are signing in.</exception>
    public Task<Result<SignInAccount>> CheckSignIn(StartSession.Command command, CancellationToken ct) => Check(
        command.Name, AuditRows.NameOf(command), account => passwords.Matches(account?.PasswordHash, command.Password, ct), ct,
        account => factors.Check(account.Id, command.Code, ct));

    /// <summary>The account of this name, if the slip is its own and still holds.</summary>
    public Task<Result<SignInAccount>> CheckSlip(string name, string slip, string command, CancellationToken ct) =>
        Check(name, command, account => HasSlip(account, slip, ct), ct);

    private async Task<Result<SignInAccount>> Check(
        string name, string command, Func<SignInAccount?, Task<bool>> isRight, CancellationToken ct,
        Func<SignInAccount, Task<Refusal?>>? besides = null)
    {
        var account = SignInVault.ReadName(name, "name").IsOk(out var read, out _) ? await Find(vault.NameIndex(read), ct) : null;
        if (account is not null && await TakeTry(account, command, ct) is { } locked) return locked;

        if (await isRight(account) && account is not null)
        {
            if (besides is not null && await besides(account) is { } refusal) return await Refused(refusal, account, command, ct);
            await Clear(account, ct);
            return account;
        }

        await work.Report(SignInRefusals.NoMatch.Code, command, account is null ? s_house : Bearer(account), ct);
        return SignInRefusals.NoMatch;
    }

    /// <summary>A wrong code is a failed try and stays counted; a missing one is only asked for.</summary>
    private async Task<Refusal> Refused(Refusal refusal, SignInAccount account, string command, CancellationToken ct)
    {
        if (refusal != SignInRefusals.CodeNeeded) await work.Report(refusal.Code, command, Bearer(account), ct);
        return refusal;
    }

    private async Task<SignInAccount?> Find(string index, CancellationToken ct)
    {
        return await work.Read(s_house, db => db.SignInAccounts.SingleOrDefaultAsync(a => a.NormalizedUserName == index, ct));
    }

    private async Task<bool> HasSlip(SignInAccount? account, string slip, CancellationToken ct)
    {
        if (account is null) return false;
        var stored = await work.Read(s_house, db =>
            db.SignInTokens.SingleOrDefaultAsync(t => t.UserId == account.Id && t.Name == IssueSlip.TokenName, ct));
        return vault.IsSlip(account.Id, stored?.Value, slip, work.Now);
    }

    /// <summary>Counts one try in one statement, so that none is lost among many at once; refuses when the window's tries are
    /// spent.</summary>
    private async Task<Refusal?> TakeTry(SignInAccount account, string command, CancellationToken ct)
    {
        var (tries, since) = await store.Writer.Run<(int, DateTimeOffset)>(
            async unit =>
            {
                unit.Look(s_house);
                var (now, windowStart) = (unit.Now, unit.Now - rules.TryWindow);
                await unit.Db.SignInAccounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(a => a.AccessFailedCount, a =>
                            a.FailingSince == null || a.FailingSince <= windowStart ? 1 : a.AccessFailedCount + 1)
                        .SetProperty(a => a.FailingSince, a =>
                            a.FailingSince == null || a.FailingSince <= windowStart ? now : a.FailingSince),
                    ct);
                var row = await unit.Db.SignInAccounts.Where(a => a.Id == account.Id)
                    .Select(a => new { a.AccessFailedCount, a.FailingSince }).SingleAsync(ct);
                return new(true, (row.AccessFailedCount, row.FailingSince ?? now));
            },
            ct);
        if (tries <= rules.Tries) return null;

        // Once for each window: further tries would only fill the log.
        if (tries == rules.Tries + 1) await work.Report(SignInRefusals.Locked.Code, command, Bearer(account), ct);
        return SignInRefusals.Locked.With("retryAfterSeconds", (int)Math.Ceiling((since + rules.TryWindow - work.Now).TotalSeconds));
    }

    private Task Clear(SignInAccount account, CancellationToken ct) => store.Writer.Run<int>(
        async unit =>
        {
            unit.Look(s_house);
            var cleared = await unit.Db.SignInAccounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.FailingSince, (DateTimeOffset?)null), ct);
            return new(true, cleared);
        },
        ct);

    private static Actor Bearer(SignInAccount account) => Actor.System(account.Area) with { Person = account.Person };
}
