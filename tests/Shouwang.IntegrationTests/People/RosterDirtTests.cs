using System.Text;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Rosters as they come from villages whose clerks never saw the template.</summary>
public sealed class RosterDirtTests
{
    private static readonly DateOnly s_today = new(2026, 3, 16);

    [Fact]
    public void A_sheet_with_a_title_two_storeys_of_headings_own_words_and_order_is_read_behind_an_empty_one()
    {
        var book = new OldBook().Sheet("Sheet1").Sheet("2026年台账")
            .Row(0, "石桥村老年人花名册").Merge(0, 0, 0, 9)
            .Row(1, "序", "家属", "", "", "联系　方式", "公民身份号码", "老人 姓名", "出生年月", "村民小组", "户编号")
            .Row(2, "", "姓名", "关系", "电话").Merge(1, 1, 1, 3)
            .Row(3, "1", "王强", "儿子", "10000000002", "+86 100 0000 0001", "99010119450302002x", "王　秀英", "1945.3", "第一组", "12")
            .Row(4, "2", "", "", "", "0312-8234567", "", "李 德山", "1950年5月6日", "", "13")
            .Row(5, "合计", "", "", "", "2人", "", "", "", "", "")
            .Row(6, "", "注：本表一式两份", "", "", "", "", "", "", "", "")
            .Row(7, "", "填表人：赵会计", "", "", "审核人：钱主任", "", "日期：2026年3月", "", "", "").Merge(3, 4, 8, 8);

        var reading = RosterWorkbook.Read(new MemoryStream(book.Bytes()), s_today, RegionCheck.ProvincesAndFiction).Value;

        Assert.Equal(["2026年台账!G5 roster.sex-missing"], reading.Errors.Select(e => $"{e}"));
        var wang = Assert.Single(reading.Rows);
        Assert.Equal(("王秀英", "第一组", "12", "99010119450302002X"), (wang.Name, wang.Group, wang.Household, wang.Id?.Text));
        Assert.Equal(("10000000001", "王强", "10000000002"), (wang.Phone?.Text, wang.Relative?.Name, wang.Relative?.Phone?.Text));
        Assert.Equal(2, reading.Read);
    }

    [Fact]
    public void A_leader_whose_part_stands_first_is_a_person_and_a_signature_below_is_not()
    {
        var text = "职责,姓名,性别,出生年月,户号,联系电话\n负责人,王秀英,女,1945.3.2,12,\n负责人：赵主任,日期：2026年3月,,,,\n村委会（盖章）,,,,,2026年";
        var reading = RosterWorkbook.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), s_today, RegionCheck.Provinces).Value;

        Assert.Empty(reading.Errors);
        Assert.True(Assert.Single(reading.Rows).LeadsPoint);
        Assert.Equal(1, reading.Read);
    }

    [Theory]
    [InlineData("买买提·吐尔逊", "买买提·吐尔逊")]
    [InlineData("买买提•吐尔逊", "买买提·吐尔逊")]
    [InlineData("买买提．吐尔逊", "买买提·吐尔逊")]
    [InlineData("买买提∙吐尔逊", "买买提·吐尔逊")]
    [InlineData("\U00020BB7野", "\U00020BB7野")]
    [InlineData("李〇一", "李〇一")]
    public void Long_names_and_rare_characters_are_names(string typed, string name)
    {
        var reading = Csv($"{typed},女,1945-03-02,,,12");

        Assert.Empty(reading.Errors);
        Assert.Equal(name, Assert.Single(reading.Rows).Name);
    }

    [Theory]
    [InlineData("99010119450302002x")]
    [InlineData("'99010119450302002X")]
    [InlineData("９９０１０１１９４５０３０２００２Ｘ")]
    [InlineData("990101 19450302 002X")]
    [InlineData("990101　19450302002X ")]
    [InlineData("\u202d99010119450302002X\u202c")]
    public void An_id_number_is_read_however_it_was_typed(string typed) =>
        Assert.Equal("99010119450302002X", Assert.Single(Csv($"王秀英,女,1945-03-02,{typed},,").Rows).Id?.Text);

    [Theory]
    [InlineData("王秀英,女,1946-03-02,99010119450302002X,,12", "C2 roster.born-differs")]
    [InlineData("王秀英,男,1945-03-02,99010119450302002X,,12", "B2 roster.sex-differs")]
    [InlineData("王秀英,女,1945-03-02,990101194503020021,,12", "D2 people.id-check-digit")]
    [InlineData("王秀英,女,1945-03-02,9.90101E+17,,12", "D2 roster.id-became-number")]
    [InlineData("王秀英,女,1945-03-02,,1380000123,12", "E2 people.phone-length")]
    [InlineData("王秀英,女,1945-03-02,,8234567,12", "E2 people.phone-length")]
    [InlineData("王秀英,女,1945-03-02,,13800001234/13800001235,12", "E2 people.phone-characters")]
    [InlineData("王秀英,女,二月,,,12", "C2 roster.born-unreadable")]
    [InlineData("王秀英(女),女,1945-03-02,,,12", "A2 roster.name-characters")]
    public void What_is_wrong_is_named_by_its_cell(string row, string fault) =>
        Assert.Equal($"CSV!{fault}", $"{Assert.Single(Csv(row).Errors)}");

    [Theory]
    [InlineData("+86 138 0000 1234", "13800001234")]
    [InlineData("0086-13800001234", "13800001234")]
    [InlineData("８６１３８００００１２３４", "13800001234")]
    [InlineData("(0312)8234567", "03128234567")]
    [InlineData("010-62345678", "01062345678")]
    [InlineData("0312 8234567", "03128234567")]
    public void A_phone_may_be_a_line_into_the_house(string typed, string digits) =>
        Assert.Equal(digits, Assert.Single(Csv($"王秀英,女,1945-03-02,,{typed},12").Rows).Phone?.Text);

    [Fact]
    public void Two_of_one_name_in_one_household_are_two_people_and_the_same_row_again_is_none()
    {
        var reading = Csv(
            "王秀英,女,,99010119450302002X,,12", "王秀英,女,,990101196805060026,,12", "王秀英,女,1950-01-01,,,12",
            "王秀英,女,1950-01-01,,,12", "王秀英,女,,99010119450302002X,,12");

        Assert.Equal(3, reading.Rows.Count);
        Assert.Equal(["CSV!A5 roster.row-twice", "CSV!D6 roster.id-twice"], reading.Errors.Select(e => $"{e}"));
    }

    [Fact]
    public void Marks_only_machines_use_and_half_characters_do_no_harm_and_the_sheet_can_be_handed_back()
    {
        var book = new OldBook().Sheet("表").Row(0, "姓名", "性别", "出生日期", "户号", "备注")
            .Row(1, "王\u0001秀英", "女", "1945.3.2", "12", "\u000b\uffff").Row(2, "\ud842", "女", "1945.3.2", "13");
        var file = book.Bytes();

        var reading = RosterWorkbook.Read(new MemoryStream(file), s_today, RegionCheck.Provinces).Value;
        using var back = new MemoryStream();
        RosterErrorSheet.Write(new MemoryStream(file), reading, "错误说明", e => e.Refusal.Code, back);

        Assert.Equal("王秀英", Assert.Single(reading.Rows).Name);
        Assert.Equal(["表!A3 roster.name-characters"], reading.Errors.Select(e => $"{e}"));
    }

    private static RosterReading Csv(params string[] rows)
    {
        var text = string.Join("\n", rows.Prepend("姓名,性别,出生日期,身份证号,联系电话,户号"));
        return RosterWorkbook.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), s_today, RegionCheck.ProvincesAndFiction).Value;
    }
}
