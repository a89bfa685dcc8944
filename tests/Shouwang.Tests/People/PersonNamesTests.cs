using Shouwang.Application.People;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public class PersonNamesTests
{
    [Theory]
    [InlineData("王秀英", "王秀英", "WXY")]
    [InlineData("王　秀 英", "王秀英", "WXY")]
    [InlineData("单雄", "单雄", "SX")]
    [InlineData("曾解放", "曾解放", "ZJF")]
    [InlineData("解曾", "解曾", "XC")]
    [InlineData("欧阳春", "欧阳春", "OYC")]
    [InlineData("尉迟恭", "尉迟恭", "YCG")]
    [InlineData("尉健", "尉健", "WJ")]
    [InlineData("买买提・阿不都", "买买提·阿不都", "MMTABD")]
    [InlineData("Ａｎｎａ 李", "Anna李", "ANNAL")]
    [InlineData("", "", "")]
    public void A_name_is_kept_without_spaces_and_found_by_its_initials(string typed, string text, string initials)
    {
        var name = PersonNames.Of(typed);

        Assert.Equal((text, text.ToUpperInvariant(), initials), (name.Text, name.Key, name.Initials));
    }

    [Theory]
    [InlineData("张晓明", "张*明")]
    [InlineData("\U00020BB7野", "\U00020BB7*")]
    [InlineData("王\U00020BB7", "王*")]
    [InlineData("王小\U00020BB7", "王*\U00020BB7")]
    public void A_mask_never_cuts_a_rare_character_in_half(string name, string mask) => Assert.Equal(mask, PersonName.Mask(name));

    [Fact]
    public void Every_character_of_the_common_set_has_an_initial()
    {
        var gb2312 = from high in Enumerable.Range(0xB0, 0xF7 - 0xB0 + 1)
                     from low in Enumerable.Range(0xA1, 94)
                     select (byte[])[(byte)high, (byte)low];
        var encoding = System.Text.CodePagesEncodingProvider.Instance.GetEncoding("gb2312")!;
        var han = gb2312.Select(b => encoding.GetString(b)).Where(t => t.Length == 1 && t[0] is >= '一' and <= '龥').ToList();

        Assert.Equal(6763, han.Count);
        Assert.All(han, c => Assert.Single(PersonNames.Of(c).Initials));
    }
}
