using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>What sign-in says no with.</summary>
public static class SignInRefusals
{
    /// <summary>No such name, or another password: never told apart.</summary>
    public static readonly Refusal NoMatch = new("signin.no-match", RefusalKind.Invalid, "password");

    /// <summary>Too many wrong tries; carries retryAfterSeconds.</summary>
    public static readonly Refusal Locked = new("signin.locked");

    public static readonly Refusal NeedsSignIn = new("signin.needed", RefusalKind.Forbidden);
    public static readonly Refusal NoPost = new("signin.no-post");
    /// <summary>The password is right, and the account has a second factor.</summary>
    public static readonly Refusal CodeNeeded = new("signin.code-needed", RefusalKind.Invalid, "code");

    public static readonly Refusal CodeWrong = new("signin.code-wrong", RefusalKind.Invalid, "code");

    /// <summary>The post needs a second factor, and the account has none yet.</summary>
    public static readonly Refusal FactorNeeded = new("signin.factor-needed", RefusalKind.Forbidden);

    public static readonly Refusal FactorHeld = new("signin.factor-held", RefusalKind.Conflict);
    public static readonly Refusal NoFactor = new("signin.no-factor", RefusalKind.Conflict);
    public static readonly Refusal NameTaken = new("signin.name-taken", RefusalKind.Conflict, "name");
    public static readonly Refusal BadName = new("signin.bad-name", RefusalKind.Invalid, "name");
    public static readonly Refusal PasswordShort = new("signin.password-short", RefusalKind.Invalid, "newPassword");
    public static readonly Refusal PasswordLong = new("signin.password-long", RefusalKind.Invalid, "newPassword");
    public static readonly Refusal PasswordSimple = new("signin.password-simple", RefusalKind.Invalid, "newPassword");
    public static readonly Refusal SlipSpent = new("signin.slip-spent", RefusalKind.Invalid, "slip");
    public static readonly Refusal HasAccount = new("signin.has-account", RefusalKind.Conflict, "person");
    public static readonly Refusal PostEnded = new("signin.post-ended", RefusalKind.Conflict);
    public static readonly Refusal PostHeld = new("signin.post-held", RefusalKind.Conflict, "role");
    public static readonly Refusal PostsClash = new("signin.posts-clash", RefusalKind.Rule, "role");
    public static readonly Refusal NotGrantable = new("signin.not-grantable", RefusalKind.Rule, "role");
    public static readonly Refusal NeedsPoint = new("signin.needs-point", RefusalKind.Invalid, "point");
    public static readonly Refusal OwnPost = new("signin.own-post", RefusalKind.Rule);

    /// <summary>A neighbour is no kin and sees nothing of the elder by an account.</summary>
    public static readonly Refusal NotKin = new("signin.not-kin");
}
