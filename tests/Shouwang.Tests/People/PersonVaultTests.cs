using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public class PersonVaultTests
{
    private static readonly Id<Person> s_li = new(Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-112233445566"));
    private static readonly Id<Person> s_zhang = new(Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-112233445567"));
    private static readonly byte[] s_master = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] s_digest = [.. Enumerable.Range(0, 32).Select(i => (byte)(255 - i))];
    private static readonly NationalId s_number = NationalId.Of("11010519491231002X");
    private static readonly PhoneNumber s_phone = PhoneNumber.Of("10012345678");
    private static readonly PlainSecrets s_plain = new(s_number, s_phone, new("村口老槐树东第三户", 40.5, 117.25));

    private readonly PersonVault _vault = new(Ring(1));

    [Fact]
    public void What_another_program_sealed_by_the_written_format_opens_here()
    {
        // Made with Node's crypto from the same keys, by the format stated at SecretBox.
        var wrapped = Convert.FromHexString(
            "0100000001000102030405060708090a0b6225d914394f89b54bf29d12854208da4408c703dac3ef2fb603dedbe6b71d01f0ac06bc7fedc2d893d55c45daa7d56e");
        var sealedId = Convert.FromHexString(
            "01e392db9b0b0a0908070605040302010011f4329ca68c00ffaa4e211a1efefb03c9bc34eeea1458e3b3b7f9757c8b1557f6a2");

        var opened = _vault.OpenIdNumber(s_li, Secrets.None with { DataKey = wrapped, IdNumber = sealedId });

        Assert.Equal("11010519491231002X", opened?.Text);
    }

    [Fact]
    public void The_indexes_are_the_known_ones()
    {
        Assert.Equal("QDKYL2FIPOf73dyKZWOTHNou-u63GI12fpCwJAp07vw", _vault.IdIndex(s_number));
        Assert.Equal("zWMyNfnABmYW9AjQudTZuNLUsXm7wzksWHdvn25-7R4", _vault.PhoneIndex(s_phone));
        Assert.Equal("k8swFZ6TIpo3LmjqZqUCkySIsrbIWU-6XKCfc8PxPlA", _vault.PhoneTailIndex("5678"));
    }

    [Fact]
    public void What_was_sealed_opens_to_the_same_and_shows_only_masks()
    {
        var secrets = _vault.Seal(s_li, s_plain);

        Assert.Equal(s_plain, _vault.Open(s_li, secrets));
        Assert.Equal(("1101**********002X", "100****5678"), (secrets.IdMask, secrets.PhoneMask));
        Assert.Equal(_vault.IdIndex(s_number), secrets.IdIndex);
    }

    [Fact]
    public void A_person_without_secrets_has_none_sealed()
    {
        var secrets = _vault.Seal(s_li, new(null, null, null));

        Assert.Equal((null, null, null), (secrets.IdNumber, secrets.Phone, secrets.Home));
        Assert.Equal(new(null, null, null), _vault.Open(s_li, secrets));
    }

    [Fact]
    public void Nothing_sealed_holds_the_plain_text_and_sealing_twice_differs()
    {
        var (once, again) = (_vault.Seal(s_li, s_plain), _vault.Seal(s_li, s_plain));

        Assert.DoesNotContain("19491231", Encoding.Latin1.GetString(once.IdNumber!), StringComparison.Ordinal);
        Assert.NotEqual(Convert.ToHexString(once.IdNumber!), Convert.ToHexString(again.IdNumber!));
        Assert.Equal(once.IdIndex, again.IdIndex);
    }

    [Fact]
    public void A_row_swapped_with_another_persons_does_not_open()
    {
        var secrets = _vault.Seal(s_li, s_plain);

        Assert.ThrowsAny<CryptographicException>(() => _vault.OpenIdNumber(s_zhang, secrets));
    }

    [Fact]
    public void A_field_taken_from_another_person_does_not_open()
    {
        var (li, zhang) = (_vault.Seal(s_li, s_plain), _vault.Seal(s_zhang, s_plain));

        Assert.ThrowsAny<CryptographicException>(() => _vault.OpenPhone(s_zhang, zhang with { Phone = li.Phone }));
    }

    [Fact]
    public void A_column_swapped_with_another_does_not_open()
    {
        var secrets = _vault.Seal(s_li, s_plain);

        Assert.ThrowsAny<CryptographicException>(() => _vault.OpenPhone(s_li, secrets with { Phone = secrets.IdNumber }));
    }

    [Fact]
    public void A_flipped_bit_anywhere_does_not_open()
    {
        var secrets = _vault.Seal(s_li, s_plain);

        for (var i = 0; i < secrets.Phone!.Length; i++)
        {
            var changed = (byte[])secrets.Phone.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => _vault.OpenPhone(s_li, secrets with { Phone = changed }));
        }
    }

    [Fact]
    public void A_new_master_wraps_anew_and_the_old_one_still_opens()
    {
        var old = _vault.Seal(s_li, s_plain);
        var newer = new PersonVault(Ring(2));

        var rewrapped = newer.Rewrap(s_li, old);

        Assert.Equal(s_plain, newer.Open(s_li, old));
        Assert.Equal(s_plain, newer.Open(s_li, rewrapped));
        Assert.Equal((1, 2), (old.DataKey[4], rewrapped.DataKey[4]));
        Assert.Same(rewrapped, newer.Rewrap(s_li, rewrapped));
        Assert.Throws<CryptographicException>(() => _vault.Open(s_li, rewrapped));
    }

    [Fact]
    public void Each_purpose_has_a_digest_of_its_own() =>
        Assert.NotEqual(Ring(1).Hmac("audit.asked", "x"u8), Ring(1).Hmac("people.phone", "x"u8));

    [Fact]
    public void Plain_secrets_print_nothing() => Assert.Equal("PlainSecrets", $"{s_plain}");

    private static KeyRing Ring(int masters) => KeyRing.Of(
        Enumerable.Range(1, masters).ToDictionary(n => (uint)n, n => n == 1 ? s_master : s_digest), s_digest);
}
