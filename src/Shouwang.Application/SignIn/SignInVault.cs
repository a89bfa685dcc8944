using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Seals sign-in names and slips, and makes the codes that are printed. 登录保险库</summary>
public sealed class SignInVault(KeyRing keys)
{
    /// <summary>Letters and digits that nobody mistakes for another on paper: without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.</summary>
    private const string Alphabet = "ACDEFGHJKMNPQRTWXY34679";

    private const int CodeLength = 8;
    private const int SlipLength = 12;
    private const int ShortestName = 4;
    private const int LongestName = 20;

    /// <summary>A name as it is compared: a phone number's eleven digits, or a code in capitals without spaces and hyphens.</summary>
    public static Result<string> ReadName(string? typed, string field)
    {
        if (PhoneNumber.From(typed, field).IsOk(out var phone, out _)) return phone.Text;
        var code = Squeezed(typed);
        return code.Length is >= ShortestName and <= LongestName && code.All(char.IsAsciiLetterOrDigit) ? code
            : SignInRefusals.BadName.On(field);
    }

    /// <summary>The index by which an account with this name is found.</summary>
    public string NameIndex(string name) => keys.Index("signin.name", name);

    /// <summary>The printed name of a new account: follows from the command that makes it, so that asking again prints the same.</summary>
    /// <param name="attempt">Counts up when a code is already taken.</param>
    public string NewCode(Guid command, int attempt) => Code("signin.code", $"{command:D}/{attempt}", CodeLength);

    /// <summary>The secret of a slip: follows from the command that issues it, and is never stored.</summary>
    public string SlipOf(Guid command) => Code("signin.slip", command.ToString("D"), SlipLength);

    /// <summary>A code as it is printed: in groups of four.</summary>
    public static string Printed(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    internal SealedName SealName(Guid account, string name)
    {
        var mask = PhoneNumber.From(name, "").IsOk(out var phone, out _) ? phone.Mask() : $"{name[..2]}{new string('*', name.Length - 2)}";
        return new(Convert.ToBase64String(keys.Wrap(NamePlace(account), Encoding.UTF8.GetBytes(name))), NameIndex(name), mask);
    }

    /// <summary>The plain name of an account, for its owner's slip.</summary>
    /// <exception cref="CryptographicException">It was changed or moved.</exception>
    internal string OpenName(SignInAccount account) =>
        Encoding.UTF8.GetString(keys.Unwrap(NamePlace(account.Id), Convert.FromBase64String(account.UserName!)));

    /// <summary>What is stored of a slip: its digest and its end, sealed.</summary>
    internal string SealSlip(Guid account, string slip, DateTimeOffset until) =>
        Convert.ToBase64String(keys.Wrap(SlipPlace(account), Encoding.UTF8.GetBytes($"{SlipIndex(account, slip)} {until.UtcTicks}")));

    /// <summary>Whether a typed slip is the stored one and still holds.</summary>
    internal bool IsSlip(Guid account, string? stored, string typed, DateTimeOffset now)
    {
        if (stored is null) return false;
        var parts = Encoding.UTF8.GetString(keys.Unwrap(SlipPlace(account), Convert.FromBase64String(stored))).Split(' ');
        var same = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(parts[0]), Encoding.UTF8.GetBytes(SlipIndex(account, Squeezed(typed))));
        return same && now.UtcTicks < long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private string SlipIndex(Guid account, string slip) => keys.Index("signin.slip-digest", $"{account:D}/{slip}");

    private string Code(string purpose, string source, int length)
    {
        Span<char> code = stackalloc char[length];
        var bytes = keys.Hmac(purpose, Encoding.UTF8.GetBytes(source));
        var number = new System.Numerics.BigInteger(bytes, isUnsigned: true);
        for (var i = 0; i < length; i++)
        {
            number = System.Numerics.BigInteger.DivRem(number, Alphabet.Length, out var digit);
            code[i] = Alphabet[(int)digit];
        }

        return new(code);
    }

    private static string Squeezed(string? typed) =>
        new([.. (typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-').Select(char.ToUpperInvariant)]);

    private static SealedPlace NamePlace(Guid account) => new("signin_account", nameof(SignInAccount.UserName), account);

    private static SealedPlace SlipPlace(Guid account) => new("signin_token", nameof(SignInToken.Value), account);
}
