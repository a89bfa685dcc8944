using System.Text.Json;
using CsCheck;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public class NationalIdTests
{
    private static readonly DateOnly s_today = new(2026, 1, 1);

    public static TheoryData<string> Right => Vectors(valid: true);

    public static TheoryData<string> Wrong => Vectors(valid: false);

    [Theory, MemberData(nameof(Right))]
    public void A_number_of_the_vectors_is_read_with_its_sex_and_birth(string vector)
    {
        var expected = JsonDocument.Parse(vector).RootElement;
        var text = expected.GetProperty("id").GetString()!;

        var id = Read(text).Value;

        Assert.Equal(text, id.Text);
        Assert.Equal(expected.GetProperty("sex").GetString() == "M" ? Sex.Male : Sex.Female, id.Sex);
        Assert.Equal(expected.GetProperty("birth").GetString(), id.Born.ToString("yyyyMMdd"));
    }

    [Theory, MemberData(nameof(Wrong))]
    public void A_faulty_number_of_the_vectors_is_refused(string vector)
    {
        var expected = JsonDocument.Parse(vector).RootElement;
        var cause = expected.GetProperty("valid_checksum").GetBoolean() ? "people.id-birth" : "people.id-check-digit";

        Assert.Equal(cause, Read(expected.GetProperty("id").GetString()!).Refusal?.Code);
    }

    [Theory]
    [InlineData("1101051949123100", "people.id-length")]
    [InlineData("", "people.id-length")]
    [InlineData("11010519491231O02X", "people.id-characters")]
    [InlineData("1101X519491231002X", "people.id-characters")]
    [InlineData("12345678901234567", "people.id-length")]
    [InlineData("123456789012345677", "people.id-birth")]
    [InlineData("160105194912310021", "people.id-region")]
    [InlineData("110105202812310021", "people.id-future")]
    [InlineData("110105194912310020", "people.id-check-digit")]
    public void Each_cause_has_its_own_refusal(string text, string code)
    {
        var refusal = Read(text).Refusal;

        Assert.Equal(code, refusal?.Code);
        Assert.Equal("Id", refusal!.Field);
    }

    [Fact]
    public void The_fictional_region_is_refused_where_only_provinces_count() =>
        Assert.Equal("people.id-region", NationalId.From("999999194803150018", "Id", s_today, RegionCheck.Provinces).Refusal?.Code);

    [Fact]
    public void A_small_x_and_the_fifteen_digits_of_old_become_the_full_form()
    {
        Assert.Equal("11010519491231002X", Read(" 11010519491231002x ").Value.Text);
        Assert.Equal("11010519491231002X", Read("110105491231002").Value.Text);
    }

    [Fact]
    public void The_mask_shows_four_and_four_and_printing_shows_no_more()
    {
        var id = Read("11010519491231002X").Value;

        Assert.Equal("1101**********002X", id.Mask());
        Assert.Equal("1101**********002X", $"{id}");
    }

    [Fact]
    public void Any_single_digit_mistyped_is_noticed() =>
        Gen.Select(Gen.Int[0, 30000], Gen.Int[0, 999], Gen.Int[0, 16], Gen.Int[1, 9]).Sample((day, sequence, at, off) =>
        {
            var born = new DateOnly(1930, 1, 1).AddDays(day);
            var id = NationalId.Complete($"990101{born:yyyyMMdd}{sequence:000}");
            var typed = id.ToCharArray();
            typed[at] = (char)('0' + ((typed[at] - '0' + off) % 10));

            Assert.Equal(id, Read(id).Value.Text);
            Assert.NotNull(Read(new string(typed)).Refusal);
        });

    [Theory]
    [InlineData("138 0000 5678")]
    [InlineData("138-0000-5678")]
    [InlineData("+8613800005678")]
    [InlineData("8613800005678")]
    public void A_phone_number_is_read_however_it_is_grouped_and_masked(string typed)
    {
        var phone = PhoneNumber.From(typed, "Phone").Value;

        Assert.Equal(("13800005678", "5678", "138****5678"), (phone.Text, phone.Tail, phone.Mask()));
    }

    [Theory]
    [InlineData("0312-8234567", "03128234567", "031****4567")]
    [InlineData("（010）62345678", "01062345678", "010****5678")]
    [InlineData("0755 8234 5678", "075582345678", "075****5678")]
    public void A_line_into_a_house_is_read_with_its_area_code(string typed, string digits, string mask)
    {
        var phone = PhoneNumber.From(typed.Normalize(System.Text.NormalizationForm.FormKC), "Phone").Value;

        Assert.Equal((digits, mask), (phone.Text, phone.Mask()));
    }

    [Theory]
    [InlineData("0038000567", "people.phone-length")]
    [InlineData("00380005678", "people.phone-prefix")]
    [InlineData("031282345", "people.phone-length")]
    [InlineData("1380000567", "people.phone-length")]
    [InlineData("", "people.phone-length")]
    [InlineData("138000O5678", "people.phone-characters")]
    [InlineData("23800005678", "people.phone-prefix")]
    public void A_faulty_phone_number_is_refused_by_cause(string typed, string code) =>
        Assert.Equal(code, PhoneNumber.From(typed, "Phone").Refusal?.Code);

    private static Domain.Kernel.Result<NationalId> Read(string text) =>
        NationalId.From(text, "Id", s_today, RegionCheck.ProvincesAndFiction);

    private static TheoryData<string> Vectors(bool valid)
    {
        using var file = typeof(NationalIdTests).Assembly.GetManifestResourceStream("citizen-ids.json")!;
        var all = JsonDocument.Parse(file).RootElement.EnumerateArray();
        return new(all.Where(v => v.TryGetProperty("sex", out _) == valid).Select(v => v.GetRawText()));
    }
}
