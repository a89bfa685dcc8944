using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.SignIn;

/// <summary>Whose sign-in needs a changing code besides the password, from none to every post of an office. 动态码适用范围</summary>
public enum SecondFactorFor { NoOne = 0, Administrators = 1, Officers = 2, Office = 3 }

/// <summary>Keeps the secrets behind changing codes, sealed, and checks a code once. 动态码柜台</summary>
public sealed class FactorDesk(Store store, Workspace work, KeyRing keys, Rulebook rulebook)
{
    internal const string TokenName = "factor";
    private static readonly Actor s_house = Actor.System(AreaCode.Nation);

    /// <summary>Whether the holder of a role in an area must have one (rule signin.second-factor).</summary>
    public bool IsNeeded(Role role, AreaCode area) =>
        rulebook.At(area, work.Today).Choice<SecondFactorFor>("signin.second-factor") >= LeastFor(role);

    /// <summary>The secret that an enrolment shows: follows from its command, so that a page shown again shows the same.</summary>
    public byte[] SecretOf(Guid command) =>
        keys.Hmac("signin.factor-secret", command.ToByteArray(bigEndian: true))[..OneTimeCode.SecretBytes];

    /// <summary>Whether an account has one.</summary>
    internal static Task<bool> Has(ShouwangDb db, Guid account, CancellationToken ct) =>
        db.SignInTokens.AnyAsync(t => t.UserId == account && t.Name == TokenName, ct);

    /// <summary>The token to store for a secret whose code of a step was just used.</summary>
    internal SignInToken Token(Guid account, byte[] secret, long step) => new()
    {
        UserId = account, LoginProvider = IssueSlip.Provider, Name = TokenName, Value = Seal(account, secret, step),
    };

    /// <summary>Null when the account has no second factor, or the code is its own and was not used before.</summary>
    internal async Task<Refusal?> Check(Guid account, string? code, CancellationToken ct)
    {
        var stored = await work.Read(s_house, db =>
            db.SignInTokens.Where(t => t.UserId == account && t.Name == TokenName).Select(t => t.Value).SingleOrDefaultAsync(ct));
        if (stored is null) return null;
        if (string.IsNullOrWhiteSpace(code)) return SignInRefusals.CodeNeeded;
        var (secret, used) = Open(account, stored);
        if (OneTimeCode.Match(secret, code, work.Now, used) is not { } step) return SignInRefusals.CodeWrong;

        // Of two who come at once with the same code, the second finds it used.
        var kept = await store.Writer.Run<int>(
            async unit =>
            {
                unit.Look(s_house);
                var sealedAnew = Seal(account, secret, step);
                var changed = await unit.Db.SignInTokens.Where(t => t.UserId == account && t.Name == TokenName && t.Value == stored)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, sealedAnew), ct);
                return new(true, changed);
            },
            ct);
        return kept == 1 ? null : SignInRefusals.CodeWrong;
    }

    private static SecondFactorFor LeastFor(Role role) => role switch
    {
        Role.SystemAdministrator or Role.SecurityAdministrator or Role.Auditor => SecondFactorFor.Administrators,
        Role.CountyOfficer or Role.TownshipOfficer => SecondFactorFor.Officers,
        Role.VillageCadre or Role.PointManager => SecondFactorFor.Office,
        _ => SecondFactorFor.Office + 1,
    };

    private string Seal(Guid account, byte[] secret, long used)
    {
        var text = $"{Convert.ToHexString(secret)} {used.ToString(CultureInfo.InvariantCulture)}";
        return Convert.ToBase64String(keys.Wrap(PlaceOf(account), Encoding.UTF8.GetBytes(text)));
    }

    private (byte[] Secret, long Used) Open(Guid account, string stored)
    {
        var parts = Encoding.UTF8.GetString(keys.Unwrap(PlaceOf(account), Convert.FromBase64String(stored))).Split(' ');
        return (Convert.FromHexString(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static SealedPlace PlaceOf(Guid account) => new("signin_token", TokenName, account);
}
