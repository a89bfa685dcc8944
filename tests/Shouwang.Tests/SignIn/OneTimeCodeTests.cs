using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.SignIn;
using Xunit;

namespace Shouwang.Tests.SignIn;

public class OneTimeCodeTests
{
    private static readonly byte[] s_secret = "12345678901234567890"u8.ToArray();

    // RFC 6238, appendix B.
    [Theory]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void The_codes_of_the_standard_come_out(long seconds, string sha1, string sha256, string sha512)
    {
        var step = OneTimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(sha1, OneTimeCode.Of(s_secret, step, 8));
        Assert.Equal(sha256, OneTimeCode.Of(Seed(32), step, 8, HMACSHA256.HashData));
        Assert.Equal(sha512, OneTimeCode.Of(Seed(64), step, 8, HMACSHA512.HashData));
    }

    // RFC 4226, appendix D.
    [Fact]
    public void The_counted_codes_of_the_standard_come_out() => Assert.Equal(
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
        Enumerable.Range(0, 10).Select(i => OneTimeCode.Of(s_secret, i)));

    [Fact]
    public void A_code_counts_half_a_minute_early_or_late_once_and_no_other_does()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = OneTimeCode.StepAt(now);

        foreach (var near in new[] { -1, 0, 1 })
        {
            Assert.Equal(step + near, OneTimeCode.Match(s_secret, OneTimeCode.Of(s_secret, step + near), now, 0));
        }

        Assert.Null(OneTimeCode.Match(s_secret, OneTimeCode.Of(s_secret, step - 2), now, 0));
        Assert.Null(OneTimeCode.Match(s_secret, OneTimeCode.Of(s_secret, step + 2), now, 0));
        Assert.Null(OneTimeCode.Match(s_secret, OneTimeCode.Of(s_secret, step), now, step));
        Assert.Null(OneTimeCode.Match(s_secret, "", now, 0));
        Assert.Null(OneTimeCode.Match(s_secret, null, now, 0));
    }

    // RFC 4648, section 10.
    [Theory]
    [InlineData("foobar", "MZXW 6YTB OI")]
    [InlineData("foob", "MZXW 6YQ")]
    [InlineData("f", "MY")]
    public void A_secret_is_written_in_base_32_in_groups_of_four(string secret, string written) =>
        Assert.Equal(written, OneTimeCode.Written(Encoding.ASCII.GetBytes(secret)));

    private static byte[] Seed(int length) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1234567890", 7))[..length]);
}
