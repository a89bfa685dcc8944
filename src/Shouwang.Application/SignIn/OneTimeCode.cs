using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Application.SignIn;

/// <summary>Codes that change every thirty seconds, as authenticator programs show them (RFC 6238 over RFC 4226). 动态码</summary>
public static class OneTimeCode
{
    private const int StepSeconds = 30;
    private const int DefaultDigits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>How many bytes a secret has: as long as the digest of HMAC-SHA-1.</summary>
    public const int SecretBytes = 20;

    /// <summary>The step a moment lies in.</summary>
    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Of(byte[] secret, long step, int digits = DefaultDigits) => Of(secret, step, digits, HMACSHA1.HashData);

    /// <summary>The same over another HMAC; authenticator programs all know SHA-1, and its weakness does not touch HMAC.</summary>
    internal static string Of(byte[] secret, long step, int digits, Func<byte[], byte[], byte[]> hmac)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = hmac(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fff_ffff;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code was typed: this one, or one beside it, since clocks differ; only steps later than the last one used.
    /// Null when it is none of them.</summary>
    public static long? Match(byte[] secret, string? typed, DateTimeOffset now, long lastUsed)
    {
        var code = Encoding.ASCII.GetBytes(new string([.. (typed ?? "").Where(char.IsAsciiDigit)]));
        long? matched = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(code, Encoding.ASCII.GetBytes(Of(secret, step))) && step > lastUsed) matched = step;
        }

        return matched;
    }

    /// <summary>A secret as people type it: base 32, in groups of four.</summary>
    public static string Written(byte[] secret) => string.Join(' ', Bare(secret).Chunk(4).Select(c => new string(c)));

    /// <summary>What the QR code says to an authenticator program: the secret and the house's name; nothing about the person.</summary>
    public static string Address(byte[] secret) => $"otpauth://totp/Shouwang?secret={Bare(secret)}&issuer=Shouwang";

    private static string Bare(byte[] secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in secret)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            for (; held >= 5; held -= 5) text.Append(Base32[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }

        return held == 0 ? text.ToString() : text.Append(Base32[(bits << (5 - held)) & 31]).ToString();
    }
}
