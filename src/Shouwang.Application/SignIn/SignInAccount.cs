using Microsoft.AspNetCore.Identity;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>How one person signs in: a name only they have, and a password. 登录账号</summary>
/// <remarks>The name (a phone number or a printed code) is stored sealed and as a keyed index, never in plain form. Identity's own
/// manager is
/// not used: it keeps a clock and a unit of work of its own, and the house has one of each.</remarks>
public sealed class SignInAccount : IdentityUser<Guid>, IInArea
{
    private SignInAccount() { }

    public SignInAccount(Guid id, Id<Person> person, AreaCode area) => (Id, Person, Area) = (id, person, area);

    public Id<Person> Person { get; private set; }

    /// <summary>Where the account was made; who may manage it is decided by this.</summary>
    public AreaCode Area { get; private init; }

    /// <summary>The name as others may see it: 138****5678, or the first two characters of a code.</summary>
    public string NameMask { get; private set; } = "";

    /// <summary>The first failed try of the current run of failures.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Whether it belongs to the demonstration data, whose passwords are printed.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Goes on under the other entry of the same person. 随人归并</summary>
    internal void Follow(Id<Person> to) => Person = to;

    /// <summary>Gives the account its name.</summary>
    internal void NameAs(SealedName name) => (UserName, NormalizedUserName, NameMask) = (name.Sealed, name.Index, name.Mask);
}

/// <summary>A secret that belongs to an account for a time, stored sealed: today the slip that sets a password. 账号凭据</summary>
public sealed class SignInToken : IdentityUserToken<Guid>;

/// <summary>A sign-in name ready to be stored. </summary>
/// <param name="Sealed">Ciphertext, base64.</param>
/// <param name="Index">The keyed index it is found by.</param>
/// <param name="Mask">What others may see of it.</param>
internal sealed record SealedName(string Sealed, string Index, string Mask);
