namespace Shouwang.Application.SignIn;

/// <summary>The numbers of sign-in, in one place. 登录规则</summary>
/// <remarks>They are security settings of a deployment, decided before an area is known, so they are not part of the dated rule packages
/// of areas.</remarks>
public sealed record SignInRules
{
    /// <summary>Wrong passwords that are really checked within <see cref="TryWindow"/>; further ones are turned away unread.</summary>
    public int Tries { get; init; } = 10;

    public TimeSpan TryWindow { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan OfficeIdle { get; init; } = TimeSpan.FromHours(12);

    public TimeSpan PhoneIdle { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a printed slip sets a password.</summary>
    public TimeSpan SlipLife { get; init; } = TimeSpan.FromHours(24);

    public int ShortestPassword { get; init; } = 8;

    public int LongestPassword { get; init; } = 128;

    /// <summary>How many passwords are hashed at once, so that sign-in leaves the processors to everyone else.</summary>
    public int HashesAtOnce { get; init; } = 2;

    /// <summary>How long a password waits to be hashed before its bearer is asked to come again.</summary>
    public TimeSpan HashPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A session's last-seen time is written at most so often.</summary>
    public TimeSpan SeenEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>While the database does not answer, whoever was signed in so lately still calls for help and hears calls, and nothing
    /// else.</summary>
    public TimeSpan AlarmGrace { get; init; } = TimeSpan.FromHours(12);

    public TimeSpan IdleLimit(bool onPhone) => onPhone ? PhoneIdle : OfficeIdle;
}
